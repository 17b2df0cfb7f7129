"""The one door for files: what comes in is known by its content and is inert.

PDF documents are taken as they are once they are whole; pictures are decoded and encoded anew, so
that nothing of the sender's bytes is left: no place, no camera, no profile, nothing behind the end.
"""

import io
import logging
import re
import struct
import zlib
from dataclasses import dataclass
from pathlib import PurePath

from django.conf import settings
from django.core.exceptions import ValidationError
from django.core.files.base import ContentFile, File
from django.template.defaultfilters import filesizeformat
from django.utils.translation import gettext as _
from PIL import Image, ImageCms, ImageOps

from portal.common.display import digits, listing, number
from portal.common.text import clean_text

logger = logging.getLogger(__name__)

# The longer side of a stored picture; larger ones are made smaller.
LONGEST_SIDE = 2560
MAX_PROFILE_BYTES = 1024 * 1024
PROFILED_MODES = ("RGB", "RGBA", "CMYK")
# What a browser says when it does not know.
UNKNOWN_TYPES = {"", "application/octet-stream"}
# %%EOF ends a PDF; editors add white space behind it, others hide whole files there.
PDF_END = re.compile(rb"%%EOF[\r\n\t \x00]*\Z")
PDF_TAIL = 1024
IMAGE_ERRORS = (
    Image.DecompressionBombError,
    Image.DecompressionBombWarning,
    EOFError,
    OSError,
    OverflowError,
    SyntaxError,
    ValueError,
    struct.error,
    zlib.error,
)


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
KINDS = (PDF, PNG, JPEG, WEBP)


class AcceptedFile(ContentFile):
    """A file that came through the door. Its name is the ending of its kind, nothing else.

    `size_in_pixels` is (width, height) of a picture, None of a document.
    """

    def __init__(self, content: bytes, kind: Kind, size_in_pixels: tuple[int, int] | None = None):
        super().__init__(content, name=f"file{kind.ending}")
        self.size_in_pixels = size_in_pixels


def accept_document(file: File) -> AcceptedFile:
    """Return a PDF, PNG, JPEG or WebP file as it may be stored; other files: ValidationError."""
    return _accept(file, KINDS)


def accept_photo(file: File) -> AcceptedFile:
    """Return a PNG, JPEG or WebP picture as it may be stored; other files: ValidationError."""
    return _accept(file, tuple(kind for kind in KINDS if kind.is_image))


def content_type_of(name: str) -> str:
    """The type that a stored file is served as, by its ending alone."""
    ending = PurePath(name).suffix
    return next((k.content_type for k in KINDS if k.ending == ending), "application/octet-stream")


def _accept(file: File, kinds: tuple[Kind, ...]) -> AcceptedFile:
    if isinstance(file, AcceptedFile):
        return file
    shown_name = _shown_name(file.name)
    _check_size(file.size, shown_name)
    file.seek(0)
    content = file.read()
    kind = next((kind for kind in kinds if kind.starts.match(content)), None)
    if kind is None:
        raise ValidationError(
            _(
                "“%(file)s” is not one of these: %(kinds)s. "
                "Save it as one of them and send it again."
            ),
            code="kind",
            params={"file": shown_name, "kinds": listing([kind.name for kind in kinds])},
        )
    _check_claims(file, kind, shown_name)
    if kind.is_image:
        return _encoded_anew(content, kind, shown_name)
    if not PDF_END.search(content[-PDF_TAIL:]):
        raise _not_whole(shown_name, kind)
    return AcceptedFile(content, kind)


def _check_size(size: int, shown_name: str) -> None:
    if not size:
        raise ValidationError(_("“%(file)s” is empty."), code="empty", params={"file": shown_name})
    if size > settings.UPLOAD_MAX_BYTES:
        raise ValidationError(
            _("“%(file)s” has %(size)s. A file may have at most %(limit)s."),
            code="size",
            params={
                "file": shown_name,
                "size": digits(filesizeformat(size)),
                "limit": digits(filesizeformat(settings.UPLOAD_MAX_BYTES)),
            },
        )


