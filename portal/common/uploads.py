"""The one door for files: what comes in is known by its content and is inert.

PDF documents are taken as they are once they are whole and hold no program; pictures are decoded
and encoded anew, so that nothing of the sender's bytes is left: no place, no camera, no profile,
nothing behind the end; DOCX and XLSX files are packed anew without what tells of persons.
There is no virus scanner here: docs/operators.md says where one belongs.
"""

import re
import unicodedata
from dataclasses import dataclass
from pathlib import PurePath

from django.conf import settings
from django.core.files.base import ContentFile, File
from django.template.defaultfilters import filesizeformat

from portal.common.archives import MAX_PARTS, MAX_UNPACKED_BYTES
from portal.common.display import digits, listing, number
from portal.common.filefaults import FileFault
from portal.common.office import DOCX_TYPE, EICAR, XLSX_TYPE, ZIP_START, OfficeFile
from portal.common.pdfs import check_pdf
from portal.common.pictures import drawn_anew

# What a browser says when it does not know.
UNKNOWN_TYPES = {"", "application/octet-stream"}
ZIP_TYPES = {"application/zip", "application/x-zip-compressed"}
# DOC, XLS, and everything that has a password.
OLD_OFFICE_START = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
LONGEST_NAME = 100
_SIGNS_OF_NAMES = " ._-"


@dataclass(frozen=True)
class Kind:
    """A kind of file that is accepted: its ending when stored, and how it is named and begins."""

    name: str
    ending: str
    content_type: str
    starts: re.Pattern
    endings: frozenset[str]
    said_types: frozenset[str]

    @property
    def is_image(self) -> bool:
        return self.content_type.startswith("image/")


PDF = Kind(
    "PDF", ".pdf", "application/pdf", re.compile(rb"%PDF-[12]\.\d"),
    frozenset({".pdf"}), frozenset({"application/pdf", "application/x-pdf"}),
)  # fmt: skip
PNG = Kind(
    "PNG", ".png", "image/png", re.compile(rb"\x89PNG\r\n\x1a\n"),
    frozenset({".png"}), frozenset({"image/png"}),
)  # fmt: skip
JPEG = Kind(
    "JPEG", ".jpg", "image/jpeg", re.compile(rb"\xff\xd8\xff"),
    frozenset({".jpg", ".jpeg", ".jpe"}), frozenset({"image/jpeg", "image/jpg", "image/pjpeg"}),
)  # fmt: skip
WEBP = Kind(
    "WebP", ".webp", "image/webp", re.compile(rb"RIFF....WEBP", re.DOTALL),
    frozenset({".webp"}), frozenset({"image/webp"}),
)  # fmt: skip
DOCX = Kind(
    "DOCX", ".docx", DOCX_TYPE, re.compile(ZIP_START),
    frozenset({".docx"}), frozenset({DOCX_TYPE, "application/wps-office.docx", *ZIP_TYPES}),
)  # fmt: skip
XLSX = Kind(
    "XLSX", ".xlsx", XLSX_TYPE, re.compile(ZIP_START),
    frozenset({".xlsx"}), frozenset({XLSX_TYPE, "application/wps-office.xlsx", *ZIP_TYPES}),
)  # fmt: skip
OFFICE_KINDS = (DOCX, XLSX)
KINDS = (PDF, PNG, JPEG, WEBP, *OFFICE_KINDS)


class AcceptedFile(ContentFile):
    """A file that came through the door. Its name is the ending of its kind, nothing else.

    `size_in_pixels` is (width, height) of a picture, None of a document.
    """

    def __init__(self, content: bytes, kind: Kind, size_in_pixels: tuple[int, int] | None = None):
        super().__init__(content, name=f"file{kind.ending}")
        self.size_in_pixels = size_in_pixels


def accept_document(file: File) -> AcceptedFile:
    """Return a file of one of KINDS as it may be stored; other files: ValidationError."""
    return _accept(file, KINDS)


def accept_photo(file: File) -> AcceptedFile:
    """Return a PNG, JPEG or WebP picture as it may be stored; other files: ValidationError."""
    return _accept(file, tuple(kind for kind in KINDS if kind.is_image))


