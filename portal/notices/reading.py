"""What a person was told."""

from collections.abc import Iterable

from django.db.models import Model, QuerySet
from django.utils import timezone

from portal.notices.models import Notice


def newest_for(person: Model) -> QuerySet[Notice]:
    """All notices of `person` (an account), newest first."""
    return Notice.objects.filter(person=person)


def mark_read(shown: Iterable[Notice]) -> int:
    """Note that the notices `shown` were seen by whom they tell. Returns how many were new."""
    new = [notice.pk for notice in shown if notice.is_new]
    return Notice.objects.filter(pk__in=new, read_at=None).update(read_at=timezone.now())
