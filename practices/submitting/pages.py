"""What the pages of the form show: its steps, its fields, who helps and what comes next."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils import timezone

from exchanges.models import City
from exchanges.naming import label
from portal.common.languages import LANGUAGE_CODES, current_language
from practices.answers import Answers
from practices.choices import SubmissionState
from practices.coach import gaps
from practices.forms import AnswersForm, faults, waived
from practices.models import ReviewNote, Submission
from practices.questions import QUESTIONS, Step, of_step
from practices.working_days import decision_by, first_answer_by


def step_form(
    submission: Submission | None, step: Step, answers: Answers, *, checked: bool = False,
    require: bool = False,
) -> AnswersForm:  # fmt: skip
    """The form of one step with `answers`; `submission` is None before there is one."""
    language = submission.original_language if submission else current_language()
    is_bilingual = bool(submission and submission.is_bilingual)
    questions = of_step(step)
    if submission and submission.changes_a_practice:
        questions = tuple(question for question in questions if question.name != "city")
    return AnswersForm(
        questions,
        answers,
        language=language,
        others=[code for code in LANGUAGE_CODES if code != language] if is_bilingual else (),
        checked=checked,
        require=require,
        waived=waived(submission) if submission else frozenset(),
    )


def render_step(
    request: HttpRequest, step: Step, form: AnswersForm, submission: Submission | None, **extra
) -> HttpResponse:
    """The page of one step. `extra` adds to its context: a nonce, what another tab saved."""
    answered = submission.answers if submission else {}
    place = list(Step).index(step)
    notes = open_notes(submission) if submission else []
    context = {
        "section": "share",
        "form": form,
        "rows": [_with_notes(row, notes) for row in form.rows()],
        "letters": [note for note in notes if not note.question],
        "submission": submission,
        "is_ready": step == Step.SNAPSHOT and _is_ready(request, submission),
        "step": step,
        "steps": [{"step": s, "is_done": _is_done(s, answered)} for s in Step],
        "previous": list(Step)[place - 1] if place else None,
        "next": list(Step)[place + 1] if place + 1 < len(Step) else None,
        "city_labels": _city_labels() if "city" in form.fields else [],
        "answered": sum(bool(answered.get(q.name)) for q in form.questions),
        "asked": len(form.questions),
        "gaps": gaps(submission) if submission else [],
        "first_answer_by": first_answer_by(timezone.localdate()),
        "decision_by": decision_by(timezone.localdate()),
        **extra,
    }
    response = render(request, "submissions/write.html", context)
    response["Cache-Control"] = "no-store, private"
    return response


def _with_notes(row: dict, notes: list[ReviewNote]) -> dict:
    """A row of the form with what curators ask about it, which is read out with its first field."""
    asked = [note for note in notes if note.question == row["question"].name]
    if asked:
        field = row["fields"][0]
        described = [field.aria_describedby, f"{field.auto_id}_asked"]
        field.field.widget.attrs["aria-describedby"] = " ".join(filter(None, described))
    return {**row, "notes": asked}


def open_notes(submission: Submission) -> list[ReviewNote]:
    """What curators asked of the authors since the text was sent last; empty before that."""
    if not submission.sent_at:
        return []
    asked = submission.notes.filter(is_private=False, created_at__gte=submission.sent_at)
    return list(asked.select_related("author"))


def _is_ready(request: HttpRequest, submission: Submission | None) -> bool:
    """Whether one press of a button is all that a new text lacks to be sent."""
    return (
        request.user.is_authenticated
        and submission is not None
        and submission.state == SubmissionState.DRAFT
        and not submission.sent_at
        and not submission.changes_a_practice
        and not faults(submission)
    )


def _is_done(step: Step, answers: Answers) -> bool:
    """Whether every question of a step that other cities miss has an answer."""
    asked = [q for q in QUESTIONS if q.step == step and q.cost]
    return all(answers.get(question.name) for question in asked)


def _city_labels() -> list[str]:
    cities = City.objects.published().select_related("country").in_reading_order()
    return [label(city) for city in cities]