def content_type_of(name: str) -> str:
    """The type that a stored file is served as, by its ending alone."""
    ending = PurePath(name).suffix
    return next((k.content_type for k in KINDS if k.ending == ending), "application/octet-stream")


def shown_name(name: str | None) -> str:
    """A sender's name for a file as it may be stored and shown: one harmless line.

    At most LONGEST_NAME letters, marks and digits of every script, blanks and the signs . _ -
    without folders; a long name keeps its ending. "file" where nothing is left.
    """
    last = re.split(r"[/\\]", unicodedata.normalize("NFC", name or ""))[-1]
    kept = "".join(
        c if unicodedata.category(c)[0] in "LMN" or c in _SIGNS_OF_NAMES else " " for c in last
    )
    stem, dot, ending = " ".join(kept.split()).strip(" .").rpartition(".")
    if not dot or len(ending) > LONGEST_NAME // 2:
        stem, dot, ending = f"{stem}{dot}{ending}", "", ""
    return stem[: LONGEST_NAME - len(dot + ending)].strip() + dot + ending or "file"


def _accept(file: File, kinds: tuple[Kind, ...]) -> AcceptedFile:
    if isinstance(file, AcceptedFile):
        return file
    try:
        return _made_inert(file, kinds)
    except FileFault as fault:
        raise fault.said_of(
            f"\u2068{shown_name(file.name)}\u2069",
            kind=_claimed_kind(file, kinds).name,
            kinds=listing([kind.name for kind in kinds]),
            limit=digits(filesizeformat(MAX_UNPACKED_BYTES)),
            parts=number(MAX_PARTS),
        )


def _made_inert(file: File, kinds: tuple[Kind, ...]) -> AcceptedFile:
    _check_size(file.size)
    file.seek(0)
    content = file.read()
    if EICAR in content:
        raise FileFault("virus")
    kind = next((kind for kind in kinds if kind.starts.match(content)), None)
    if kind is None:
        is_old = content.startswith(OLD_OFFICE_START) and DOCX in kinds
        raise FileFault("locked" if is_old else "kind")
    if kind in OFFICE_KINDS:
        office = _office_file(content, is_called_so=_claimed_kind(file, kinds) in OFFICE_KINDS)
        kind = next(kind for kind in OFFICE_KINDS if kind.name == office.kind)
        _check_claims(file, kind)
        return AcceptedFile(office.cleaned(), kind)
    _check_claims(file, kind)
    if kind.is_image:
        encoded, size_in_pixels = drawn_anew(content, kind.name.upper())
        return AcceptedFile(encoded, kind, size_in_pixels)
    check_pdf(content)
    return AcceptedFile(content, kind)


def _check_size(size: int) -> None:
    if not size:
        raise FileFault("empty")
    if size > settings.UPLOAD_MAX_BYTES:
        raise FileFault(
            "size",
            size=digits(filesizeformat(size)),
            limit=digits(filesizeformat(settings.UPLOAD_MAX_BYTES)),
        )


def _office_file(content: bytes, *, is_called_so: bool) -> OfficeFile:
    """The Office file in `content`; of an archive that nobody calls so, only its kind is wrong."""
    try:
        return OfficeFile(content)
    except FileFault as fault:
        if fault.code in ("damaged", "unpacks") and not is_called_so:
            raise FileFault("kind")
        raise


def _check_claims(file: File, kind: Kind) -> None:
    """Refuse a file whose name or announced type says that it is something else."""
    said_type = (getattr(file, "content_type", None) or "").partition(";")[0].strip().lower()
    if _ending(file) not in kind.endings or said_type not in kind.said_types | UNKNOWN_TYPES:
        raise FileFault("claims", kind=kind.name, ending=kind.ending)


def _claimed_kind(file: File, kinds: tuple[Kind, ...]) -> Kind:
    """The kind that the name of a file tells; the first of `kinds` where it tells none."""
    return next((kind for kind in kinds if _ending(file) in kind.endings), kinds[0])


def _ending(file: File) -> str:
    return PurePath(file.name or "").suffix.lower()
