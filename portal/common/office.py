"""DOCX and XLSX files: known by what they say that their main part is, and written anew.

Left out of what is stored: who wrote, commented, changed, printed and refreshed it, on which
machine and from which template; what a collaboration server noted; signatures; where photographs
were taken. The visible text stays as it is, names that somebody typed in it included.
"""

import html
import posixpath
import re

from portal.common.archives import Archive, Budget
from portal.common.filefaults import FileFault
from portal.common.officexml import (
    ContentTypes,
    Relationship,
    relationships_as_xml,
    relationships_in,
)
from portal.common.persons import Persons
from portal.common.pictures import without_metadata

DOCX_TYPE = "application/vnd.openxmlformats-officedocument.wordprocessingml.document"
XLSX_TYPE = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"
MAIN_TYPES = {f"{DOCX_TYPE}.main+xml": "DOCX", f"{XLSX_TYPE}.main+xml": "XLSX"}
ZIP_START = b"PK\3\4"

EICAR = rb"X5O!P%@AP[4\PZX54(P^)7CC)7}$" + b"EICAR-STANDARD-ANTIVIRUS-TEST-FILE!$H+H*"
_TYPES, _ROOT = "[content_types].xml", "_rels/.rels"
_XML_ENDINGS = (".xml", ".rels", ".vml")
# In names of parts, in their types and in types of relationships, all in lower case: macros of
# every age, controls, objects of other programs, parts in other formats, add-ins from the web.
_ACTIVE = re.compile(
    r"vbaproject|vbadata|macroenabled|macrosheet|dialogsheet|activex|/control$|oleobject"
    r"|afchunk|subdocument|webextension|customui|attachedtoolbars"
)
# How files of other kinds begin: OLE containers, programs, scripts, RTF, PDF, HTML.
_FOREIGN = re.compile(
    rb"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1|MZ.{58}|\x7fELF|#!|\{\\rt|%PDF|\s*<(?:!doctype )?html",
    re.DOTALL | re.IGNORECASE,
)
# Orders to other programs: links of workbooks, and fields of texts, which may be cut in pieces.
_LINKED_ORDER = re.compile(rb"(?:dde|ole)Link[\s/>]")
_PIECE_OF_FIELD = re.compile(
    rb"fldCharType|<(?:\w+:)?instrText[^<>]*>([^<]*)|instr\s*=\s*(\"[^\"]*\"|'[^']*')"
)
_FIELD_ORDER = re.compile(r"(?:^|\s)dde(?:auto)?\s", re.IGNORECASE)
_DECLARATIONS = (b"<!DOCTYPE", b"<!ENTITY")
# Properties, data of collaboration servers, signatures, printers, remains.
_LEFT_OUT = ("docprops/", "docmetadata/", "customxml/", "_xmlsignatures/", "[trash]/")
_LEFT_OUT_TYPES = re.compile(
    r"(?:core|extended|custom)-properties|customxmlproperties|digital-signature|printersettings"
)
_HARMLESS_LINK = re.compile(r"(?:https?|mailto|tel):", re.IGNORECASE)
# A link to a file that is not there: opened with a picture missing, or with the values it had.
_NOWHERE = "removed"