def _check_claims(file: File, kind: Kind, shown_name: str) -> None:
    """Refuse a file whose name or announced type says that it is something else."""
    said_type = (getattr(file, "content_type", None) or "").partition(";")[0].strip().lower()
    ending = PurePath(file.name or "").suffix.lower()
    if ending not in kind.endings or said_type not in kind.said_types | UNKNOWN_TYPES:
        raise ValidationError(
            _("“%(file)s” is a %(kind)s file by its content, but is called something else. "
              "Give it the ending %(ending)s and send it again."),
            code="claims",
            params={"file": shown_name, "kind": kind.name, "ending": kind.ending},
        )  # fmt: skip


def _encoded_anew(content: bytes, kind: Kind, shown_name: str) -> AcceptedFile:
    try:
        image = Image.open(io.BytesIO(content), formats=[kind.name.upper()])
        if image.width * image.height > settings.UPLOAD_MAX_PIXELS:
            raise Image.DecompressionBombError
        picture = _drawn_again(image)
    except (Image.DecompressionBombError, Image.DecompressionBombWarning):
        raise ValidationError(
            _("“%(file)s” has more than %(limit)s million pixels. Make it smaller first."),
            code="pixels",
            params={"file": shown_name, "limit": number(settings.UPLOAD_MAX_PIXELS // 1_000_000)},
        )
    except IMAGE_ERRORS:
        raise _not_whole(shown_name, kind)
    encoded = io.BytesIO()
    options = {"PNG": {"optimize": True}, "JPEG": {"quality": 85, "progressive": True},
               "WebP": {"quality": 82, "method": 4}}  # fmt: skip
    picture.save(encoded, kind.name.upper(), **options[kind.name])
    return AcceptedFile(encoded.getvalue(), kind, picture.size)


def _drawn_again(image: Image.Image) -> Image.Image:
    """The pixels of `image` alone: upright, in sRGB, at most LONGEST_SIDE wide and high."""
    image.draft("RGB", (LONGEST_SIDE, LONGEST_SIDE))
    profile = image.info.get("icc_profile")
    mode = "RGBA" if image.has_transparency_data else "RGB"
    upright = ImageOps.exif_transpose(image)
    if upright.mode.startswith("I"):
        # Sixteen bits of grey: a plain conversion would turn nearly all of it white.
        upright = upright.convert("I").point(lambda value: value / 256).convert("L")
    if upright.mode not in PROFILED_MODES:
        upright = upright.convert(mode)
    upright.thumbnail((LONGEST_SIDE, LONGEST_SIDE), Image.Resampling.LANCZOS)
    pixels = _in_srgb(upright, profile, mode)
    # A new picture has no metadata that an encoder could write again.
    picture = Image.new(mode, pixels.size)
    picture.paste(pixels)
    return picture


def _in_srgb(image: Image.Image, profile: bytes | None, mode: str) -> Image.Image:
    """`image` in sRGB where it has a profile that can be read, else taken as sRGB."""
    if profile and len(profile) <= MAX_PROFILE_BYTES and image.mode in PROFILED_MODES:
        try:
            source = ImageCms.ImageCmsProfile(io.BytesIO(profile))
            target = ImageCms.createProfile("sRGB")
            return ImageCms.profileToProfile(image, source, target, outputMode=mode)
        except (ImageCms.PyCMSError, OSError, ValueError):
            logger.info("a picture's colour profile cannot be read")
    return image.convert(mode)


def _not_whole(shown_name: str, kind: Kind) -> ValidationError:
    return ValidationError(
        _(
            "“%(file)s” is damaged or holds more than a %(kind)s file. "
            "Save it anew and send it again."
        ),
        code="damaged",
        params={"file": shown_name, "kind": kind.name},
    )


def _shown_name(name: str | None) -> str:
    """A sender's file name as a message may show it: harmless, short, isolated from its line."""
    readable = (name or "").encode("utf-8", "replace").decode()
    return f"\u2068{clean_text(PurePath(readable).name, single_line=True)[:80]}\u2069"
