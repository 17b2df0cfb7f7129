"""What the pages of the form show: its steps, its fields, who helps and what comes next."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils import timezone

from exchanges.models import City
from exchanges.naming import label
from portal.common.languages import LANGUAGE_CODES, current_language
from practices.answers import Answers
from practices.coach import gaps
from practices.forms import AnswersForm
from practices.models import Submission
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
    )


def render_step(
    request: HttpRequest, step: Step, form: AnswersForm, submission: Submission | None, **extra
) -> HttpResponse:
    """The page of one step. `extra` adds to its context: a nonce, what another tab saved."""
    answered = submission.answers if submission else {}
    place = list(Step).index(step)
    context = {
        "section": "share",
        "form": form,
        "submission": submission,
        "step": step,
        "steps": [{"step": s, "is_done": _is_done(s, answered)} for s in Step],
        "previous": list(Step)[place - 1] if place else None,
        "next": list(Step)[place + 1] if place + 1 < len(Step) else None,
        "city_labels": _city_labels() if "city" in form.fields else [],
        "answered": sum(bool(answered.get(q.name)) for q in of_step(step)),
        "asked": len(of_step(step)),
        "gaps": gaps(submission) if submission else [],
        "first_answer_by": first_answer_by(timezone.localdate()),
        "decision_by": decision_by(timezone.localdate()),
        **extra,
    }
    response = render(request, "submissions/write.html", context)
    response["Cache-Control"] = "no-store, private"
    return response


def _is_done(step: Step, answers: Answers) -> bool:
    """Whether every question of a step that other cities miss has an answer."""
    asked = [q for q in QUESTIONS if q.step == step and q.cost]
    return all(answers.get(question.name) for question in asked)


def _city_labels() -> list[str]:
    cities = City.objects.published().select_related("country").in_reading_order()
    return [label(city) for city in cities]
