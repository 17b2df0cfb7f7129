"""What a person has written: the list, one text with its state, and what can be done with it."""

import uuid
from datetime import date

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from exchanges.models import Membership
from portal import notices
from portal.common.refusals import Refused
from practices import workflow
from practices.acceptance import newest_version
from practices.choices import OPEN_STATES, SubmissionState
from practices.coach import gaps
from practices.differences import differences
from practices.forms import faults
from practices.metadata import practice_metadata
from practices.models import Practice, Submission
from practices.permissions import is_confirmed, may_propose, may_write
from practices.preview import draft_practice
from practices.questions import QUESTIONS, Step
from practices.submitting.access import claim_drafts, open_submission
from practices.submitting.coauthor_pages import CoAuthorForm
from practices.submitting.pages import open_notes
from practices.submitting.writing import send_or_show
from practices.working_days import decision_by

MOST_NOTICES = 20


@require_safe
@never_cache
@login_required
def mine(request: HttpRequest) -> HttpResponse:
    """Everything that a person writes, what the portal told them, and their cities."""
    claim_drafts(request)
    submissions = Submission.objects.written_by(request.user).newest_first()
    submissions = list(submissions.select_related("city", "practice"))
    told = list(notices.newest_for(request.user)[:MOST_NOTICES])
    memberships = Membership.objects.filter(person=request.user).select_related("city")
    context = {
        "section": "share",
        "open_submissions": [s for s in submissions if s.state in OPEN_STATES],
        "done_submissions": [s for s in submissions if s.state not in OPEN_STATES],
        "notices": told,
        "memberships": memberships,
    }
    response = render(request, "submissions/mine.html", context)
    notices.mark_read(told)
    return response


@require_safe
@never_cache
@login_required
def submission_page(request: HttpRequest, pk: uuid.UUID) -> HttpResponse:
    """One text: before it is sent, what is missing and who helps; then its way and its notes."""
    submission = open_submission(request, pk)
    return render(request, "submissions/submission.html", _context(request, submission))


@require_safe
@never_cache
@login_required
def preview(request: HttpRequest, pk: uuid.UUID) -> HttpResponse:
    """The page of the practice as it would be published."""
    submission = open_submission(request, pk)
    practice = draft_practice(submission)
    # What curators note while they review is not the author's to read yet.
    practice.is_judged = submission.practice is not None
    context = {
        "section": "practices",
        "section_current": "true",
        "practice": practice,
        "metadata": practice_metadata(practice),
        "submission": submission,
        "is_preview": True,
        "no_index": True,
    }
    return render(request, "submissions/preview.html", context)


@require_POST
@login_required
def send(request: HttpRequest, pk: uuid.UUID) -> HttpResponse:
    return send_or_show(request, open_submission(request, pk), Step.SNAPSHOT)


@require_POST
@login_required
def withdraw(request: HttpRequest, pk: uuid.UUID) -> HttpResponse:
    return _act(request, pk, workflow.withdraw, _("You took it back. Nobody works on it."))


@require_POST
@login_required
def reopen(request: HttpRequest, pk: uuid.UUID) -> HttpResponse:
    return _act(request, pk, workflow.reopen, _("It is a draft again."))


@require_http_methods(["GET", "HEAD", "POST"])
@never_cache
def discard(request: HttpRequest, pk: uuid.UUID) -> HttpResponse:
    """Ask once, then throw a draft away."""
    submission = open_submission(request, pk)
    if request.method != "POST":
        return render(request, "submissions/discard.html", {"submission": submission})
    person = request.user if request.user.is_authenticated else None
    try:
        workflow.discard(submission, by=person)
    except Refused as refused:
        messages.error(request, refused.message)
        return redirect(submission)
    messages.success(request, _("The draft is deleted."))
    return redirect("submissions:mine" if person else "practices:practice-submit")


@require_http_methods(["GET", "HEAD", "POST"])
@never_cache
@login_required
def propose(request: HttpRequest, pk: int, slug: str) -> HttpResponse:
    """The same form, filled with what a published practice says."""
    practice = get_object_or_404(Practice.objects.published().select_related("city"), pk=pk)
    is_allowed = may_propose(request.user, practice)
    if request.method == "POST" and is_allowed:
        submission = workflow.propose_change(practice, by=request.user)
        if submission.base_version != newest_version(practice):
            messages.warning(
                request,
                _("The page was changed since you began this draft. Compare before you send it."),
            )
        return redirect("submissions:write", submission.pk, Step.SNAPSHOT)
    context = {"section": "practices", "practice": practice, "is_allowed": is_allowed}
    status = 200 if is_allowed else 403
    return render(request, "submissions/propose.html", context, status=status)


def _act(request: HttpRequest, pk: uuid.UUID, act, done: str) -> HttpResponse:
    submission = open_submission(request, pk)
    try:
        act(submission, by=request.user)
    except Refused as refused:
        messages.error(request, refused.message)
    else:
        messages.success(request, done)
    return redirect(submission)


def _context(request: HttpRequest, submission: Submission) -> dict:
    found = faults(submission) if submission.is_writable else {}
    by_question = {q.name: q for q in QUESTIONS}
    asked = open_notes(submission)
    told = submission.notes.filter(is_private=False).select_related("author").reverse()
    return {
        "section": "share",
        "submission": submission,
        "may_write": may_write(request.user, submission),
        "is_author": submission.author == request.user,
        "is_confirmed": is_confirmed(submission),
        "membership": _membership(submission),
        "faults": [(by_question[name], texts[0]) for name, texts in found.items()
                   if name in by_question],
        "gaps": [gap for gap in gaps(submission) if gap.question.name not in found]
        if submission.is_writable else [],
        "notes": [note for note in told if note in asked],
        "earlier_notes": [note for note in told if note not in asked],
        "edits": _edits(submission),
        "files": submission.files.all(),
        "coauthors": submission.coauthors.select_related("person"),
        "invitations": submission.invitations.open(),
        "coauthor_form": CoAuthorForm(),
        "decision_by": _promised(submission),
        "is_draft": submission.state == SubmissionState.DRAFT,
    }  # fmt: skip


def _edits(submission: Submission) -> list:
    """What curators changed since the author sent it; nothing of it is the author's own."""
    return differences(
        submission.sent_answers, submission.desk_answers, submission.original_language
    )


def _promised(submission: Submission) -> date | None:
    """By when a decision is promised of what was sent."""
    sent_at = submission.sent_at
    return decision_by(timezone.localtime(sent_at).date()) if sent_at else None


def _membership(submission: Submission) -> Membership | None:
    """How far the author is on the way to speak for the city."""
    rows = Membership.objects.filter(person=submission.author, city=submission.city)
    return rows.order_by("-pk").first() if submission.city else None
