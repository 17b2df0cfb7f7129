"""What authors do with a submission: start, save, send, take back, open again, throw away."""

import uuid
from datetime import timedelta

from django.conf import settings
from django.db import IntegrityError, transaction
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from exchanges.membership import ask_to_speak
from exchanges.permissions import is_curator
from portal.accounts.models import User
from portal.common import journal
from portal.common.refusals import Refused
from practices import answers as answering
from practices.acceptance import newest_version
from practices.answers import Answers
from practices.choices import Move, SubmissionState
from practices.forms import faults
from practices.models import Practice, Submission, SubmissionFile
from practices.moves import check, locked, move, tell, tell_writers
from practices.permissions import may_propose, may_send, may_write
from practices.working_days import decision_by, first_answer_by

MOST_FILES = 20
# Of one person at once.
MOST_DRAFTS = 100


class Outdated(Exception):
    """Somebody saved a newer version; `newest` has it. Nothing was overwritten."""

    def __init__(self, newest: Submission):
        super().__init__(newest.pk)
        self.newest = newest


class Incomplete(Exception):
    """Answers are missing or wrong; `faults` are their messages by the name of the answer."""

    def __init__(self, found: dict[str, list[str]]):
        super().__init__(", ".join(found))
        self.faults = found


def start(answers: Answers, *, by: User | None, language: str, nonce: uuid.UUID) -> Submission:
    """A new draft with what was typed so far. `by` is None for somebody who has not signed in.

    The same `nonce` again gives the draft that it made, as it is. Raises Refused where that is
    another person's ("nonce"), or the person has too many drafts ("many").
    """
    if by and by.submissions.filter(state=SubmissionState.DRAFT).count() >= MOST_DRAFTS:
        raise Refused(_("You have too many drafts. Delete one first."), code="many")
    city = answering.city_named(answers)
    values = {
        "answers": answers,
        "author": by,
        "city": city,
        "original_language": answering.written_in(answers, language),
    }
    try:
        with transaction.atomic():
            return Submission.objects.create(nonce=nonce, **values)
    except IntegrityError:
        existing = Submission.objects.get(nonce=nonce)
        if existing.author_id not in (None, by and by.pk):
            raise Refused(_("This form was sent by somebody else."), code="nonce") from None
        return existing


@transaction.atomic
def claim(submission: Submission, *, by: User) -> Submission:
    """Make `by` the author of a draft that was begun without an account."""
    current = locked(submission)
    if current.author_id not in (None, by.pk):
        raise Refused(_("This draft has an author already."), code="author")
    if current.author is None:
        current.author = by
        current.save(update_fields=["author"])
        journal.record("submission-claim", current, by=by)
    return current


@transaction.atomic
def save_answers(
    submission: Submission, answers: Answers, *, by: User | None, version: int
) -> Submission:
    """Keep what was typed over the version that it was typed on; names that are not in `answers`
    stay as they are.

    Raises Outdated where there is a newer version that says otherwise, Refused where it is not the
    authors' turn or `by` does not write it. Writes no journal: it is called every few seconds.
    """
    current = locked(submission)
    _check_writes(current, by)
    merged = answering.filled(current.answers | answers)
    if merged == current.answers:
        return current
    if current.version != version:
        raise Outdated(current)
    current.answers = merged
    if not current.changes_a_practice:
        current.city = answering.city_named(current.answers)
        if current.city and by and not may_write(by, current):
            raise Refused(_left(), code="permission")
        if not current.is_bilingual:
            preferred = current.original_language
            current.original_language = answering.written_in(current.answers, preferred)
    current.version += 1
    current.saved_at = timezone.now()
    current.save()
    return current


@transaction.atomic
def write_both_languages(submission: Submission, *, by: User | None) -> Submission:
    """Let the form show a second column for every text. Raises Refused as save_answers does."""
    current = locked(submission)
    _check_writes(current, by)
    current.is_bilingual = True
    current.save(update_fields=["is_bilingual"])
    return current


@transaction.atomic
def send(submission: Submission, *, by: User) -> Submission:
    """Hand `submission` to the network, which promises an answer; returns it.

    Sent already, it is returned as it is. Asks for `by` to speak for the city. Tells the authors,
    and the curator who knows it. Raises Incomplete and Refused.
    """
    current = locked(submission)
    if current.is_waiting and may_write(by, current):
        return current
    if may_write(by, current) and not may_send(by, current):
        raise Refused(_left(), code="permission")
    check(current, Move.SEND, by=by)
    if found := faults(current):
        raise Incomplete(found)
    if current.city and not current.changes_a_practice and not is_curator(by):
        ask_to_speak(by, current.city)
    today = timezone.localdate()
    was_answered = current.answered_at is not None
    sent = move(
        current,
        Move.SEND,
        by=by,
        sent_at=timezone.now(),
        sent_answers=current.answers,
        desk_answers=current.answers,
        checklist=[],
        due_on=decision_by(today) if was_answered else first_answer_by(today),
    )
    tell_writers(sent, "received")
    if sent.reviewer:
        tell(sent, sent.reviewer, "sent_again", to="admin:practices_submission_change")
    return sent


