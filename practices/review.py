"""What curators do with a submission: take, hand over, edit, write to the authors, decide."""

from django.db import transaction
from django.utils import timezone, translation
from django.utils.translation import gettext_lazy as _

from exchanges.membership import ask_to_speak
from exchanges.models import City
from exchanges.naming import label
from exchanges.permissions import is_curator
from portal.accounts.models import User
from portal.common import journal
from portal.common.refusals import Refused
from practices.acceptance import merge_into, write_practice
from practices.answers import Answers, filled
from practices.choices import Check, Move, SubmissionState
from practices.curation import Curation, curation_of
from practices.models import Practice, ReviewNote, Submission
from practices.moves import check, locked, move, save, tell, tell_writers
from practices.permissions import has_left, is_confirmed, may_review
from practices.workflow import Outdated
from practices.working_days import decision_by

DESK_PAGE = "admin:practices_submission_change"


@transaction.atomic
def take(submission: Submission, *, by: User) -> Submission:
    """Take a waiting submission into review. Tells the authors. Raises Refused."""
    taken = move(submission, Move.TAKE, by=by, reviewer=by)
    tell_writers(taken, "taken")
    return taken


@transaction.atomic
def hand_over(submission: Submission, to: User, *, by: User) -> Submission:
    """Give a submission in review to another curator, who is told. Raises Refused."""
    current = _in_review(submission, by)
    if not may_review(to):
        raise Refused(_("Only a curator can take it over."), code="curator")
    handed = save(current, "hand-over", by=by, reviewer=to)
    if to != by:
        tell(handed, to, "handed_over", to=DESK_PAGE)
    return handed


@transaction.atomic
def edit(
    submission: Submission,
    answers: Answers,
    *,
    by: User,
    version: int,
    city: City | None = None,
    curation: Curation | None = None,
) -> Submission:
    """Change the text before it is published, and note what will be added to it; what the author
    sent stays beside it.

    Raises Outdated where there is a newer version that says otherwise, and Refused.
    """
    current = _in_review(submission, by)
    city, kept = city or current.city, curation_of(current).as_stored()
    if city != current.city:
        # Under a name that is read again where the author saves the text.
        with translation.override(current.original_language):
            answers = answers | {"city": label(city)}
    merged = filled(current.answers | answers)
    judged = curation.as_stored() if curation else kept
    if (merged, judged, city) == (filled(current.answers), kept, current.city):
        return current
    if current.version != version:
        raise Outdated(current)
    is_elsewhere = city != current.city
    saved = save(
        current, "edit", by=by, answers=merged, desk_answers=merged, city=city, curation=judged
    )
    if is_elsewhere:
        _ask_for_author(saved)
    return saved


@transaction.atomic
def write_note(
    submission: Submission, text: str, *, by: User, question: str = "", is_private: bool = False
) -> ReviewNote:
    """Write a note, on the whole or on the answer to `question`; the authors are told of theirs."""
    current = locked(submission)
    is_draft = current.sent_at is None or current.state == SubmissionState.DRAFT
    if not may_review(by) or is_draft:
        raise Refused(_("You may not do this with this text."), code="permission")
    note = ReviewNote.objects.create(
        submission=current, author=by, text=text, question=question, is_private=is_private
    )
    if not is_private:
        _keep(current, "note", by=by, **_answered(current))
        tell_writers(current, "note", text=text, question=question, mark=f"note-{note.pk}")
    return note


@transaction.atomic
def tick(submission: Submission, checks: list[str], *, by: User) -> Submission:
    """Note what of the checklist was looked at. Names that are no Check are ignored."""
    current = _in_review(submission, by)
    ticked = [check for check in Check.values if check in checks]
    if ticked != current.checklist:
        _keep(current, "tick", by=by, checklist=ticked)
    return current


@transaction.atomic
def request_changes(submission: Submission, text: str, *, by: User) -> Submission:
    """Ask the authors for changes, in words. They are told; the text is theirs again."""
    asked = move(
        submission, Move.REQUEST_CHANGES, by=by, reviewer=by, answered_at=_first_answer(submission),
        due_on=None,
    )  # fmt: skip
    _say(asked, text, by=by)
    tell_writers(asked, "changes_requested", text=text)
    return asked


