"""Writing: the start without an account, and the steps."""

import uuid

from allauth.core.ratelimit import respond_429
from django.contrib import messages
from django.contrib.auth.views import redirect_to_login
from django.db import transaction
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from portal.common.display import listing
from portal.common.languages import current_language
from portal.common.refusals import Refused
from practices import workflow
from practices.answers import Answers, filled, question_of
from practices.models import Submission
from practices.permissions import may_write
from practices.questions import QUESTIONS, SNAPSHOT, Step, label_of, of_step
from practices.submitting.access import (
    drafts_to_go_on_with,
    forget_typed,
    keep_typed,
    kept_typed,
    open_submission,
)
from practices.submitting.pages import render_step, step_form
from practices.submitting.posts import (
    TooOften,
    begin,
    person_of,
    typed_in,
    version_in,
)
from practices.workflow import Incomplete, Outdated


@require_http_methods(["GET", "HEAD", "POST"])
def start(request: HttpRequest) -> HttpResponse:
    """The snapshot for whoever wants to share a practice, with or without an account."""
    nonce = uuid.uuid4()
    if request.method != "POST":
        return _first_page(request, step_form(None, Step.SNAPSHOT, {}), nonce)
    typed, too_long = typed_in(request, SNAPSHOT)
    if too_long:
        return _first_page(request, _checked(None, Step.SNAPSHOT, typed), nonce)
    if not any(typed.values()):
        return _first_page(request, _checked(None, Step.SNAPSHOT, typed, require=True), nonce)
    try:
        submission = begin(request, typed)
    except TooOften:
        return respond_429(request)
    except Outdated as outdated:
        return _show_both(request, outdated.newest, Step.SNAPSHOT, typed)
    except Refused as refused:
        messages.error(request, refused.message)
        return _first_page(request, _checked(None, Step.SNAPSHOT, typed), nonce)
    if not submission.is_writable and submission.sent_answers != filled(typed):
        # Sent already, then changed with the browser's Back: neither text may be lost.
        submission = workflow.start(
            typed, by=person_of(request), language=current_language(), nonce=nonce
        )
        messages.info(request, _("You have sent this text before. Your changes are a new draft."))
        return redirect("submissions:write", submission.pk, Step.SNAPSHOT)
    return _go_on(request, submission, Step.SNAPSHOT)


@require_http_methods(["GET", "HEAD", "POST"])
def write(request: HttpRequest, pk: uuid.UUID, step: str) -> HttpResponse:
    """One step of a draft. What was typed by somebody whose session had ended comes back."""
    if step not in Step.values:
        raise Http404
    step = Step(step)
    questions = of_step(step)
    if request.method != "POST":
        submission = _own(request, pk)
        return (
            submission if isinstance(submission, HttpResponse) else _show(request, submission, step)
        )
    typed, too_long = typed_in(request, questions)
    submission = _own(request, pk, typed)
    if isinstance(submission, HttpResponse):
        return submission
    if too_long:
        return render_step(request, step, _checked(submission, step, typed), submission)
    try:
        submission = workflow.save_answers(
            submission, typed, by=person_of(request), version=version_in(request)
        )
    except Outdated as outdated:
        return _show_both(request, outdated.newest, step, typed)
    except Refused as refused:
        return _show_unsaved(request, submission, step, typed, refused)
    forget_typed(request, submission)
    return _go_on(request, submission, step)


def _first_page(request: HttpRequest, form, nonce: uuid.UUID) -> HttpResponse:
    drafts = drafts_to_go_on_with(request)
    return render_step(request, Step.SNAPSHOT, form, None, nonce=nonce, drafts=drafts[:3])


def _go_on(request: HttpRequest, submission: Submission, step: Step) -> HttpResponse:
    """Where the button leads that was pressed; everything typed is saved."""
    wanted = request.POST.get("go", "save")
    here = reverse("submissions:write", args=[submission.pk, step])
    if wanted == "send":
        return send_or_show(request, submission, step)
    if not submission.is_writable:
        return redirect(submission)
    if wanted == "bilingual":
        workflow.write_both_languages(submission, by=person_of(request))
        return redirect(here)
    form = _checked(submission, step, submission.answers)
    if wanted in (*Step.values, "save") and form.errors:
        messages.warning(request, _("It is saved as you typed it, but cannot be read yet."))
        return render_step(request, step, form, submission)
    if wanted in Step.values:
        return redirect("submissions:write", submission.pk, wanted)
    if wanted == "file":
        return redirect("submissions:add-file", submission.pk)
    if wanted == "check":
        return redirect(submission)
    messages.success(request, _("Saved. You can close this page and come back."))
    return redirect(here)


