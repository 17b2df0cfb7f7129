"""Pictures without what they tell of their makers: drawn anew, or with their metadata cut out."""

import io
import logging
import re
import struct
import zlib

from django.conf import settings
from PIL import Image, ImageCms, ImageOps

from portal.common.display import number
from portal.common.filefaults import FileFault

logger = logging.getLogger(__name__)

# The longer side of a stored picture; larger ones are made smaller.
LONGEST_SIDE = 2560
MAX_PROFILE_BYTES = 1024 * 1024
PROFILED_MODES = ("RGB", "RGBA", "CMYK")
OPTIONS = {
    "PNG": {"optimize": True},
    "JPEG": {"quality": 85, "progressive": True},
    "WEBP": {"quality": 82, "method": 4},
}
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

JPEG_START = b"\xff\xd8\xff"
PNG_START = b"\x89PNG\r\n\x1a\n"
ORIENTATION = 0x0112
# More than any honest picture has; a hostile one would be nothing but their heads.
MAX_SEGMENTS = 1000
MAX_CHUNKS = 10_000
JPEG_END = b"\xff\xd9"
APPLICATION_DATA = {bytes([number]) for number in range(0xE0, 0xF0)}
# Without these a picture would change its size or its colours.
KEPT_APPLICATION_DATA = (b"JFIF\0", b"ICC_PROFILE\0", b"Adobe")
EXIF, COMMENT, SCAN, END = b"\xe1", b"\xfe", b"\xda", b"\xd9"
_MARKER = re.compile(rb"\xff++([^\x00\xff])")
# In the data of a scan FF is followed by 00 or a restart marker.
_MARKER_AFTER_SCAN = re.compile(rb"\xff[^\x00\xd0-\xd7\xff]")
_PNG_METADATA = {b"tEXt", b"zTXt", b"iTXt", b"eXIf", b"tIME"}


def drawn_anew(content: bytes, form: str) -> tuple[bytes, tuple[int, int]]:
    """The pixels of a PNG, JPEG or WEBP picture in a new file of the same form, and their size.

    Raises FileFault: "pixels" for too many, "damaged" for what cannot be read to its end.
    """
    try:
        image = Image.open(io.BytesIO(content), formats=[form])
        if image.width * image.height > settings.UPLOAD_MAX_PIXELS:
            raise Image.DecompressionBombError
        picture = _pixels_of(image)
    except (Image.DecompressionBombError, Image.DecompressionBombWarning):
        raise FileFault("pixels", limit=number(settings.UPLOAD_MAX_PIXELS // 1_000_000))
    except IMAGE_ERRORS:
        raise FileFault("damaged")
    encoded = io.BytesIO()
    picture.save(encoded, form, **OPTIONS[form])
    return encoded.getvalue(), picture.size


def without_metadata(content: bytes) -> bytes:
    """A JPEG or PNG file with the same pixels, but without place, camera, names and comments.

    Nothing is decoded, so that many pictures in one document cost little. A colour profile stays,
    and in a JPEG the side that is up. Other content comes back as it is.
    Raises FileFault "damaged" for a picture whose parts cannot be told apart.
    """
    try:
        if content.startswith(JPEG_START):
            return _jpeg_without_metadata(content)
        if content.startswith(PNG_START):
            return _png_without_metadata(content)
    except struct.error:
        raise FileFault("damaged")
    return content


def _pixels_of(image: Image.Image) -> Image.Image:
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


def _jpeg_without_metadata(content: bytes) -> bytes:
    kept = [content[:2]]
    place = 2
    while len(kept) < MAX_SEGMENTS:
        head = _MARKER.match(content, place)
        if head is None or head[1] == END:
            break
        place = head.start(1) - 1
        (length,) = struct.unpack_from(">H", content, place + 2)
        end = place + 2 + length
        if head[1] == SCAN:
            following = _MARKER_AFTER_SCAN.search(content, end)
            # What ends within a scan is shown by every reader as far as it goes.
            end = following.start() if following else len(content)
        kept.append(_kept_segment(head[1], content[place:end]))
        place = end
    if place < len(content) and (head is None or head[1] != END):
        raise FileFault("damaged")
    return b"".join([*kept, JPEG_END])


def _kept_segment(marker: bytes, segment: bytes) -> bytes:
    """A part of a JPEG file as it may stay: whole, the side that is up alone, or nothing."""
    told = segment[4:]
    if marker == EXIF and told.startswith(b"Exif\0\0"):
        return _orientation_alone(told)
    if marker == COMMENT or marker in APPLICATION_DATA:
        return segment if told.startswith(KEPT_APPLICATION_DATA) else b""
    return segment


def _orientation_alone(exif: bytes) -> bytes:
    read, written = Image.Exif(), Image.Exif()
    try:
        read.load(exif)
        orientation = read.get(ORIENTATION, 1)
    except IMAGE_ERRORS:
        return b""
    if orientation not in range(2, 9):
        return b""
    written[ORIENTATION] = orientation
    block = written.tobytes()
    return b"\xff\xe1" + struct.pack(">H", len(block) + 2) + block


def _png_without_metadata(content: bytes) -> bytes:
    kept = [PNG_START]
    place = len(PNG_START)
    for _chunk in range(MAX_CHUNKS):
        length, name = struct.unpack_from(">I4s", content, place)
        end = place + 12 + length
        if end > len(content):
            raise FileFault("damaged")
        if name not in _PNG_METADATA:
            kept.append(content[place:end])
        if name == b"IEND":
            return b"".join(kept)
        place = end
    raise FileFault("damaged")