@transaction.atomic
def decline(submission: Submission, text: str, *, by: User) -> Submission:
    """Decide that it will not be published, with the reason. The authors are told."""
    declined = move(submission, Move.DECLINE, by=by, **_decided(submission, by))
    _say(declined, text, by=by)
    tell_writers(declined, "declined", text=text)
    return declined


@transaction.atomic
def accept(submission: Submission, curation: Curation, *, by: User, text: str = "") -> Practice:
    """Publish it: as a new practice, or as the new version of the one it changes.

    `curation` is what a curator adds. The authors are told, with `text` where there is one.
    Raises Refused: nobody who wrote it speaks for the city ("unconfirmed"), the practice was
    changed since the proposal was begun ("outdated"), what a practice needs is missing
    ("incomplete"), or the move is not allowed.
    """
    current = locked(submission)
    check(current, Move.ACCEPT, by=by)
    if not is_confirmed(current):
        message = _("Nobody who wrote it is confirmed to speak for its city yet.")
        raise Refused(message, code="unconfirmed")
    practice = write_practice(current, curation, by=by)
    accepted = move(current, Move.ACCEPT, by=by, practice=practice, **_decided(current, by))
    if text:
        _say(accepted, text, by=by)
    tell_writers(accepted, "accepted", text=text, practice=practice)
    return practice


@transaction.atomic
def merge(submission: Submission, practice: Practice, *, by: User, text: str = "") -> Practice:
    """Let it become part of a practice that is published: its city joins it, its sources and files
    are added, and it stays readable for its authors. They are told. Raises Refused as accept does.
    """
    current = locked(submission)
    check(current, Move.MERGE, by=by)
    if not is_confirmed(current):
        message = _("Nobody who wrote it is confirmed to speak for its city yet.")
        raise Refused(message, code="unconfirmed")
    practice = merge_into(practice, current, by=by)
    merged = move(current, Move.MERGE, by=by, practice=practice, **_decided(current, by))
    if text:
        _say(merged, text, by=by)
    tell_writers(merged, "merged", text=text, practice=practice)
    return practice


def _ask_for_author(submission: Submission) -> None:
    """Ask that the author may speak for the city that a curator chose, as sending would have."""
    author, city = submission.author, submission.city
    is_barred = not author.is_active or is_curator(author) or has_left(author, city)
    if not is_barred and not is_confirmed(submission):
        ask_to_speak(author, city)


def _in_review(submission: Submission, by: User) -> Submission:
    """The newest state of a waiting submission, held. Raises Refused where it is not for `by`."""
    if not may_review(by):
        raise Refused(_("You may not do this with this text."), code="permission")
    current = locked(submission)
    if not current.is_waiting:
        raise Refused(
            _("This text is not where you saw it any more: somebody has moved it on."),
            code="state",
        )
    return current


def _keep(submission: Submission, act: str, *, by: User, **changes) -> None:
    """Set `changes` beside the text. Its version stays: whoever writes in it goes on."""
    for name, value in changes.items():
        setattr(submission, name, value)
    submission.save(update_fields=list(changes))
    journal.record(f"submission-{act}", submission, by=by, state=submission.state)


def _say(submission: Submission, text: str, *, by: User) -> None:
    ReviewNote.objects.create(submission=submission, author=by, text=text)


def _first_answer(submission: Submission):
    return submission.answered_at or timezone.now()


def _answered(submission: Submission) -> dict:
    """The columns that a first answer sets: from now on a decision is what is promised."""
    changes = {"answered_at": _first_answer(submission)}
    if submission.is_waiting:
        changes["due_on"] = decision_by(timezone.localtime(submission.sent_at).date())
    return changes


def _decided(submission: Submission, by: User) -> dict:
    now = timezone.now()
    return {
        "answered_at": submission.answered_at or now,
        "decided_at": now,
        "due_on": None,
        "reviewer": submission.reviewer or by,
    }
