"""The two parts of an Office file that say what is in it: types of parts, and what leads where."""

from collections.abc import Callable
from dataclasses import dataclass, replace
from xml.parsers import expat
from xml.sax.saxutils import quoteattr

from portal.common.filefaults import FileFault

_PACKAGE = "http://schemas.openxmlformats.org/package/2006"
_HEAD = '<?xml version="1.0" encoding="UTF-8" standalone="yes"?>\n'
# Longer ones are of no honest document; a sheet with 20,000 links stays below.
MAX_BYTES = 5 * 1024 * 1024


@dataclass(frozen=True)
class Relationship:
    """What one part refers to under `id`: another part, or an address outside."""

    id: str
    type: str
    target: str
    is_external: bool

    def leading_to(self, target: str) -> "Relationship":
        """The same relationship with another target."""
        return replace(self, target=target)


class ContentTypes:
    """The types of the parts of a package. Raises FileFault "damaged" where they are in doubt."""

    def __init__(self, content: bytes):
        # By ending and by name in lower case, each with the way it is written.
        self._by_ending: dict[str, tuple[str, str]] = {}
        self._by_name: dict[str, tuple[str, str]] = {}
        for element, attributes in _elements(content):
            type_ = attributes.get("ContentType", "")
            if element == "Default":
                self._note(self._by_ending, attributes.get("Extension", ""), type_)
            elif element == "Override":
                self._note(self._by_name, attributes.get("PartName", "").lstrip("/"), type_)

    def of(self, name: str) -> str:
        """The type of the part with this name in lower case; empty for what is no part."""
        ending = name.rpartition("/")[2].rpartition(".")[2]
        _written, type_ = self._by_name.get(name) or self._by_ending.get(ending, ("", ""))
        return type_

    def as_xml(self, names: list[str]) -> bytes:
        """The part [Content_Types].xml that says the same of `names` and of nothing else."""
        lines = [
            f"<Default Extension={quoteattr(ending)} ContentType={quoteattr(type_)}/>"
            for ending, type_ in self._by_ending.values()
        ] + [
            f"<Override PartName={quoteattr(f'/{written}')} ContentType={quoteattr(type_)}/>"
            for name, (written, type_) in self._by_name.items()
            if name in names
        ]
        return _document("Types", "content-types", lines)

    def _note(self, types: dict[str, tuple[str, str]], written: str, type_: str) -> None:
        _written, known = types.setdefault(written.lower(), (written, type_))
        if known != type_:
            raise FileFault("damaged")


def relationships_in(content: bytes) -> list[Relationship]:
    """What a part of relationships says; FileFault "damaged" for one that is no XML."""
    return [
        Relationship(
            attributes.get("Id", ""),
            attributes.get("Type", ""),
            attributes.get("Target", ""),
            attributes.get("TargetMode") == "External",
        )
        for element, attributes in _elements(content)
        if element == "Relationship"
    ]


def relationships_as_xml(relationships: list[Relationship]) -> bytes:
    """The part that says `relationships` and nothing else."""
    outside = ' TargetMode="External"'
    lines = [
        f"<Relationship Id={quoteattr(each.id)} Type={quoteattr(each.type)} "
        f"Target={quoteattr(each.target)}{outside if each.is_external else ''}/>"
        for each in relationships
    ]
    return _document("Relationships", "relationships", lines)


def _document(root: str, namespace: str, lines: list[str]) -> bytes:
    body = "".join(lines)
    return f'{_HEAD}<{root} xmlns="{_PACKAGE}/{namespace}">{body}</{root}>'.encode()


def _elements(content: bytes) -> list[tuple[str, dict[str, str]]]:
    """Names and attributes of all elements, without their namespaces."""
    if len(content) > MAX_BYTES:
        raise FileFault("damaged")
    found = []
    parser = expat.ParserCreate("UTF-8", namespace_separator=" ")
    parser.StartElementHandler = _noting(found)
    parser.StartDoctypeDeclHandler = _refuse_declarations
    try:
        parser.Parse(content, True)
    except expat.ExpatError:
        raise FileFault("damaged")
    return found


def _noting(found: list) -> Callable[[str, dict[str, str]], None]:
    def note(name: str, attributes: dict[str, str]) -> None:
        found.append((name.rpartition(" ")[2], attributes))

    return note


def _refuse_declarations(*_declaration) -> None:
    raise FileFault("damaged")
