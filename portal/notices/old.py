"""Mails that are no longer kept; their notices stay."""

from datetime import timedelta

from django.db.models import Q
from django.utils import timezone
from post_office.models import STATUS, Email

KEPT = timedelta(days=90)


def remove_old_mails() -> int:
    """Delete mails that were sent, or failed for good, longer ago than KEPT.

    Those whose notice went with an account are deleted at once. Returns how many there were.
    """
    is_done = Q(status__in=(STATUS.sent, STATUS.failed), last_updated__lt=timezone.now() - KEPT)
    _all, deleted = Email.objects.filter(is_done | Q(notice=None)).delete()
    return deleted.get(Email._meta.label, 0)
