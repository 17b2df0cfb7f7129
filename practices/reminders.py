"""Reminders of the answers that the network has promised, before they are late."""

import datetime

from django.db import transaction
from django.utils import timezone

from portal import notices
from portal.accounts.models import User
from practices.models import Submission
from practices.moves import locked
from practices.permissions import may_review, reviewers
from practices.review import DESK_PAGE
from practices.working_days import working_days_after

BEFORE, TODAY, LATE = "before", "today", "late"


def remind_of_promises() -> int:
    """Tell the curator who has a text, or all where nobody has it, that its answer is due.

    Once each: on the working day before, on the day itself, and when it has passed. Running it
    again tells nobody twice. Returns how many people were told, of all texts together.
    """
    today = timezone.localdate()
    horizon = working_days_after(today, 1)
    due = Submission.objects.waiting().filter(due_on__lte=horizon).by_promise()
    return sum(_remind_of(submission, today, horizon) for submission in due)


@transaction.atomic
def _remind_of(submission: Submission, today: datetime.date, horizon: datetime.date) -> int:
    current = locked(submission)
    # Somebody may have answered meanwhile.
    if not current.is_waiting or current.due_on is None or current.due_on > horizon:
        return 0
    has_curator = current.reviewer is not None and may_review(current.reviewer)
    people = [current.reviewer] if has_curator else list(reviewers())
    when = _when(current.due_on, today)
    return sum(_tell(current, person, when, is_free=not has_curator) for person in people)


def _when(due_on: datetime.date, today: datetime.date) -> str:
    if due_on < today:
        return LATE
    return TODAY if due_on == today else BEFORE


def _tell(submission: Submission, person: User, when: str, *, is_free: bool) -> bool:
    """Tell `person`; whether that was for the first time."""
    started = timezone.now()
    notice = notices.tell(
        person,
        "submission_due",
        key=f"submission:{submission.pk}:due:{submission.due_on}:{when}:{person.pk}",
        to=DESK_PAGE,
        to_args=[str(submission.pk)],
        context={
            "title": submission.title,
            "reference": submission.reference,
            "due": submission.due_on,
            "when": when,
            "is_free": is_free,
        },
    )
    return notice.created_at >= started
