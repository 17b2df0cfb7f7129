"""PDF files: whole, nothing but a PDF, and without programs as far as that is seen from outside."""

import io
import re
import zipfile

from portal.common.filefaults import FileFault

TAIL = 1024
# %%EOF ends a PDF; editors add white space behind it, others hide whole files there.
_END = re.compile(rb"%%EOF[\r\n\t \x00]*\Z")
_SPACE = rb"[\x00\t\n\f\r ]*+"
_NAME_END = rb"(?![^\x00\t\n\f\r /<>\[\](){}%])"


def _any_of(*names: str) -> bytes:
    """A pattern for names of PDF, of which each letter may be written by its number: #4A."""
    spelt = ["".join(f"(?:{c}|(?i:#{ord(c):x}))" for c in name) for name in names]
    return f"/(?:{'|'.join(spelt)})".encode()


_PROGRAM = re.compile(
    _any_of("S", "Type", "Subtype") + _SPACE
    + _any_of("JavaScript", "Launch", "EmbeddedFile", "RichMedia") + _NAME_END
    + rb"|" + _any_of("JavaScript", "EmbeddedFiles", "EF", "RichMediaContent") + _SPACE
    + rb"(?:<<|[0-9]++" + _SPACE + rb"[0-9]++" + _SPACE + rb"R)"
)  # fmt: skip


def check_pdf(content: bytes) -> None:
    """Raise FileFault for a PDF that is cut off or also an archive, or that runs or carries things.

    "damaged": it does not end as a PDF, or archivers find an archive in it. "active": an action
    that runs a script or a program, or a file that is attached. These are looked for in plain
    sight, however their names are spelt; what stands in a compressed object stream is not seen.
    """
    if not _END.search(content[-TAIL:]) or zipfile.is_zipfile(io.BytesIO(content)):
        raise FileFault("damaged")
    if _PROGRAM.search(content):
        raise FileFault("active")
