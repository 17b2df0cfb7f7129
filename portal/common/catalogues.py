"""What makes a translation file wrong: each check yields sentences that name the message.

A translation file is code: its texts reach pages, so tags and addresses that the source does not
have are faults like a missing placeholder.
"""

import re
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from pathlib import Path

import polib

PLACEHOLDER = re.compile(r"%\(\w+\)[sdf]|%[sd]|(?<!\{)\{\w*\}(?!\})|%%")
TAG = re.compile(r"<\s*(/?)\s*([a-zA-Z][\w-]*)([^>]*)>")
ATTRIBUTE = re.compile(r"""([\w:@.-]+)\s*=""")
ADDRESS = re.compile(r"\b[a-zA-Z][\w+.-]*:(?=\S)(?://)?[^\s\"'<>]*")
HIDDEN_DIRECTION = re.compile("[\u202a-\u202e\u2066-\u2069]")
TATWEEL = "\u0640"


@dataclass(frozen=True)
class Fault:
    """One thing that is wrong: with which message, where it is used, what."""

    message: str
    place: str
    what: str

    def __str__(self) -> str:
        return f"{self.place}: {self.message!r}: {self.what}"


def check_catalogue(path: Path, plural_forms: str) -> list[Fault]:
    """Everything wrong with the file at `path`, whose language has the rule `plural_forms`.

    `plural_forms` is what the header Plural-Forms must say, as "nplurals=…; plural=…;".
    Raises OSError where the file cannot be read or is no translation file.
    """
    catalogue = polib.pofile(str(path), wrapwidth=0)
    faults = []
    if _squeezed(catalogue.metadata.get("Plural-Forms", "")) != _squeezed(plural_forms):
        faults.append(
            Fault("", str(path.name), f"the header must say Plural-Forms: {plural_forms}")
        )
    count = int(re.search(r"nplurals=(\d+)", plural_forms).group(1))
    for entry in catalogue:
        faults.extend(_faults_of(entry, count))
    return faults


def _faults_of(entry: polib.POEntry, forms: int) -> Iterator[Fault]:
    place = entry.occurrences[0][0] if entry.occurrences else "nowhere"

    def fault(what: str) -> Fault:
        return Fault(entry.msgid, place, what)

    if entry.obsolete:
        yield fault("is obsolete: no source has it any more")
        return
    if entry.fuzzy:
        yield fault("is marked fuzzy: read it again and take the mark away")
    translations = _translations(entry)
    if entry.msgid_plural and sorted(translations) != list(range(forms)):
        yield fault(f"needs {forms} plural forms, has {len(translations)}")
    for form, text in translations.items():
        name = f"plural form {form}" if entry.msgid_plural else "the translation"
        if not text.strip():
            yield fault(f"{name} is empty")
            continue
        for check in CHECKS:
            for what in check(entry, text, form):
                yield fault(f"{name} {what}")


def _translations(entry: polib.POEntry) -> dict[int, str]:
    """The translated text, or texts, of an entry by number of the plural form."""
    if entry.msgid_plural:
        return {int(form): text for form, text in entry.msgstr_plural.items()}
    return {0: entry.msgstr}


def changed_placeholders(entry: polib.POEntry, text: str, form: int) -> Iterator[str]:
    """Placeholders are the source's. A plural form may leave the number out: "مدينتان"."""
    allowed = sorted(PLACEHOLDER.findall(entry.msgid_plural or entry.msgid))
    found = sorted(PLACEHOLDER.findall(text))
    if found == allowed:
        return
    if entry.msgid_plural and set(found) <= set(allowed) and form <= 2:
        missing = set(allowed) - set(found)
        if len(missing) == 1 and _is_number(missing.pop(), entry):
            return
    yield f"has the placeholders {found}, the source has {allowed}"


def _is_number(placeholder: str, entry: polib.POEntry) -> bool:
    """Whether `placeholder` stands for the counted number: it has a usual name or comes first."""
    usual = [f"%({name})s" for name in ("count", "counter", "number", "total")]
    return placeholder in (*usual, PLACEHOLDER.search(entry.msgid_plural).group())


def foreign_markup(entry: polib.POEntry, text: str, form: int) -> Iterator[str]:
    """Tags and their attributes are exactly the source's."""
    if _markup(text) not in (_markup(entry.msgid), _markup(entry.msgid_plural or entry.msgid)):
        yield "has other tags or attributes than the source"


def _markup(text: str) -> list[tuple]:
    return sorted(
        (closing, name.lower(), tuple(sorted(ATTRIBUTE.findall(attributes))))
        for closing, name, attributes in TAG.findall(text)
    )


def foreign_addresses(entry: polib.POEntry, text: str, form: int) -> Iterator[str]:
    """An address (http:, mailto:, javascript: …) that the source does not have."""
    known = set(ADDRESS.findall(entry.msgid)) | set(ADDRESS.findall(entry.msgid_plural))
    for address in set(ADDRESS.findall(text)) - known:
        yield f"has the address {address!r}, which the source does not have"


def hidden_direction(entry: polib.POEntry, text: str, form: int) -> Iterator[str]:
    """Direction overrides and isolates belong into templates; LRM and RLM are fine."""
    if HIDDEN_DIRECTION.search(text):
        yield "has an invisible character that changes the direction of text"


def stretched_letters(entry: polib.POEntry, text: str, form: int) -> Iterator[str]:
    """Tatweel is decoration; search and screen readers stumble over it."""
    if TATWEEL in text:
        yield "has a tatweel (ـ)"


def changed_edges(entry: polib.POEntry, text: str, form: int) -> Iterator[str]:
    """White space at the edges is part of the layout."""
    for name, edge in (("start", re.compile(r"^\s*")), ("end", re.compile(r"\s*$"))):
        if edge.search(text).group() != edge.search(entry.msgid).group():
            yield f"has other white space at its {name} than the source"


CHECKS: tuple[Callable[[polib.POEntry, str, int], Iterator[str]], ...] = (
    changed_placeholders,
    foreign_markup,
    foreign_addresses,
    hidden_direction,
    stretched_letters,
    changed_edges,
)


def _squeezed(text: str) -> str:
    return re.sub(r"[\s()]", "", text).rstrip(";")
