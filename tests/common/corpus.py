"""Files as senders send them, well-meaning and hostile, made here byte by byte."""

import io
import struct
import zipfile
import zlib

from django.core.files.uploadedfile import SimpleUploadedFile
from PIL import Image, ImageCms

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
    stream = io.BytesIO()
    with zipfile.ZipFile(stream, "w") as packed:
        packed.writestr("../../evil.html", HTML)
    return stream.getvalue()


def office_file() -> bytes:
    stream = io.BytesIO()
    with zipfile.ZipFile(stream, "w") as packed:
        packed.writestr("[Content_Types].xml", "<Types/>")
        packed.writestr("word/vbaProject.bin", b"macro")
    return stream.getvalue()


def upload(name, content, content_type="application/octet-stream") -> SimpleUploadedFile:
    return SimpleUploadedFile(name, content, content_type)


def _chunk(kind: bytes, data: bytes) -> bytes:
    checksum = zlib.crc32(kind + data)
    return struct.pack(">I", len(data)) + kind + data + struct.pack(">I", checksum)


# name of the case: (file name, content, announced type, code of the refusal)
REFUSED = {
    "SVG": ("map.svg", SVG, "image/svg+xml", "kind"),
    "SVG called PNG": ("map.png", SVG, "image/png", "kind"),
    "HTML called PDF": ("report.pdf", HTML, "application/pdf", "kind"),
    "HTML before a PDF": ("report.pdf", SCRIPT + PDF, "application/pdf", "kind"),
    "HTML behind a PDF": ("report.pdf", PDF + HTML, "application/pdf", "damaged"),
    "archive behind a PDF": ("report.pdf", PDF + archive(), "application/pdf", "damaged"),
    "half a PDF": ("report.pdf", PDF[:40], "application/pdf", "damaged"),
    "virus test file": ("report.pdf", EICAR, "application/pdf", "kind"),
    "archive that leaves its folder": ("files.zip", archive(), "application/zip", "kind"),
    "office file with a macro": ("letter.docm", office_file(), "application/msword", "kind"),
    "office file called PDF": ("letter.pdf", office_file(), "application/pdf", "kind"),
    "GIF with a script": ("x.gif", picture("GIF") + SCRIPT, "image/gif", "kind"),
    "GIF called PNG": ("x.png", picture("GIF"), "image/png", "kind"),
    "TIFF": ("x.tiff", picture("TIFF"), "image/tiff", "kind"),
    "bitmap": ("x.bmp", picture("BMP"), "image/bmp", "kind"),
    "PNG called HTML": ("x.html", picture("PNG"), "image/png", "claims"),
    "PNG announced as HTML": ("x.png", picture("PNG"), "text/html", "claims"),
    "JPEG called PDF": ("x.pdf", picture("JPEG"), "application/pdf", "claims"),
    "PNG without an ending": ("picture", picture("PNG"), "image/png", "claims"),
    "pixel flood": ("x.png", png_flood(), "image/png", "pixels"),
    "text bomb": ("x.png", png_text_bomb(), "image/png", "damaged"),
    "half a JPEG": ("x.jpg", picture("JPEG", (900, 900))[:2000], "image/jpeg", "damaged"),
    "half a WebP": ("x.webp", picture("WEBP")[:40], "image/webp", "damaged"),
    "three bytes of a JPEG": ("x.jpg", b"\xff\xd8\xff", "image/jpeg", "damaged"),
    "JPEG head, HTML body": ("x.jpg", b"\xff\xd8\xff" + HTML, "image/jpeg", "damaged"),
    "nothing": ("x.pdf", b"", "application/pdf", "empty"),
    "too large": ("x.pdf", PDF.ljust(21 * 1024 * 1024), "application/pdf", "size"),
}

PAYLOADS = {"script": SCRIPT, "archive": archive(), "virus test file": EICAR, "HTML": HTML}
HOSTILE_NAMES = [
    "../../etc/passwd.png",
    "x.html.png",
    '"><img src=x onerror=alert(1)>.png',
    "a\u202egnp.exe.png",
    "line\r\nSet-Cookie: a=b.png",
    "\u0000.png",
    "أوسلو.PNG",
    "." * 50 + ".png",
    "x" * 300 + ".png",
    "CON.png",
    "C:\\windows\\x.png",
    "half\ud800.png",
]
