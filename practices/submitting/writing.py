"""Writing: the start without an account, the steps, and the autosave."""

import uuid

from allauth.core.internal import ratelimit
from allauth.core.ratelimit import respond_429
from django.contrib import messages
from django.contrib.auth.views import redirect_to_login
from django.db import transaction
from django.http import Http404, HttpRequest, HttpResponse, JsonResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST

from portal.common.display import listing, moment
from portal.common.languages import current_language
from portal.common.refusals import Refused
from practices import workflow
from practices.answers import Answers, TooMuch, question_of, read
from practices.models import Submission
from practices.questions import QUESTIONS, SNAPSHOT, Step, label_of, of_step
from practices.submitting.access import keep_typed, open_submission, remember, take_typed
from practices.submitting.pages import render_step, step_form
from practices.workflow import Incomplete, Outdated

# A whole office may share an address of the network.
RATES = {"start": "60/h/ip", "save": "120/m/ip"}


@require_http_methods(["GET", "HEAD", "POST"])
def start(request: HttpRequest) -> HttpResponse:
    """The snapshot for whoever wants to share a practice, with or without an account."""
    nonce = uuid.uuid4()
    if request.method != "POST":
        return _first_page(request, step_form(None, Step.SNAPSHOT, {}), nonce)
    typed, too_long = _typed(request, SNAPSHOT)
    if too_long:
        return _first_page(request, _checked(None, Step.SNAPSHOT, typed), nonce)
    if not any(typed.values()):
        return _first_page(request, _checked(None, Step.SNAPSHOT, typed, require=True), nonce)
    if not request.user.is_authenticated and not _is_within(request, "start"):
        return respond_429(request)
    try:
        submission = _begin(request, typed)
    except Outdated as outdated:
        return _show_both(request, outdated.newest, Step.SNAPSHOT, typed)
    except Refused as refused:
        messages.error(request, refused.message)
        return _first_page(request, _checked(None, Step.SNAPSHOT, typed), nonce)
    if not submission.is_writable and submission.sent_answers != _filled(typed):
        # Sent already, then changed with the browser's Back: neither text may be lost.
        submission = workflow.start(
            typed, by=_person(request), language=current_language(), nonce=nonce
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
    typed, too_long = _typed(request, questions)
    submission = _own(request, pk, typed)
    if isinstance(submission, HttpResponse):
        return submission
    if not submission.is_writable:
        return redirect(submission)
    if too_long:
        return render_step(request, step, _checked(submission, step, typed), submission)
    try:
        submission = workflow.save_answers(
            submission, typed, by=_person(request), version=_version(request)
        )
    except Outdated as outdated:
        return _show_both(request, outdated.newest, step, typed)
    except Refused as refused:
        messages.error(request, refused.message)
        return redirect(submission)
    return _go_on(request, submission, step)


@require_POST
def autosave(request: HttpRequest, pk: uuid.UUID | None = None) -> JsonResponse:
    """Save what is being typed. Answers with the version and the addresses to go on with.

    401 where nobody is signed in any more, 409 with the newest answers where another tab saved
    meanwhile, 410 where it is not the author's turn any more, 413 for what is too long, 429.
    """
    if not _is_within(request, "save"):
        return JsonResponse({"code": "too-often"}, status=429)
    typed, too_long = _typed(request, QUESTIONS)
    if too_long:
        return JsonResponse({"code": "too-long", "names": too_long}, status=413)
    try:
        if pk is None:
            saved = _begin(request, typed)
        else:
            submission, version = open_submission(request, pk), _version(request)
            saved = workflow.save_answers(submission, typed, by=_person(request), version=version)
    except Http404:
        if request.user.is_authenticated:
            raise
        return JsonResponse({"code": "signed-out"}, status=401)
    except Outdated as outdated:
        return JsonResponse({"code": "outdated", **_saved(outdated.newest)}, status=409)
    except Refused as refused:
        return JsonResponse({"code": "closed", "message": str(refused.message)}, status=410)
    return JsonResponse({"code": "saved", **_saved(saved)})


def _first_page(request: HttpRequest, form, nonce: uuid.UUID) -> HttpResponse:
    person = request.user
    drafts = Submission.objects.written_by(person).filter(state="draft").newest_first()
    return render_step(request, Step.SNAPSHOT, form, None, nonce=nonce, drafts=drafts[:3])


def _begin(request: HttpRequest, typed: Answers) -> Submission:
    """The draft of the nonce in the post, made if need be, with what was typed.

    Raises Outdated where the post says on which version it was typed and there is a newer one.
    """
    try:
        nonce = uuid.UUID(request.POST.get("nonce", ""))
    except ValueError:
        nonce = uuid.uuid4()
    arguments = {"by": _person(request), "language": current_language()}
    try:
        submission = workflow.start(typed, nonce=nonce, **arguments)
    except Refused as refused:
        if refused.code != "nonce":
            raise
        submission = workflow.start(typed, nonce=uuid.uuid4(), **arguments)
    if submission.author is None:
        remember(request, submission)
    try:
        version = _version(request) or submission.version
        return workflow.save_answers(submission, typed, by=_person(request), version=version)
    except Refused:
        # The same post, sent twice at once, has sent it meanwhile.
        submission.refresh_from_db()
        return submission


def _filled(answers: Answers) -> Answers:
    return {name: answer for name, answer in answers.items() if answer}


def _go_on(request: HttpRequest, submission: Submission, step: Step) -> HttpResponse:
    """Where the button leads that was pressed; everything typed is saved."""
    wanted = request.POST.get("go", "save")
    here = reverse("submissions:write", args=[submission.pk, step])
    if wanted == "send":
        return send_or_show(request, submission, step)
    if wanted == "bilingual":
        workflow.write_both_languages(submission, by=_person(request))
        return redirect(here)
    if wanted in Step.values:
        return redirect("submissions:write", submission.pk, wanted)
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
    return redirect(submission)


def _show(request: HttpRequest, submission: Submission, step: Step) -> HttpResponse:
    if not submission.is_writable:
        return redirect(submission)
    kept = take_typed(request, submission)
    answers = submission.answers | (kept or {}).get("answers", {})
    # What was typed on an older version is not to replace a newer one unseen.
    submission.version = (kept or {}).get("version") or submission.version
    is_checked = "check" in request.GET
    form = step_form(submission, step, answers, checked=is_checked, require=is_checked)
    return render_step(request, step, form, submission, is_restored=kept is not None)


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
            keep_typed(request, pk, typed, version=_version(request))
        return redirect_to_login(request.get_full_path())


def _typed(request: HttpRequest, questions) -> tuple[Answers, list[str]]:
    """The answers of the post, and the names of those that are too long to be kept."""
    try:
        return read(request.POST, questions), []
    except TooMuch as too_much:
        return {name: request.POST.get(name, "") for name in request.POST}, too_much.names


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


def _saved(submission: Submission) -> dict:
    return {
        "version": submission.version,
        "message": _("Saved at %(moment)s.") % {"moment": moment(submission.saved_at)},
        "saved_at": submission.saved_at.isoformat(),
        "answers": submission.answers,
        "action": reverse("submissions:write", args=[submission.pk, Step.SNAPSHOT]),
        "autosave": reverse("submissions:autosave", args=[submission.pk]),
    }


def _person(request: HttpRequest):
    return request.user if request.user.is_authenticated else None


def _version(request: HttpRequest) -> int:
    text = request.POST.get("version", "")
    return int(text) if text.isascii() and text.isdigit() and len(text) < 10 else 0


def _is_within(request: HttpRequest, action: str) -> bool:
    return ratelimit.consume(request, app="submissions", action=action, config=RATES)
