"""People at the desk, one a role, and what their browsers send."""

import re

import pytest
from django.apps import apps
from django.contrib import admin
from django.test import Client

from portal.accounts.people import open_account
from portal.accounts.roles import CURATOR, OFFICIAL, PRIVATE_MODELS, TRANSLATOR
from practices.models import Practice

LANGUAGES = ["en", "ar"]
DESKS = sorted(
    model._meta.label_lower
    for model in admin.site._registry
    if model._meta.app_label in ("exchanges", "findings", "practices")
    and model._meta.model_name not in PRIVATE_MODELS
)


def _client_of(account: str, *, name: str, roles=()) -> Client:
    person = open_account(
        f"{account}@example.org", name=name, roles=roles, is_verified=True, by=None
    )
    client = Client()
    client.force_login(person)
    client.person = person
    return client


@pytest.fixture
def curator(db):
    """The browser of a curator."""
    return _client_of("curator", name="Ragnhild Moe", roles=[CURATOR.slug])


@pytest.fixture
def translator(db):
    """The browser of a translator."""
    return _client_of("translator", name="ليلى حداد", roles=[TRANSLATOR.slug])


@pytest.fixture
def official(db):
    """The browser of a city official."""
    return _client_of("official", name="Astrid Lind", roles=[OFFICIAL.slug])


@pytest.fixture
def administrator(db):
    """The browser of an administrator."""
    client = _client_of("administrator", name="Paul Weber")
    client.person.is_superuser = client.person.is_staff = True
    client.person.save()
    return client


@pytest.fixture
def practice(db):
    return Practice.objects.get(slug="london-shared-endeavour-fund")


def desk(model: str, view: str = "", *, language: str = "en", pk: int | None = None) -> str:
    """An address at the desk: desk("practices.practice", "change", pk=1)."""
    parts = [language, "admin", *model.split("."), *([str(pk)] if pk else []), view]
    return "/" + "/".join(part for part in parts if part) + "/"


def record_of(model: str) -> int:
    """The primary key of some record of a model, as "practices.practice"."""
    return apps.get_model(model)._default_manager.order_by("pk").first().pk


def sent_by(response) -> dict[str, list[str]]:
    """What the browser sends when somebody presses Save in the change form of a page."""
    context = response.context
    forms = [context["adminform"].form]
    for inline in context.get("inline_admin_formsets", []):
        forms += [inline.formset.management_form, *inline.formset.forms]
    data: dict[str, list[str]] = {}
    for form in forms:
        for bound in form:
            value = bound.value()
            if bound.field.disabled or value is None or value is False:
                continue
            values = value if isinstance(value, list | tuple) else [value]
            if hasattr(value, "file"):
                continue
            data[bound.html_name] = [_as_sent(bound, one) for one in values]
    return data


def _as_sent(bound, value) -> str:
    value = getattr(value, "pk", value)
    return "1" if value is True else str(bound.field.prepare_value(value))


def errors_of(response) -> dict[str, list[str]]:
    """The errors of a refused form, by field."""
    return {
        name: list(errors) for name, errors in response.context["adminform"].form.errors.items()
    }


def title_of(response) -> str:
    return re.search(r"<title>(.*?)</title>", response.content.decode(), re.DOTALL).group(1)
