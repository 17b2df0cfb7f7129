"""Read the content files, and refuse them whole where anything in them cannot be loaded."""

import json
from pathlib import Path
from typing import Any

from django.conf import settings

from portal.common.languages import LANGUAGE_CODES
from portal.pages.seeding.columns import NotLoaded
from portal.pages.seeding.faults import BrokenContentError, Place
from portal.pages.seeding.mapping import FAMILIES, NOT_LOADED
from portal.pages.seeding.rows import Family, FileTexts, Placement, Row

CONTENT_FOLDER = Path(__file__).resolve().parent.parent / "content"
# Files without records of their own; only whether they are JSON is looked at.
_OTHER_FILES = [path for path in NOT_LOADED if path.endswith(".json")]

# The keys of an object: placements, or deeper trees where objects are nested.
Tree = dict[str, "Placement | Tree"]


def read_content(folder: Path = CONTENT_FOLDER) -> dict[str, list[Row]]:
    """The rows of each family by its name, in the order of loading. Writes nothing.

    Raises BrokenContentError with every fault found: JSON that cannot be read, missing and unknown
    keys, values of a wrong type or length, mentions of records that are not there, ids used twice.
    """
    faults: list[str] = []
    rows = {family.name: _rows_of(family, folder, faults) for family in FAMILIES}
    for file in _OTHER_FILES:
        _parse(folder / file, Place(file, faults))
    if not faults:
        _check_mentions(rows)
    if faults:
        raise BrokenContentError(faults)
    return rows


def keys_of(family: Family) -> Tree:
    """Every key that a record of `family` may have in its file."""
    start = f"{family.file}: {family.name}[]."
    not_loaded = [path.removeprefix(start) for path in NOT_LOADED if path.startswith(start)]
    tree: Tree = {}
    for path, placement in [
        *family.placements.items(),
        *((path, NotLoaded()) for path in not_loaded),
    ]:
        *outer, last = path.split(".")
        branch = tree
        for key in outer:
            branch = branch.setdefault(key, {})
        branch[last] = placement
    return tree


def _rows_of(family: Family, folder: Path, faults: list[str]) -> list[Row]:
    place = Place(family.file, faults)
    content = _parse(folder / family.file, place)
    if content is None or not place.takes(dict, content):
        return []
    for key in content.keys() - {"meta", family.name}:
        place.at(key).refuse("unknown key")
    texts = FileTexts(_languages(content), _translations(content, place))
    if family.name not in content:
        place.at(family.name).refuse("missing")
        return []
    records = content[family.name]
    if not place.at(family.name).takes(list, records):
        return []
    tree = keys_of(family)
    rows, taken = [], {}
    for i, record in enumerate(records):
        row = _row(family, record, tree, place.at(family.name).at(i), texts)
        if row and row.key in taken:
            row.place.at(family.key).refuse(f"{row.key!r} is also that of {taken[row.key]}")
        elif row:
            taken[row.key] = row.place.path
            rows.append(row)
    return rows


def _languages(content: Any) -> tuple[str, ...]:
    """The languages of the portal that the file is written in: each text must have all of them."""
    used = {settings.LANGUAGE_CODE}
    pending = [content]
    while pending:
        value = pending.pop()
        if isinstance(value, dict):
            used |= value.keys() & set(LANGUAGE_CODES)
            pending += value.values()
        elif isinstance(value, list):
            pending += value
    return tuple(code for code in LANGUAGE_CODES if code in used)


def _translations(content: dict[str, Any], place: Place) -> dict[str, dict[str, str]]:
    """What the file says of terms that stand in it in the original language only."""
    meta = content.get("meta", {})
    if not place.at("meta").takes(dict, meta):
        return {}
    terms, here = meta.get("translations", {}), place.at("meta").at("translations")
    if not here.takes(dict, terms):
        return {}
    others = [code for code in _languages(content) if code != settings.LANGUAGE_CODE]
    return {
        term: texts
        for term, texts in terms.items()
        if here.at(term).takes_keys(others, texts)
        and all(here.at(term).at(code).takes_line(text) for code, text in texts.items())
    }


def _row(family, record, tree, place: Place, texts: FileTexts) -> Row | None:
    """The row of one record, or None where something in it was refused."""
    row = Row(family, place, texts)
    already = len(place.faults)
    _read_object(record, tree, place, row)
    if len(place.faults) > already:
        return None
    row.key = record[family.key]
    if hasattr(family.model, "curator_note"):
        row.columns["curator_note"] = "\n".join(row.remarks)
    family.rule(row)
    return row if len(place.faults) == already else None


def _read_object(value: Any, tree: Tree, place: Place, row: Row) -> None:
    if not place.takes(dict, value):
        return
    for key in value.keys() - tree.keys():
        place.at(key).refuse("unknown key")
    for key, branch in tree.items():
        here = place.at(key)
        if key in value and isinstance(branch, dict):
            _read_object(value[key], branch, here, row)
        elif key in value:
            branch.read(value[key], here, row)
        elif isinstance(branch, dict) or not branch.optional:
            here.refuse("missing")


def _check_mentions(rows: dict[str, list[Row]]) -> None:
    """Refuse every mention of a record that no file has."""
    known = {name: {row.key for row in family_rows} for name, family_rows in rows.items()}
    for family_rows in rows.values():
        for row in family_rows:
            for mention in row.references():
                if mention.key not in known[mention.family]:
                    mention.place.refuse(f"{mention.key!r} is not in {mention.family}.json")


def _parse(path: Path, place: Place) -> Any:
    """What the JSON file holds, or None where it cannot be read."""
    try:
        return json.loads(
            path.read_bytes().decode(),
            object_pairs_hook=_unique_keys,
            parse_constant=_no_constants,
        )
    except FileNotFoundError:
        place.refuse("the file is missing")
    except UnicodeDecodeError as error:
        place.refuse(f"byte {error.start} is not UTF-8")
    except json.JSONDecodeError as error:
        place.refuse(f"line {error.lineno}, column {error.colno}: {error.msg}")
    except (ValueError, RecursionError) as error:
        place.refuse(f"cannot be read: {error}")
    return None


def _unique_keys(pairs: list[tuple[str, Any]]) -> dict[str, Any]:
    """The object of these pairs. Raises ValueError where a key stands twice."""
    result = dict(pairs)
    if len(result) != len(pairs):
        keys = [key for key, _value in pairs]
        twice = next(key for key in keys if keys.count(key) > 1)
        raise ValueError(f"the key {twice!r} stands twice in one object")
    return result


def _no_constants(name: str):
    raise ValueError(f"{name} is not JSON")