class OfficeFile:
    """A DOCX or XLSX file. Raises FileFault "kind" for other archives, and those of Archive.

    `budget` and `is_within` are for a workbook within a document, as charts have one.
    """

    def __init__(self, content: bytes, budget: Budget | None = None, *, is_within: bool = False):
        self._budget = budget or Budget()
        self._is_within = is_within
        self._archive = Archive(content, self._budget)
        if not {_TYPES, _ROOT} <= set(self._archive.names):
            raise FileFault("kind")
        self._types = ContentTypes(self._read(_TYPES))
        main_type = self._types.of(self._main_part())
        if _ACTIVE.search(main_type.lower()):
            raise FileFault("active")
        if main_type not in MAIN_TYPES:
            raise FileFault("kind")
        self.kind = MAIN_TYPES[main_type]

    def cleaned(self) -> bytes:
        """The file anew: its parts without what tells of persons, and nothing else of its bytes.

        Raises FileFault: "active" for macros, controls, embedded objects and other files in it
        (workbooks and texts of the same kinds are cleaned as well), "virus", "damaged".
        """
        kept = [name for name in self._archive.names if self._is_kept(name)]
        for name in kept:
            if _ACTIVE.search(f"{name} {self._types.of(name).lower()}".strip()):
                raise FileFault("active")
        left_out = set(self._archive.names) - set(kept)
        persons = Persons()
        parts = {}
        for name in kept:
            content = self._read(name)
            if name == _TYPES:
                content = self._types.as_xml(kept)
            elif name.endswith(".rels"):
                content = relationships_as_xml(self._kept_relationships(name, content, left_out))
            elif self._is_xml(name):
                content = persons.removed_from(content, self._types.of(name))
            else:
                content = self._harmless(content)
            parts[name] = content
        return self._archive.with_parts(parts)

    def _read(self, name: str) -> bytes:
        content = self._archive.read(name)
        if EICAR in content:
            raise FileFault("virus")
        if _FOREIGN.match(content):
            raise FileFault("active")
        if self._is_xml(name):
            # Sixteen bits a letter and entities would hide words from every rule here.
            if b"\0" in content or any(each in content for each in _DECLARATIONS):
                raise FileFault("damaged")
            if _LINKED_ORDER.search(content) or _FIELD_ORDER.search(_fields_in(content)):
                raise FileFault("active")
        return content

    def _is_xml(self, name: str) -> bool:
        return name.endswith(_XML_ENDINGS) or self._types.of(name).endswith("xml")

    def _main_part(self) -> str:
        mains = [
            _resolved(_ROOT, relationship.target)
            for relationship in relationships_in(self._read(_ROOT))
            if relationship.type.endswith("/officeDocument")
        ]
        if len(mains) != 1 or mains[0] not in self._archive.names:
            raise FileFault("damaged")
        return mains[0]

    def _is_kept(self, name: str) -> bool:
        """Whether a part belongs to the document: parts without a type do not."""
        if name in (_TYPES, _ROOT):
            return True
        type_ = self._types.of(name).lower()
        return bool(type_) and not (name.startswith(_LEFT_OUT) or _LEFT_OUT_TYPES.search(type_))

    def _kept_relationships(
        self, name: str, content: bytes, left_out: set[str]
    ) -> list[Relationship]:
        relationships = []
        for each in relationships_in(content):
            if each.is_external:
                if each.type.endswith("/attachedTemplate"):
                    continue
                if not (each.type.endswith("/hyperlink") and _HARMLESS_LINK.match(each.target)):
                    each = each.leading_to(_NOWHERE)
            elif _ACTIVE.search(each.type.lower()):
                raise FileFault("active")
            elif _resolved(name, each.target) in left_out:
                continue
            relationships.append(each)
        return relationships

    def _harmless(self, content: bytes) -> bytes:
        if not content.startswith(ZIP_START):
            return without_metadata(content)
        if self._is_within:
            raise FileFault("active")
        try:
            return OfficeFile(content, self._budget, is_within=True).cleaned()
        except FileFault as fault:
            raise FileFault("active") if fault.code == "kind" else fault


def _fields_in(content: bytes) -> str:
    """What the fields of a part say, each put together of its pieces and read as XML is."""
    said = []
    for piece in _PIECE_OF_FIELD.finditer(content):
        whole = (piece[2] or b"")[1:-1]
        said.append(b" " + whole + b" " if piece[1] is None else piece[1])
    return html.unescape(b"".join(said).decode(errors="ignore")) + " "


def _resolved(relationships: str, target: str) -> str:
    """The name in lower case of the part that a target in a part of relationships leads to."""
    folder = posixpath.dirname(posixpath.dirname(relationships))
    path = target.partition("#")[0].lower()
    return posixpath.normpath(posixpath.join("/", folder, path)).lstrip("/")
