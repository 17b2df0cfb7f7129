"""How a submission goes from one state to the next: the one door for every change of state."""

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from portal import notices
from portal.accounts.models import User
from portal.common import journal
from portal.common.refusals import Refused
from practices.choices import CURATORS_MOVES, MOVES, Move
from practices.models import Submission
from practices.permissions import may_review, may_write


def locked(submission: Submission) -> Submission:
    """The newest state of `submission`, held until the transaction ends."""
    return Submission.objects.select_for_update().get(pk=submission.pk)


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
    is_allowed = may_review(by) if step in CURATORS_MOVES else may_write(by, submission)
    if not is_allowed:
        raise Refused(_("You may not do this with this text."), code="permission")
    if submission.state not in MOVES[step][0]:
        raise Refused(
            _("This text is not where you saw it any more: somebody has moved it on."),
            code="state",
        )


def save(submission: Submission, act: str, *, by: User, **changes) -> Submission:
    """Set `changes`, count the version up, save, and write `act` into the journal."""
    for name, value in changes.items():
        setattr(submission, name, value)
    submission.version += 1
    submission.saved_at = timezone.now()
    submission.save()
    journal.record(f"submission-{act}", submission, by=by, state=submission.state)
    return submission


def tell_writers(submission: Submission, kind: str, **options: str) -> None:
    """Tell everybody who writes `submission` what happened to it; `options` as for `tell`."""
    people = {submission.author, *(row.person for row in submission.coauthors.all())}
    for person in sorted(filter(None, people), key=lambda person: person.pk):
        tell(submission, person, kind, **options)


def tell(
    submission: Submission,
    person: User,
    kind: str,
    *,
    text: str = "",
    question: str = "",
    to: str = "",
    mark: str = "",
) -> None:
    """Tell one person; once for each version of the submission, or for each `mark`.

    `text` is what was said, `question` names the answer that it is about. `to` names the page to
    open instead of that of the submission.
    """
    notices.tell(
        person,
        f"submission_{kind}",
        key=f"submission:{submission.pk}:{kind}:{mark or submission.version}:{person.pk}",
        to=to or "submissions:submission",
        to_args=[str(submission.pk)],
        context={
            "title": submission.title,
            "reference": submission.reference,
            "text": text,
            "question": question,
            "due": submission.due_on,
        },
    )
