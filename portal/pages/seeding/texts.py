"""Places for texts that have a column a language."""

from typing import Any

from django.conf import settings
from modeltranslation.utils import build_localized_fieldname

from portal.common.languages import LANGUAGE_CODES
from portal.pages.seeding.columns import accepted
from portal.pages.seeding.faults import Place
from portal.pages.seeding.rows import Placement, Row


class Texts(Placement):
    """A text a language: `{"en": …, "ar": …}`, null where it is not written.

    Where `required`, the original language must have a text.
    """

    def __init__(self, column: str, *, required: bool = False):
        self.column = column
        self.required = required

    def read(self, value, place, row):
        if value is None and not self.required:
            value = dict.fromkeys(row.texts.languages)
        if place.takes_keys(row.texts.languages, value):
            for language, text in value.items():
                self.read_language(language, text, place.at(language), row)

    def read_language(self, language: str, value: Any, place: Place, row: Row) -> None:
        column = build_localized_fieldname(self.column, language)
        if value is None and not (self.required and language == settings.LANGUAGE_CODE):
            row.columns[column] = None
            return
        text = self.text(value, place)
        if text is not None:
            row.columns[column] = accepted(row.model_field(column), text, place)
            if row.columns[column] == "":
                place.refuse_value(value, "a text")

    def text(self, value: Any, place: Place) -> str | None:
        """The text of one language, or None where it was refused."""
        return value if place.takes(str, value) else None


class LinesOfLanguages(Texts):
    """A list of short texts a language, stored one a line."""

    def read_language(self, language, value, place, row):
        super().read_language(language, None if value == [] else value, place, row)

    def text(self, value, place):
        return "\n".join(value) if place.takes_lines(value) else None


class ListOfTexts(Placement):
    """A list of `{"en": …, "ar": …}`, stored one a line in each language."""

    def __init__(self, column: str):
        self.column = column

    def read(self, value, place, row):
        if not place.takes(list, value):
            return
        lines = {language: [] for language in row.texts.languages}
        for i, texts in enumerate(value):
            here = place.at(i)
            if here.takes_keys(row.texts.languages, texts):
                for language, text in texts.items():
                    if here.at(language).takes_line(text):
                        lines[language].append(text)
        for language, texts in lines.items():
            column = build_localized_fieldname(self.column, language)
            field = row.model_field(column)
            row.columns[column] = accepted(field, "\n".join(texts), place) if texts else None


class Term(Placement):
    """A text in the original language only; the file's `meta.translations` has it in others."""

    def __init__(self, column: str):
        self.column = column

    def read(self, value, place, row):
        if value is None or place.takes_line(value):
            for language, text in in_languages(value, row).items():
                column = build_localized_fieldname(self.column, language)
                row.columns[column] = text and accepted(row.model_field(column), text, place)


def in_languages(text: str | None, row: Row) -> dict[str, str | None]:
    """`text` in each language, None where the file's `meta.translations` has nothing."""
    known = {**row.texts.translations.get(text, {}), settings.LANGUAGE_CODE: text}
    return {language: known.get(language) for language in LANGUAGE_CODES}
