"""Who may act for a city. Asked of the database each time: authority ends at once.

Every function takes an account or an anonymous visitor, and answers for the account as it is
stored now, not as it was when it was read.
"""

from django.apps import apps
from django.contrib.auth import get_user_model
from django.db import models
from django.db.models import Q, QuerySet

from portal.accounts.roles import CURATOR


def speaks_for(person: models.Model, city: models.Model) -> bool:
    """Whether `person` has an active account and a confirmed membership of `city`."""
    return city.memberships.confirmed().filter(person_id=person.pk).exists()


def cities_of(person: models.Model) -> QuerySet:
    """The cities that `person` speaks for, unpublished ones among them."""
    city, membership = (apps.get_model("exchanges", name) for name in ("City", "Membership"))
    confirmed = membership.objects.confirmed().filter(person_id=person.pk)
    return city.objects.filter(pk__in=confirmed.values("city"))


def may_confirm(person: models.Model, city: models.Model) -> bool:
    """Whether `person` decides who speaks for `city`: as its focal point, or as a curator."""
    is_focal_point = city.memberships.focal_points().filter(person_id=person.pk).exists()
    return is_focal_point or is_curator(person)


def is_curator(person: models.Model) -> bool:
    """Whether `person` has an active account and is a curator or an administrator."""
    accounts = get_user_model().objects.filter(pk=person.pk, is_active=True)
    return accounts.filter(Q(is_superuser=True) | Q(groups__name=CURATOR.slug)).exists()
