"""The one door for typed text: what may be stored, and in which form."""

import re
import unicodedata

from django.core.exceptions import ValidationError
from django.utils.translation import gettext_lazy as _

# Overrides and embeddings change the order of the text around them (CVE-2021-42574).
_OVERRIDES = range(0x202A, 0x202F)
# C0 and C1 but newline and tab; byte order mark and interlinear marks; letters that tags hide in;
# code points that are no characters, with which no XML can be read.
_CONTROLS = (
    *range(0x00, 0x09),
    *range(0x0B, 0x20),
    *range(0x7F, 0xA0),
    0xFEFF,
    *range(0xFFF9, 0xFFFC),
    *range(0xE0000, 0xE0080),
    *range(0xFDD0, 0xFDF0),
    *(plane * 0x10000 + last for plane in range(17) for last in (0xFFFE, 0xFFFF)),
)
_REMOVED = dict.fromkeys((*_CONTROLS, *_OVERRIDES))
_ISOLATES_OPEN = "\u2066\u2067\u2068"
_ISOLATE_CLOSE = "\u2069"
_ISOLATES = dict.fromkeys(map(ord, _ISOLATES_OPEN + _ISOLATE_CLOSE))
_SURROGATE = re.compile("[\ud800-\udfff]")
_LINE_ENDS = re.compile(r"\r\n|[\r\v\f\x1c-\x1e\u0085\u2028\u2029]")
_SPACES_AT_LINE_END = re.compile(r"[^\S\n]+$", re.MULTILINE)
# Arabic decimal separator, Arabic thousands separator, minus sign.
_NUMBER_SIGNS = str.maketrans({"\u066b": ".", "\u066c": ",", "\u2212": "-"})


def clean_text(value: str, *, single_line: bool = False) -> str:
    """Return `value` as it may be stored: NFC, visible, without control over its surroundings.

    Control characters and direction overrides go, unbalanced isolates go, line ends become \\n
    (a space where `single_line`), outer white space goes. Zero-width joiners stay: Persian and
    Arabic spelling need them. A text of invisible characters only becomes "".
    Raises ValidationError for lone surrogates, which no database stores.
    """
    # All that has to go is not printable. Python tells that at once, and few texts have any of it.
    text = value if value.replace("\n", "").isprintable() else _without_controls(value)
    if single_line:
        text = re.sub(r"\s+", " ", text)
    elif "\n" in text:
        text = _SPACES_AT_LINE_END.sub("", text)
    # Composed last: what was removed may have stood between a letter and its mark.
    text = unicodedata.normalize("NFC", _balanced(text.strip())).strip()
    return text if is_visible(text) else ""


def is_visible(text: str) -> bool:
    """Whether `text` has at least one character that a reader can see."""
    return any(unicodedata.category(c)[0] not in "CZ" for c in text)


def has_letter_or_digit(text: str) -> bool:
    """Whether `text` can name something: at least one letter or digit of any script."""
    return any(unicodedata.category(character)[0] in "LN" for character in text)


def western_digits(text: str) -> str:
    """`text` with the decimal digits of every script as 0 to 9, and Arabic number signs as , . -"""
    if text.isascii():
        return text
    return "".join(
        str(unicodedata.decimal(c)) if c.isdecimal() else c for c in text.translate(_NUMBER_SIGNS)
    )


def _without_controls(text: str) -> str:
    if _SURROGATE.search(text):
        raise ValidationError(
            _("This text contains characters that cannot be read."), code="surrogate"
        )
    return _LINE_ENDS.sub("\n", text).translate(_REMOVED)


def _balanced(text: str) -> str:
    """`text` without direction isolates unless each that opens is closed in the same line."""
    if not any(sign in text for sign in (*_ISOLATES_OPEN, _ISOLATE_CLOSE)):
        return text
    for line in text.split("\n"):
        depth = 0
        for character in line:
            depth += (character in _ISOLATES_OPEN) - (character == _ISOLATE_CLOSE)
            if depth < 0:
                break
        if depth:
            return text.translate(_ISOLATES)
    return text
