"""Read a line of the record format into the columns, links and sources of a record."""

import datetime
import json
from collections.abc import Callable, Hashable
from dataclasses import dataclass, field
from functools import cache
from typing import Any

from django.core.exceptions import ValidationError
from django.db import models
from django.utils.timezone import is_naive
from modeltranslation.utils import build_localized_fieldname

from portal.common.languages import LANGUAGE_CODES
from portal.pages.bulk.shapes import PRACTICE, SHAPE_OF_MODEL, SHAPES, Shape
from portal.pages.seeding.faults import Place

_SOURCE_COLUMNS = ("label", "url")
# What JSON must have for a column; a text for every other.
_JSON_TYPES = {models.BooleanField: bool, models.IntegerField: int, models.DecimalField: float}
_A_TIME = "a time with its zone such as 2024-03-06T12:00:00Z"

Reading = Callable[[Any, Place, "Record", "Known"], None]


@dataclass
class Record:
    """What one line says: columns (foreign keys by attname), keys of linked records, sources."""

    shape: Shape
    place: Place
    key: Hashable = None
    columns: dict[str, Any] = field(default_factory=dict)
    links: dict[str, list[int]] = field(default_factory=dict)
    sources: list[dict[str, Any]] = field(default_factory=list)


class Known:
    """Primary keys of the records that lines may mention, by model and by their keys in lines."""

    def __init__(self):
        self._keys: dict[type[models.Model], dict[Hashable, int]] = {}

    def of(self, model: type[models.Model]) -> dict[Hashable, int]:
        """Those of `model`: what was stored, and what was loaded since."""
        if model not in self._keys:
            self._keys[model] = _stored_keys(model)
        return self._keys[model]


def read_line(line: bytes, place: Place, known: Known) -> Record | None:
    """The record of one line, or None where something in it was refused at `place`."""
    value = _parsed(line, place)
    if value is None or not place.takes(dict, value):
        return None
    kind = value.get("kind", PRACTICE.kind)
    shape = SHAPES.get(kind) if isinstance(kind, str) else None
    if shape is None:
        place.at("kind").refuse_value(kind, f"one of {', '.join(SHAPES)}")
        return None
    already = len(place.faults)
    record = Record(shape, place)
    readings = _readings(shape)
    for key in value.keys() - readings.keys() - {"kind"}:
        place.at(key).refuse("unknown key")
    for key, read in readings.items():
        if value.get(key) is not None:
            read(value[key], place.at(key), record, known)
        elif key in shape.required:
            place.at(key).refuse("missing")
    if len(place.faults) > already:
        return None
    record.key = shape.key_of(value)
    return record


def accepted(column: models.Field, value: Any, place: Place) -> Any:
    """`value` as `column` stores it; refuses it at `place` where the column would not take it."""
    try:
        cleaned = column.clean(value, None)
    except ValidationError as error:
        place.refuse(" ".join(error.messages))
        return None
    if column.max_length and isinstance(cleaned, str) and len(cleaned) > column.max_length:
        place.refuse(
            f"too long: {len(cleaned)} characters, at most {column.max_length} are allowed"
        )
    return cleaned


def _parsed(line: bytes, place: Place) -> Any:
    try:
        return json.loads(line.decode("utf-8-sig"))
    except UnicodeDecodeError as error:
        place.refuse(f"byte {error.start + 1} is not UTF-8")
    except json.JSONDecodeError as error:
        place.refuse(f"not JSON at character {error.pos + 1}: {error.msg}")
    except (ValueError, RecursionError) as error:
        place.refuse(f"cannot be read: {error}")
    return None


def _stored_keys(model: type[models.Model]) -> dict[Hashable, int]:
    shape = SHAPE_OF_MODEL[model]
    paths = [_path_of_key(model, column) for column in shape.identity]
    return {
        shape.key_of(dict(zip(shape.identity, values, strict=True))): pk
        for pk, *values in model._default_manager.order_by().values_list("pk", *paths)
    }


def _path_of_key(model: type[models.Model], column: str) -> str:
    """Look-up of what names the value of `column` in lines: of a relation, its own identity."""
    related = model._meta.get_field(column).related_model
    return f"{column}__{SHAPE_OF_MODEL[related].identity[0]}" if related else column


