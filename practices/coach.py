"""The coach: what is missing in a text, and what that costs a city that wants to do the same."""

from dataclasses import dataclass

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from portal.common.display import digits
from practices.models import Submission
from practices.questions import QUESTIONS, Kind, Question, label_of

# Shorter than this, a text tells another city too little to begin with.
TOO_SHORT = 120
_LONG_ANSWERS = ("problem", "approach")


@dataclass(frozen=True)
class Gap:
    """Something to add: the question, and why."""

    question: Question
    cost: Promise | str

    @property
    def label(self) -> Promise | str:
        return label_of(self.question.name)


def gaps(submission: Submission) -> list[Gap]:
    """What a reader in another city would miss, what matters most first."""
    found = [gap for question in QUESTIONS if (gap := _gap(question, submission.answers))]
    return sorted(found, key=lambda gap: not gap.question.is_needed)


def _gap(question: Question, answers: dict) -> Gap | None:
    answer = answers.get(question.name)
    if not answer:
        return Gap(question, question.cost) if question.cost else None
    if question.name in _LONG_ANSWERS and len(answer) < TOO_SHORT:
        return Gap(question, _("It is short: another city could not yet do the same."))
    if question.name == "evaluation" and not any(c.isdecimal() for c in digits(answer)):
        return Gap(question, _("How many, how often, compared with what? One figure helps."))
    if question.name == "sources" and question.kind is Kind.TEXT and "://" not in answer:
        return Gap(question, _("An address that others can open makes it easier to check."))
    return None