@transaction.atomic
def withdraw(submission: Submission, *, by: User) -> Submission:
    """Take back what was sent. Tells the other authors and the curator who has it."""
    withdrawn = move(submission, Move.WITHDRAW, by=by, due_on=None)
    tell_writers(withdrawn, "withdrawn")
    if withdrawn.reviewer:
        tell(withdrawn, withdrawn.reviewer, "withdrawn", to="admin:practices_submission_change")
    return withdrawn


@transaction.atomic
def reopen(submission: Submission, *, by: User) -> Submission:
    """Make a draft again of what was taken back."""
    return move(submission, Move.REOPEN, by=by)


@transaction.atomic
def discard(submission: Submission, *, by: User | None) -> None:
    """Throw away a draft that was never sent, with its files."""
    current = locked(submission)
    is_author = current.author_id == (by and by.pk)
    if current.sent_at or current.state != SubmissionState.DRAFT or not is_author:
        raise Refused(_("Only a draft that was never sent can be deleted."), code="state")
    if by:
        journal.record("submission-discard", current, by=by)
    for row in current.files.all():
        _forget_file(row)
    current.delete()


@transaction.atomic
def remove_unclaimed_drafts() -> int:
    """Remove drafts that were begun without an account too long ago. Returns how many."""
    oldest = timezone.now() - timedelta(days=settings.UNCLAIMED_DRAFT_DAYS)
    unclaimed = Submission.objects.filter(author=None, saved_at__lt=oldest)
    return unclaimed.delete()[1].get(Submission._meta.label, 0)


@transaction.atomic
def propose_change(practice: Practice, *, by: User) -> Submission:
    """A draft with what `practice` says now, to become its next version.

    The person's open one is returned where there is one; if nothing was written in it yet, with
    what the practice says by now. Raises Refused.
    """
    practice = Practice.objects.select_for_update().get(pk=practice.pk)
    if not may_propose(by, practice):
        raise Refused(
            _("Changes are proposed by people who speak for the city."), code="permission"
        )
    said_now = {
        "base_version": newest_version(practice),
        "original_language": practice.original_language,
        "answers": answering.of_practice(practice),
    }
    mine = Submission.objects.filter(practice=practice, author=by, base_version__isnull=False)
    existing = mine.filter(state=SubmissionState.DRAFT).first()
    if existing is None:
        begun = Submission.objects.create(
            author=by, city=practice.city, practice=practice, is_bilingual=True, **said_now
        )
        journal.record("submission-propose", begun, by=by)
        return begun
    if existing.version == 1:
        mine.filter(pk=existing.pk, version=1).update(**said_now)
        existing.refresh_from_db()
    return existing


@transaction.atomic
def add_file(submission: Submission, row: SubmissionFile, *, by: User) -> SubmissionFile:
    """Keep a checked file with `submission`. Raises Refused where there are too many."""
    current = locked(submission)
    _check_writes(current, by)
    if current.files.count() >= MOST_FILES:
        raise Refused(_("A text can have %(most)s files.") % {"most": MOST_FILES}, code="files")
    row.submission, row.added_by, row.position = current, by, current.files.count() + 1
    row.size = row.file.size
    row.save()
    journal.record("submission-add-file", current, by=by)
    return row


@transaction.atomic
def remove_file(row: SubmissionFile, *, by: User) -> None:
    """Take a file away from a submission that is being written."""
    current = locked(row.submission)
    _check_writes(current, by)
    _forget_file(row)
    journal.record("submission-remove-file", current, by=by)


def _forget_file(row: SubmissionFile) -> None:
    storage, name = row.file.storage, row.file.name
    row.delete()
    # Only once the row is gone for good: rolled back, it would point to nothing.
    transaction.on_commit(lambda: storage.delete(name), robust=True)


def _check_writes(submission: Submission, by: User | None) -> None:
    """Raise Refused unless `by` (None: who began it without an account) may write now."""
    is_anonymous = by is None and submission.author_id is None
    if not is_anonymous and (by is None or not may_write(by, submission)):
        raise Refused(_("You may not change this text any more."), code="permission")
    if not submission.is_writable:
        raise Refused(_("This text was sent in; it is not your turn."), code="state")


def _left() -> str:
    return _(
        "You do not speak for this city any more. Ask to speak for it again, or write another city."
    )