@cache
def _readings(shape: Shape) -> dict[str, Reading]:
    """How each key of a line is read."""
    fields = {name: shape.model._meta.get_field(name) for name in (*shape.columns, *shape.links)}
    readings = {name: _text_reading(shape.model, name) for name in shape.texts}
    for name, column in fields.items():
        if name in shape.links:
            readings[name] = _links_reading(column)
        elif column.related_model:
            readings[name] = _mention_reading(column)
        else:
            readings[name] = _column_reading(column)
    if shape.has_sources:
        readings["sources"] = _sources_reading(shape.model._meta.get_field("sources").related_model)
    return readings


def _text_reading(model: type[models.Model], name: str) -> Reading:
    columns = {
        code: model._meta.get_field(build_localized_fieldname(name, code))
        for code in LANGUAGE_CODES
    }

    def read(value, place, record, known):
        record.columns |= _texts(columns, value, place)

    return read


def _texts(columns: dict[str, models.Field], value: Any, place: Place) -> dict[str, str]:
    """The columns of a text that is given as {"en": …, "ar": …}; a language may be absent."""
    if not place.takes(dict, value):
        return {}
    for code in value.keys() - columns.keys():
        place.at(code).refuse("unknown language")
    texts = {}
    for code, column in columns.items():
        text = value.get(code)
        if text is not None and place.at(code).takes(str, text) and text.strip():
            texts[column.attname] = accepted(column, text, place.at(code))
    return texts


def _column_reading(column: models.Field) -> Reading:
    if isinstance(column, models.DateTimeField):
        return _time_reading(column)
    kind = next((_JSON_TYPES[base] for base in type(column).__mro__ if base in _JSON_TYPES), str)

    def read(value, place, record, known):
        if place.takes(kind, value):
            # By way of text: the shortest decimal, not the binary one.
            given = str(value) if kind is float else value
            record.columns[column.attname] = accepted(column, given, place)

    return read


def _time_reading(column: models.DateTimeField) -> Reading:
    def read(value, place, record, known):
        if not place.takes(str, value):
            return
        try:
            record.columns[column.attname] = datetime.datetime.fromisoformat(value)
        except ValueError:
            place.refuse_value(value, _A_TIME)
        else:
            if is_naive(record.columns[column.attname]):
                place.refuse_value(value, _A_TIME)

    return read


def _mention_reading(column: models.ForeignKey) -> Reading:
    def read(value, place, record, known):
        record.columns[column.attname] = _mentioned(column.related_model, value, place, known)

    return read


def _links_reading(link: models.ManyToManyField) -> Reading:
    def read(value, place, record, known):
        if place.takes(list, value):
            found = [
                _mentioned(link.related_model, key, place.at(i), known)
                for i, key in enumerate(value)
            ]
            record.links[link.name] = list(dict.fromkeys(found))

    return read


def _mentioned(model: type[models.Model], key: Any, place: Place, known: Known) -> int | None:
    """Primary key of the record that `key` names."""
    pk = known.of(model).get(key) if isinstance(key, str | int) else None
    if pk is None:
        kind = SHAPE_OF_MODEL[model].kind
        place.refuse_value(key, f"a {kind} that is stored or stands further up".replace("_", " "))
    return pk


def _sources_reading(model: type[models.Model]) -> Reading:
    labels = {code: model._meta.get_field(build_localized_fieldname("label", code))
              for code in LANGUAGE_CODES}  # fmt: skip
    url = model._meta.get_field("url")

    def read(value, place, record, known):
        if not place.takes(list, value):
            return
        for i, source in enumerate(value):
            record.sources.append(_source(labels, url, source, place.at(i)))

    return read


def _source(labels: dict[str, models.Field], url: models.Field, value: Any, place: Place) -> dict:
    if not place.takes(dict, value):
        return {}
    for key in value.keys() - set(_SOURCE_COLUMNS):
        place.at(key).refuse("unknown key")
    columns = {}
    if value.get("label") is not None:
        columns |= _texts(labels, value["label"], place.at("label"))
    if value.get("url") is not None and place.at("url").takes(str, value["url"]):
        columns["url"] = accepted(url, value["url"], place.at("url"))
    if not any(columns.values()):
        place.refuse("a source has a label or an address")
    return columns
