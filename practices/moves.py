"""How a submission goes from one state to the next: the one door for every change of state."""

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from portal import notices
from portal.accounts.models import User
from portal.common import journal
from portal.common.refusals import Refused
from practices.choices import CURATORS_MOVES, MOVES, Move
from practices.models import Practice, Submission
from practices.permissions import may_review, may_send, may_write, writes


def locked(submission: Submission) -> Submission:
    """The newest state of `submission`, held until the transaction ends. Raises Refused ("gone")
    where it was thrown away meanwhile.
    """
    current = Submission.objects.select_for_update().filter(pk=submission.pk).first()
    if current is None:
        raise Refused(_("This text is not here any more."), code="gone")
    return current


@transaction.atomic
def move(submission: Submission, step: Move, *, by: User, **changes) -> Submission:
    """Take `step` with `submission` and set the columns in `changes` with it; returns it, saved.

    Raises Refused where the state does not allow the step ("state") or `by` may not take it
    ("permission"). Writes the journal; tells nobody.
    """
    current = locked(submission)
    check(current, step, by=by)
    current.state = MOVES[step][1]
    return save(current, step, by=by, **changes)


def check(submission: Submission, step: Move, *, by: User) -> None:
    """Raise Refused unless `by` may take `step` with `submission` now."""
    if not _may_take(step, submission, by):
        raise Refused(_("You may not do this with this text."), code="permission")
    if submission.state not in MOVES[step][0]:
        raise Refused(
            _("This text is not where you saw it any more: somebody has moved it on."),
            code="state",
        )


def _may_take(step: Move, submission: Submission, by: User) -> bool:
    if step in CURATORS_MOVES:
        return may_review(by)
    return may_send(by, submission) if step is Move.SEND else may_write(by, submission)


def save(submission: Submission, act: str, *, by: User, **changes) -> Submission:
    """Set `changes`, count the version up, save, and write `act` into the journal."""
    for name, value in changes.items():
        setattr(submission, name, value)
    submission.version += 1
    submission.saved_at = timezone.now()
    submission.save()
    journal.record(f"submission-{act}", submission, by=by, state=submission.state)
    return submission


def tell_writers(submission: Submission, kind: str, **options: str | Practice) -> None:
    """Tell everybody who writes `submission` what happened to it; `options` as for `tell`."""
    rows = submission.coauthors.select_related("person")
    people = {submission.author, *(row.person for row in rows)} - {None}
    for person in sorted((p for p in people if p.is_active), key=lambda person: person.pk):
        tell(submission, person, kind, **options)


def tell(
    submission: Submission,
    person: User,
    kind: str,
    *,
    text: str = "",
    question: str = "",
    practice: Practice | None = None,
    to: str = "",
    mark: str = "",
) -> None:
    """Tell one person; once for each version of the submission, or for each `mark`.

    `text` is what was said, `question` names the answer that it is about. The page to open is that
    of the submission, or of the `practice` that it became; `to` names another page of it.
    """
    address = (to or "submissions:submission", [str(submission.pk)])
    if practice:
        address = ("practices:practice-detail", [practice.pk, practice.slug])
    notices.tell(
        person,
        f"submission_{kind}",
        key=f"submission:{submission.pk}:{kind}:{mark or submission.version}:{person.pk}",
        to=address[0],
        to_args=address[1],
        context={
            "title": submission.title if writes(person, submission) else submission.desk_title,
            "reference": submission.reference,
            "text": text,
            "question": question,
            "due": submission.due_on,
        },
    )
