"""Files as senders send them, well-meaning and hostile, made here byte by byte."""

import io
import struct
import warnings
import zipfile
import zlib

from django.core.files.uploadedfile import SimpleUploadedFile
from PIL import Image, ImageCms

from tests.common.office import LETTER_TYPE, docx_with, links, packed, types

SCRIPT = b"<script>alert('payload')</script>"
EICAR = rb"X5O!P%@AP[4\PZX54(P^)7CC)7}$" + b"EICAR-STANDARD-ANTIVIRUS-TEST-FILE!$H+H*"
PDF = b"%PDF-1.7\n1 0 obj<</Type/Catalog>>endobj\ntrailer<</Root 1 0 R>>\nstartxref\n9\n%%EOF\n"
SVG = b'<svg xmlns="http://www.w3.org/2000/svg"><script>alert(1)</script></svg>'
HTML = b"<!doctype html><title>x</title>" + SCRIPT


def picture(kind, size=(60, 40), mode="RGB", **options) -> bytes:
    """A picture whose left half is red and whose right half is blue."""
    image = Image.new(mode, size, "blue" if mode in ("RGB", "RGBA", "CMYK") else 40)
    image.paste("red" if mode in ("RGB", "RGBA", "CMYK") else 200, (0, 0, size[0] // 2, size[1]))
    return encoded(image, kind, **options)


def encoded(image, kind, **options) -> bytes:
    stream = io.BytesIO()
    image.save(stream, kind, **options)
    return stream.getvalue()


def exif_with_place(orientation=1) -> Image.Exif:
    """What a telephone writes: where, with what, and which side is up."""
    exif = Image.Exif()
    exif[0x0110] = "TelephoneModel"
    exif[0x0112] = orientation
    place = exif.get_ifd(0x8825)
    place.update({1: "N", 2: (59.0, 54.0, 50.0), 3: "E", 4: (10.0, 44.0, 20.0)})
    exif[0x8825] = place
    return exif


def profile() -> bytes:
    return ImageCms.ImageCmsProfile(ImageCms.createProfile("sRGB")).tobytes()


def png_flood() -> bytes:
    """A few bytes that claim 60,000 x 60,000 pixels."""
    header = struct.pack(">IIBBBBB", 60_000, 60_000, 8, 2, 0, 0, 0)
    return (
        b"\x89PNG\r\n\x1a\n" + _chunk(b"IHDR", header) + _chunk(b"IDAT", b"") + _chunk(b"IEND", b"")
    )


def png_text_bomb() -> bytes:
    """A small PNG whose comment unpacks to 100 MB."""
    whole = picture("PNG")
    comment = _chunk(b"zTXt", b"Comment\0\0" + zlib.compress(b"A" * 100_000_000, 9))
    return whole[:33] + comment + whole[33:]


def archive() -> bytes:
    return packed({"../../evil.html": HTML})


def pdf(objects: bytes) -> bytes:
    """A PDF with further objects."""
    return PDF.replace(b"trailer", objects + b"\ntrailer")


def pdf_that_is_an_archive() -> bytes:
    """A PDF whose last line is the comment of a ZIP archive."""
    stream = io.BytesIO(archive())
    with zipfile.ZipFile(stream, "a") as grown:
        grown.comment = b"\n%%EOF"
    return PDF + stream.getvalue()


def with_two_names(content: bytes) -> bytes:
    """A letter of which the directory and the head of a part say different names."""
    return content.replace(b"word/document.xml", b"word/d0cument.xml", 1)


def twice(name: str) -> bytes:
    stream = io.BytesIO(docx_with({}))
    with zipfile.ZipFile(stream, "a") as grown, warnings.catch_warnings():
        warnings.simplefilter("ignore")
        grown.writestr(name, b"<another/>")
    return stream.getvalue()


def bomb(size: int) -> bytes:
    """A letter with one part of `size` noughts, which takes a thousandth of that."""
    stream = io.BytesIO()
    with zipfile.ZipFile(stream, "w", zipfile.ZIP_DEFLATED, compresslevel=1) as archive:
        archive.writestr("[Content_Types].xml", types({"word/document.xml": LETTER_TYPE}))
        archive.writestr("_rels/.rels", links(("officeDocument", "word/document.xml")))
        with archive.open("word/document.xml", "w", force_zip64=True) as part:
            for _megabyte in range(size // 1_000_000):
                part.write(bytes(1_000_000))
    return stream.getvalue()


def lying(content: bytes) -> bytes:
    """The archive with a directory that says of its last part: a thousand bytes."""
    place = content.rindex(b"PK\1\2")
    said = struct.pack("<L", zlib.crc32(bytes(1000))), struct.pack("<L", 1000)
    kept = content[: place + 16], content[place + 20 : place + 24], content[place + 28 :]
    return kept[0] + said[0] + kept[1] + said[1] + kept[2]


def locked(content: bytes) -> bytes:
    """The archive with a first part that is said to need a password."""
    place = content.index(b"PK\1\2") + 8
    return content[:place] + b"\1" + content[place + 1 :]


def upload(name, content, content_type="application/octet-stream") -> SimpleUploadedFile:
    return SimpleUploadedFile(name, content, content_type)


def _chunk(kind: bytes, data: bytes) -> bytes:
    checksum = zlib.crc32(kind + data)
    return struct.pack(">I", len(data)) + kind + data + struct.pack(">I", checksum)


# What hides behind or in a picture; none of it may be left.
PAYLOADS = {
    "script": SCRIPT,
    "archive": archive(),
    "HTML": HTML,
    "PHP archive": b"<?php __HALT_COMPILER(); ?>GBMB",
    "PDF": PDF,
}
HOSTILE_NAMES = [
    "../../etc/passwd.png",
    "x.html.png",
    '"><img src=x onerror=alert(1)>.png',
    "a\u202egnp.exe.png",
    "line\r\nSet-Cookie: a=b.png",
    "\u0000.png",
    "أوسلو.PNG",
    "." * 50 + ".png",
    "x" * 500 + ".png",
    "CON.png",
    "C:\\windows\\x.png",
    "half\ud800.png",
    "\u2067\u2066closed nowhere.png",
    "e\u0301" * 90 + ".png",
]
