"""Answers: what was typed into the form of a submission, and how it becomes a practice's.

An answer is a text, or a list of slugs for questions that are answered by choosing many. The text
of the original language stands under the question's name, that of another under name_language.
"""

import unicodedata
from collections.abc import Iterable

from django.core.exceptions import ValidationError
from django.http import QueryDict

from exchanges.models import City
from exchanges.naming import cities_called
from portal.common.languages import LANGUAGE_CODES, direction, shown
from portal.common.text import clean_text
from practices.models import Practice, PracticeSource, Submission
from practices.questions import BY_NAME, QUESTIONS, Kind, Question

Answers = dict[str, str | list[str]]
# What is kept of one answer, so that too long a text is shortened by its author and not by us.
MOST_KEPT = 40_000
MOST_CHOICES = 100


class TooMuch(Exception):
    """Texts that are too long to be kept; `names` are those of their answers."""

    def __init__(self, names: list[str]):
        super().__init__(", ".join(names))
        self.names = names


def names_of(question: Question, original_language: str) -> list[str]:
    """The names under which a question may be answered."""
    if not question.is_text:
        return [question.name]
    others = (code for code in LANGUAGE_CODES if code != original_language)
    return [question.name, *(f"{question.name}_{code}" for code in others)]


def question_of(name: str) -> Question:
    """The question that the answer `name` answers, in whatever language. Raises KeyError."""
    languages = {f"{q.name}_{code}": q for q in QUESTIONS if q.is_text for code in LANGUAGE_CODES}
    return {**languages, **BY_NAME}[name]


def read(data: QueryDict, questions: Iterable[Question]) -> Answers:
    """The answers in a post, cleaned but unchecked; everything else in it is ignored.

    `asked` in the post names questions whose boxes may all be empty. Raises TooMuch.
    """
    answers: Answers = {}
    asked = {q.name for q in questions if q.kind is Kind.CHOICES} & set(data.getlist("asked"))
    too_long = []
    for question in questions:
        for name in (question.name, *(f"{question.name}_{code}" for code in LANGUAGE_CODES)):
            if name not in data and name not in asked:
                continue
            if question.kind is Kind.CHOICES:
                answers[name] = [_clean(slug) for slug in data.getlist(name)[:MOST_CHOICES]]
                continue
            if len(data[name]) > MOST_KEPT:
                too_long.append(name)
            answers[name] = _clean(data[name], question)
    if too_long:
        raise TooMuch(too_long)
    return answers


def _clean(text: str, question: Question | None = None) -> str:
    try:
        return clean_text(text, single_line=question is None or question.kind is not Kind.TEXT)
    except ValidationError:
        # Half of a character: what can be read of it is kept.
        readable = text.encode("utf-8", "ignore").decode()
        return clean_text(readable, single_line=question is None or question.kind is not Kind.TEXT)


def written_in(answers: Answers, preferred: str) -> str:
    """The language in which the texts of `answers` are written, as far as letters tell.

    `preferred` unless most letters run the other way; then the first language that runs so.
    """
    texts = "".join(str(answers.get(q.name) or "") for q in QUESTIONS if q.is_text)
    letters = [unicodedata.bidirectional(character) for character in texts]
    right_to_left = sum(kind in ("R", "AL") for kind in letters)
    left_to_right = sum(kind == "L" for kind in letters)
    if right_to_left == left_to_right:
        return preferred
    towards = "rtl" if right_to_left > left_to_right else "ltr"
    candidates = [preferred, *LANGUAGE_CODES]
    return next((code for code in candidates if direction(code) == towards), preferred)


def text_in(submission: Submission, name: str, language: str) -> str:
    """The answer to the question `name` in a language; empty for none."""
    key = name if language == submission.original_language else f"{name}_{language}"
    return submission.answers.get(key) or ""


def of_practice(practice: Practice) -> Answers:
    """The answers that a published practice gives, to be changed."""
    answers: Answers = {}
    for question in QUESTIONS:
        if question.is_text and question.name in Practice.TEXTS:
            for code in LANGUAGE_CODES:
                own = code == practice.original_language
                key = question.name if own else f"{question.name}_{code}"
                answers[key] = getattr(practice, f"{question.name}_{code}") or ""
    answers |= {
        "city": str(practice.city),
        "starts": str(practice.starts or ""),
        "ends": str(practice.ends or ""),
        "cost_band": practice.cost_band,
        "effect": practice.effect,
        "evaluation_url": practice.evaluation_url,
        "target_groups": [group.slug for group in practice.target_groups.all()],
        "themes": [theme.slug for theme in practice.themes.all()],
        "findings": [finding_key(finding) for finding in practice.findings.published()],
        "sources": "\n".join(
            source_line(source, practice.original_language) for source in practice.sources.all()
        ),
    }
    return filled(answers)


def filled(answers: Answers) -> Answers:
    """The answers that are not empty."""
    return {name: answer for name, answer in answers.items() if answer}


def city_named(answers: Answers) -> City | None:
    """The city that the answer names; None where none or several are called so."""
    cities = cities_called(str(answers.get("city") or ""))
    return cities[0] if len(cities) == 1 else None


def finding_key(finding) -> str:
    """A finding as addresses and answers name it: "2023-3"."""
    return f"{finding.edition.year}-{finding.number}"


def source_line(source: PracticeSource, language: str) -> str:
    """A source as one line of an answer, its label in `language` if there is one."""
    return " ".join(filter(None, [str(shown(source, "label", language)), source.url]))
