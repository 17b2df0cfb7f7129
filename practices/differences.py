"""What differs between two sets of answers, question by question."""

from portal.common.dates import PartialDate
from portal.common.desk.differences import Difference, Piece, text_pieces, value_pieces
from portal.common.display import day
from portal.common.languages import LANGUAGE_CODES
from practices.answers import Answers
from practices.forms import choices_in_words
from practices.questions import QUESTIONS, Kind, Question, label_of


def differences(old: Answers, new: Answers, original_language: str) -> list[Difference]:
    """How `new` answers came from `old`, in the order of the questions; what is the same is left
    out. Texts are compared word by word, choices as wholes.
    """
    found = []
    for question in QUESTIONS:
        for name, language in _names(question, original_language):
            before, after = old.get(name) or "", new.get(name) or ""
            if before == after:
                continue
            label = str(label_of(question.name))
            # Choices in another order are the same.
            if pieces := _pieces(question, before, after):
                found.append(Difference(label[:1].upper() + label[1:], pieces, language))
    return found


def _pieces(question: Question, before: str | list[str], after: str | list[str]) -> list[Piece]:
    """Choices and dates as their readers call them, each whole; texts word by word."""
    if question.kind in (Kind.CHOICE, Kind.CHOICES):
        names = choices_in_words(question)
        old, new = ([a] if isinstance(a, str) else a for a in (before, after))
        gone, come = ([key for key in these if key and key not in those]
                      for these, those in ((old, new), (new, old)))  # fmt: skip
        return value_pieces([names.get(k, k) for k in gone], [names.get(k, k) for k in come])
    if question.kind is Kind.DATE:
        return value_pieces(filter(None, [_day(before)]), filter(None, [_day(after)]))
    return text_pieces(str(before), str(after))


def _day(text: str) -> str:
    try:
        return day(PartialDate.parse(text)) if text else ""
    except ValueError:
        return text


def _names(question, original_language: str) -> list[tuple[str, str]]:
    if not question.is_text:
        return [(question.name, "")]
    others = [code for code in LANGUAGE_CODES if code != original_language]
    return [
        (question.name, original_language),
        *((f"{question.name}_{code}", code) for code in others),
    ]
