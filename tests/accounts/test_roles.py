"""Roles: one table, groups made from it, and one act that gives them."""

import pytest
from django.apps import apps
from django.contrib.auth.models import Group, Permission
from django.core.management import call_command
from modeltranslation.translator import translator

from portal.accounts.people import open_account
from portal.accounts.roles import CONTENT_APPS, PRIVATE_MODELS, ROLES, roles_of, set_roles
from tests.accounts.conftest import new_address

pytestmark = pytest.mark.django_db

CONTENT_MODELS = [
    model
    for label in CONTENT_APPS
    for model in apps.get_app_config(label).get_models()
    if not model.__name__.startswith("Historical")
]
TRANSLATED = [model for model in CONTENT_MODELS if model in translator.get_registered_models()]


def person_with(*roles):
    person = open_account(new_address(), name="Somebody", roles=roles, by=None)
    return type(person).objects.get(pk=person.pk)


def may(person, action, model):
    return person.has_perm(f"{model._meta.app_label}.{action}_{model._meta.model_name}")


def test_there_is_a_group_for_every_role_and_no_other():
    assert set(Group.objects.values_list("name", flat=True)) == set(ROLES)


def test_a_curator_may_do_everything_with_content_and_read_misses_notices_and_the_journal():
    curator = person_with("curator")
    assert curator.is_staff
    for model in CONTENT_MODELS:
        assert all(may(curator, action, model) for action in ("view", "add", "change", "delete"))
    others = {
        permission
        for permission in curator.get_all_permissions()
        if permission.partition(".")[0] not in CONTENT_APPS
    }
    assert others == {
        "accounts.view_journalentry",
        "notices.view_notice",
        "search.view_miss",
    }


def test_nobody_rewrites_history():
    rewriting = Permission.objects.filter(
        group__isnull=False, content_type__model__startswith="historical"
    ).exclude(codename__startswith="view_")
    assert list(rewriting) == []


def test_a_translator_may_read_content_and_change_what_has_translations():
    person = person_with("translator")
    assert person.is_staff
    assert len(TRANSLATED) > 5
    for model in CONTENT_MODELS:
        assert may(person, "view", model) == (model._meta.model_name not in PRIVATE_MODELS)
        assert may(person, "change", model) == (model in TRANSLATED)
        assert not may(person, "add", model)
        assert not may(person, "delete", model)


def test_an_official_has_no_desk_and_no_permission():
    official = person_with("official")
    assert not official.is_staff
    assert official.get_all_permissions() == set()


def test_roles_are_replaced_not_added():
    person = person_with("curator")
    set_roles(person, ["official"], by=None)
    assert [role.slug for role in roles_of(person)] == ["official"]
    assert not person.is_staff
    set_roles(person, [], by=None)
    assert roles_of(person) == []


def test_an_administrator_stays_staff_whatever_the_roles():
    person = person_with()
    person.is_superuser = True
    set_roles(person, [], by=None)
    assert person.is_staff


def test_an_unknown_role_changes_nothing():
    person = person_with("translator")
    with pytest.raises(ValueError, match="mayor"):
        set_roles(person, ["curator", "mayor"], by=None)
    assert [role.slug for role in roles_of(person)] == ["translator"]
    with pytest.raises(ValueError, match="mayor"):
        open_account(new_address(), name="Nobody", roles=["mayor"], by=None)
    assert not type(person).objects.filter(name="Nobody").exists()


def test_it_is_logged_who_gave_roles(caplog):
    giver, taker = person_with("curator"), person_with()
    with caplog.at_level("INFO", logger="portal.accounts.roles"):
        set_roles(taker, ["translator"], by=giver)
    assert caplog.messages[-1] == (
        f"Roles of account {taker.pk} set to [translator] by account {giver.pk}"
    )


def test_migrating_gives_every_group_the_permissions_of_the_table_back():
    curators = Group.objects.get(name="curator")
    right = set(curators.permissions.values_list("pk", flat=True))
    curators.permissions.clear()
    official = Group.objects.get(name="official")
    official.permissions.set(Permission.objects.all()[:3])
    call_command("migrate", verbosity=0)
    assert set(curators.permissions.values_list("pk", flat=True)) == right
    assert official.permissions.count() == 0
