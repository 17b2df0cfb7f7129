"""Whose draft it is: an account's, or the session's in which it was begun without one."""

import uuid

from django.db.models import QuerySet
from django.http import Http404, HttpRequest

from practices.answers import Answers
from practices.choices import SubmissionState
from practices.models import Submission
from practices.workflow import claim

DRAFTS = "drafts"
TYPED = "typed"
# What was typed while nobody was signed in is kept with the session up to this size.
MOST_TYPED = 200_000


def remember(request: HttpRequest, submission: Submission) -> None:
    """Let this session go on with a draft that was begun without an account."""
    drafts = request.session.get(DRAFTS, [])
    if str(submission.pk) not in drafts:
        request.session[DRAFTS] = [*drafts, str(submission.pk)]


def forget(request: HttpRequest, submission: Submission) -> None:
    """Forget what the session knows of a draft."""
    drafts = request.session.get(DRAFTS, [])
    if str(submission.pk) in drafts:
        request.session[DRAFTS] = [key for key in drafts if key != str(submission.pk)]


def claim_drafts(request: HttpRequest) -> None:
    """Give the drafts that this session began without an account to whom it belongs now."""
    if not request.user.is_authenticated or DRAFTS not in request.session:
        return
    for submission in Submission.objects.filter(pk__in=request.session[DRAFTS], author=None):
        claim(submission, by=request.user)
    del request.session[DRAFTS]


def drafts_to_go_on_with(request: HttpRequest) -> QuerySet[Submission]:
    """The drafts of whoever asks, the newest first: the account's, or those of this session."""
    claim_drafts(request)
    if request.user.is_authenticated:
        drafts = Submission.objects.written_by(request.user)
    else:
        drafts = Submission.objects.filter(pk__in=request.session.get(DRAFTS, []), author=None)
    return drafts.filter(state=SubmissionState.DRAFT).newest_first()


def open_submission(request: HttpRequest, pk: uuid.UUID) -> Submission:
    """The submission `pk` for those who write it; Http404 for everybody else, curators too: they
    read what was sent at their desk.
    """
    claim_drafts(request)
    submissions = Submission.objects.select_related("city", "practice", "author", "reviewer")
    if request.user.is_authenticated:
        submission = submissions.written_by(request.user).filter(pk=pk).first()
    else:
        is_begun_here = str(pk) in request.session.get(DRAFTS, [])
        submission = submissions.filter(pk=pk, author=None).first() if is_begun_here else None
    if submission is None:
        raise Http404
    return submission


def keep_typed(request: HttpRequest, pk: uuid.UUID, answers: Answers, *, version: int) -> None:
    """Keep what somebody sent whose session had ended, until they have signed in again."""
    if sum(len(str(answer)) for answer in answers.values()) <= MOST_TYPED:
        kept = {"submission": str(pk), "answers": answers, "version": version}
        request.session[TYPED] = kept


def kept_typed(request: HttpRequest, submission: Submission) -> dict | None:
    """What was kept for `submission` and is not saved yet: its `answers` and the `version` that
    they were typed on; None where there is nothing.
    """
    kept = request.session.get(TYPED)
    return kept if kept and kept["submission"] == str(submission.pk) else None


def forget_typed(request: HttpRequest, submission: Submission) -> None:
    """Forget what was kept for `submission`: its authors have saved it."""
    if kept_typed(request, submission):
        del request.session[TYPED]
