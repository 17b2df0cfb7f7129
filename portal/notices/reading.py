"""What a person was told."""

from django.db.models import Model, QuerySet
from django.utils import timezone

from portal.notices.models import Notice


def newest_for(person: Model) -> QuerySet[Notice]:
    """All notices of `person` (an account), newest first."""
    return Notice.objects.filter(person=person)


def mark_read(person: Model) -> int:
    """Note that `person` has seen every notice there is now. Returns how many were new."""
    return Notice.objects.filter(person=person, read_at=None).update(read_at=timezone.now())
