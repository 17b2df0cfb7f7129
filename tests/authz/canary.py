"""Words that stand in one private place each, and who may read them.

A canary is two words: whoever searches for the first finds the second only where the portal shows
the text, not where it repeats what was typed. Which columns are private is decided in fields.toml.
"""

import gzip
import hashlib
import io
import re
import tomllib
import zipfile
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache
from pathlib import Path

from django.apps import apps
from django.db import models
from modeltranslation.fields import TranslationField

from portal.common.fields import PartialDateField, WebAddressField
from portal.common.languages import columns
from tests.authz.roles import ROLES, roles_in
from tests.common.corpus import PDF, exif_with_place, picture

OUR_APPS = ("portal", "exchanges", "findings", "practices")
TEXTS = (models.CharField, models.TextField, models.FileField, models.JSONField)
# Letters that make no word of any language, and none that search would take for a slip in one.
LETTERS = "hjkqvwxz"
SECRET = re.compile(f"zs[{LETTERS}]{{9}}")


@dataclass(frozen=True)
class Token:
    """The two words of one private place, and the roles that may read it."""

    place: str
    probe: str
    secret: str
    readers: frozenset[str]

    @property
    def words(self) -> tuple[str, str]:
        return self.probe, self.secret

    @property
    def is_shown(self) -> bool:
        """Whether it is private to some of the roles that open pages."""
        return set() < self.readers & set(ROLES) < set(ROLES)


class Canary:
    """All tokens of a test run; the same place has the same words in every run."""

    def __init__(self):
        self.tokens: dict[str, Token] = {}

    def token(self, place: str, *, readers: str) -> Token:
        """The token of `place`; `readers` is a role or a set of roles, or several with blanks."""
        digest = hashlib.sha256(place.encode()).digest()
        letters = "".join(LETTERS[byte % len(LETTERS)] for byte in digest)
        token = Token(place, f"zp{letters[:9]}", f"zs{letters[9:18]}", roles_in(readers))
        return self.tokens.setdefault(token.secret, token)

    def text(self, place: str, *, readers: str) -> str:
        token = self.token(place, readers=readers)
        return f"{token.probe} {token.secret}"

    def address(self, place: str, *, readers: str, host: str = "example.org") -> str:
        """An address of e-mail."""
        token = self.token(place, readers=readers)
        return f"{token.probe}.{token.secret}@{host}"

    def document(self, place: str, *, readers: str) -> bytes:
        """A PDF with the words in its content."""
        return PDF.replace(b"\n", f"\n% {self.text(place, readers=readers)}\n".encode(), 1)

    def photo(self, place: str, *, readers: str = "nobody") -> bytes:
        """A JPEG that says where it was taken, and by whom: whoever sees it, nobody reads that."""
        exif = exif_with_place()
        exif[0x013B] = self.text(place, readers="nobody")
        return picture("JPEG", exif=exif)

    def plant(
        self, record: models.Model, place: str, *, hidden_but_for: str = "", **who: str
    ) -> None:
        """Fill the private texts of `record`, then save it.

        `who` says which roles the words "owner", "circle" and "decider" of fields.toml stand for. A
        record that is `hidden_but_for` some roles is filled with tokens for them wherever text is
        typed.
        """
        decided = dict.fromkeys(texts_of(type(record)), hidden_but_for) if hidden_but_for else {}
        decided |= private_columns(type(record))
        for name, readers in decided.items():
            field = record._meta.get_field(name)
            if isinstance(field, models.FileField | models.JSONField):
                continue
            roles = " ".join(who.get(word, word) for word in readers.split())
            value = self._value(field, f"{name} of {place}", roles)
            for column in columns_of(field):
                setattr(record, column, value)
        record.save()

    def _value(self, field: models.Field, place: str, readers: str) -> str:
        if isinstance(field, models.EmailField):
            return self.address(place, readers=readers)
        if isinstance(field, WebAddressField):
            token = self.token(place, readers=readers)
            return f"https://{token.probe}.example.org/{token.secret}"
        return self.text(place, readers=readers)

    def found_in(self, content: bytes) -> set[Token]:
        """The tokens of which `content` gives the second word away, packed or not."""
        words = {word for text in _unpacked(content) for word in SECRET.findall(text)}
        return {self.tokens[word] for word in words & self.tokens.keys()}


def our_models() -> list[type[models.Model]]:
    """Every table of ours. What a history keeps is decided with the table that it follows."""
    return [
        model
        for model in apps.get_models()
        if model.__module__.partition(".")[0] in OUR_APPS and not is_history(model)
    ]


def is_history(model: type[models.Model]) -> bool:
    return model.__name__.startswith("Historical")


@cache
def decided_columns() -> dict[str, dict]:
    """What fields.toml says, by model."""
    path = Path(__file__).with_name("fields.toml")
    return tomllib.loads(path.read_text(encoding="utf-8"))


def private_columns(model: type[models.Model]) -> dict[str, str]:
    """The readers of each private column of a table."""
    return decided_columns().get(model._meta.label_lower, {}).get("private", {})


def columns_of(field: models.Field) -> list[str]:
    """The columns in which the texts of `field` are kept: one, or one a language."""
    is_translated = hasattr(field.model, columns(field.name)[0])
    return columns(field.name) if is_translated else [field.name]


def telling_columns(model: type[models.Model]) -> list[models.Field]:
    """The columns in which something can be told: texts and files, not choices and dates."""
    return [
        field
        for field in model._meta.concrete_fields
        if isinstance(field, TEXTS)
        and not isinstance(field, TranslationField | PartialDateField)
        and not field.choices
    ]


def texts_of(model: type[models.Model]) -> list[str]:
    """The columns into which somebody types free text."""
    fixed = (models.SlugField, models.FileField, models.JSONField)
    return [
        field.name
        for field in telling_columns(model)
        if field.editable and not isinstance(field, fixed)
    ]


def _unpacked(content: bytes) -> Iterator[str]:
    if content[:2] == b"\x1f\x8b":
        content = gzip.decompress(content)
    if content[:2] == b"PK":
        with zipfile.ZipFile(io.BytesIO(content)) as archive:
            for name in archive.namelist():
                yield archive.read(name).decode(errors="replace")
    yield content.decode(errors="replace")
