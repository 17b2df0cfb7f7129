"""Who may do what: the roles, in one table, and the Django groups made from it.

A role's permissions are settled here and nowhere else: groups are set anew after every migrate.
Administrators are no role but superusers: they alone administer accounts.
"""

import logging
from collections.abc import Callable, Iterable
from dataclasses import dataclass

from django.contrib.auth.models import Group, Permission
from django.db import transaction
from django.db.models import Q, QuerySet
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy
from modeltranslation.translator import translator

from portal.accounts.models import User

logger = logging.getLogger(__name__)

# Everything that is published lies in these apps.
CONTENT_APPS = ("exchanges", "findings", "practices")
# Of their models, those that hold what people wrote or did and nobody published.
PRIVATE_MODELS = (
    "cityinvitation",
    "coauthor",
    "coauthorinvitation",
    "membership",
    "reviewnote",
    "submission",
    "submissionfile",
)


def every_content_permission() -> QuerySet[Permission]:
    """View, add, change and delete for all content; of the recorded history, view only."""
    return Permission.objects.filter(content_type__app_label__in=CONTENT_APPS).exclude(
        ~Q(codename__startswith="view_"), content_type__model__startswith="historical"
    )


def curator_permissions() -> QuerySet[Permission]:
    """All content; to read, what readers did not find, what people were told, and the journal."""
    misses = Permission.objects.filter(content_type__app_label="search", codename="view_miss")
    journal = Permission.objects.filter(codename="view_journalentry")
    notices = Permission.objects.filter(content_type__app_label="notices", codename="view_notice")
    return every_content_permission() | misses | journal | notices


def translation_permissions() -> QuerySet[Permission]:
    """View for all content but what is private, change for records with texts in languages."""
    translated = [
        model._meta.model_name
        for model in translator.get_registered_models(abstract=False)
        if model._meta.app_label in CONTENT_APPS
    ]
    return Permission.objects.filter(
        Q(codename__startswith="view_")
        | Q(codename__startswith="change_", content_type__model__in=translated),
        content_type__app_label__in=CONTENT_APPS,
    ).exclude(content_type__model__in=PRIVATE_MODELS)


@dataclass(frozen=True)
class Role:
    """A role that a person can have. `slug` is the name of its group."""

    slug: str
    name: Promise
    description: Promise
    is_staff: bool = False
    permissions: Callable[[], QuerySet[Permission]] = Permission.objects.none


OFFICIAL = Role(
    slug="official",
    name=pgettext_lazy("role", "City official"),
    description=_("Works for a city of the exchange."),
)
CURATOR = Role(
    slug="curator",
    name=pgettext_lazy("role", "Curator"),
    description=_("Writes and publishes everything that the exchange shows."),
    is_staff=True,
    permissions=curator_permissions,
)
TRANSLATOR = Role(
    slug="translator",
    name=pgettext_lazy("role", "Translator"),
    description=_("Reads everything and changes the texts that have translations."),
    is_staff=True,
    permissions=translation_permissions,
)
ROLES = {role.slug: role for role in (OFFICIAL, CURATOR, TRANSLATOR)}


@transaction.atomic
def set_roles(person: User, roles: Iterable[str], *, by: User | None) -> User:
    """Give `person` exactly the roles with these slugs, and with them the way to the desk or not.

    `by` is who decides; None is the system itself. Returns `person`, saved. Raises ValueError for
    a slug that is no role; then nothing has changed.
    """
    slugs = set(roles)
    unknown = slugs - ROLES.keys()
    if unknown:
        raise ValueError(f"no such role: {', '.join(sorted(unknown))}")
    before = set(person.groups.values_list("name", flat=True))
    person.groups.set(Group.objects.filter(name__in=slugs))
    person.is_staff = person.is_superuser or any(ROLES[slug].is_staff for slug in slugs)
    person.save(update_fields=["is_staff"])
    if slugs != before:
        logger.info(
            "Roles of account %s set to [%s] by %s",
            person.pk,
            ", ".join(sorted(slugs)),
            f"account {by.pk}" if by else "the system",
        )
    return person


def roles_of(person: User) -> list[Role]:
    """The roles of `person` in the order of the table. One query."""
    names = set(person.groups.values_list("name", flat=True))
    return [role for role in ROLES.values() if role.slug in names]


def update_groups(**signal) -> None:
    """Give each role its group with exactly the permissions of the table. Receives post_migrate."""
    for role in ROLES.values():
        group, _created = Group.objects.get_or_create(name=role.slug)
        group.permissions.set(role.permissions())