def send_or_show(request: HttpRequest, submission: Submission, step: Step) -> HttpResponse:
    """Send, and show the receipt; what keeps it from being sent is shown beside the fields."""
    if not submission.is_writable:
        return redirect(submission)
    if not request.user.is_authenticated:
        messages.info(request, _("Your text is saved. Sign in or create an account, then send it."))
        return redirect_to_login(reverse("submissions:write", args=[submission.pk, step]))
    try:
        with transaction.atomic():
            sent = workflow.send(submission, by=request.user)
    except Incomplete as incomplete:
        elsewhere = _elsewhere(submission, step, incomplete.faults)
        form = _checked(submission, step, submission.answers, require=True)
        return render_step(request, step, form, submission, elsewhere=elsewhere)
    except Refused as refused:
        messages.error(request, refused.message)
    else:
        submission = sent
        messages.success(request, _("It is sent. Thank you."))
    return redirect(submission)


def _show(request: HttpRequest, submission: Submission, step: Step) -> HttpResponse:
    if not submission.is_writable:
        return redirect(submission)
    if not may_write(request.user, submission) and submission.author:
        messages.error(request, _("You may not change this text any more."))
        return redirect(submission)
    kept = kept_typed(request, submission)
    answers = submission.answers | (kept or {}).get("answers", {})
    # What was typed on an older version is not to replace a newer one unseen.
    submission.version = (kept or {}).get("version") or submission.version
    is_checked = "check" in request.GET
    form = step_form(submission, step, answers, checked=is_checked, require=is_checked)
    return render_step(request, step, form, submission, is_restored=kept is not None)


def _show_unsaved(
    request: HttpRequest, submission: Submission, step: Step, typed: Answers, refused: Refused
) -> HttpResponse:
    """Why it was not saved, and what was typed, to be read and copied. Where the same has been
    saved meanwhile, as by the same post sent twice, on to the text.
    """
    newest = Submission.objects.filter(pk=submission.pk).first() or submission
    answers = newest.answers | typed
    if filled(answers) == filled(newest.answers):
        return redirect(newest)
    messages.error(request, refused.message)
    return render_step(request, step, step_form(newest, step, answers), newest)


def _show_both(
    request: HttpRequest, newest: Submission, step: Step, typed: Answers
) -> HttpResponse:
    """What was typed in the form, and beside it what somebody saved meanwhile."""
    theirs = [
        {"label": label_of(question_of(name).name), "text": _as_text(newest.answers.get(name))}
        for name, answer in typed.items()
        if (newest.answers.get(name) or "") != (answer or "")
    ]
    form = step_form(newest, step, newest.answers | typed)
    return render_step(request, step, form, newest, theirs=theirs)


def _as_text(answer: str | list[str] | None) -> str:
    return listing(answer) if isinstance(answer, list) else answer or ""


def _own(request: HttpRequest, pk: uuid.UUID, typed: Answers | None = None):
    """The draft, or for whoever is not signed in the way to sign in, with what was typed kept."""
    try:
        return open_submission(request, pk)
    except Http404:
        if request.user.is_authenticated:
            raise
        if typed:
            keep_typed(request, pk, typed, version=version_in(request))
        return redirect_to_login(request.get_full_path())


def _checked(submission: Submission | None, step: Step, answers: Answers, *, require=False):
    return step_form(submission, step, answers, checked=True, require=require)


def _elsewhere(submission: Submission, step: Step, faults: dict[str, list[str]]) -> list[dict]:
    """The faults of other steps, each with where it is mended."""
    here = {question.name for question in of_step(step)}
    return [
        {"url": f"{reverse('submissions:write', args=[submission.pk, q.step])}?check#id_{q.name}",
         "text": f"{q.label} {faults[q.name][0]}"}
        for q in QUESTIONS if q.name in faults and q.name not in here
    ]  # fmt: skip
