"""Files come in through one door: by content, harmless, and with nothing of the sender's left."""

import io
import re

import pytest
from django.core.exceptions import ValidationError
from django.core.files.base import ContentFile
from django.utils import translation
from PIL import Image

from portal.common.attachments import random_name
from portal.common.pictures import LONGEST_SIDE
from portal.common.uploads import AcceptedFile, accept_document, accept_photo, shown_name
from practices.models import PracticePhoto
from tests.common.corpus import (
    HOSTILE_NAMES,
    PAYLOADS,
    PDF,
    encoded,
    exif_with_place,
    pdf,
    picture,
    profile,
    upload,
)
from tests.common.office import docx_with
from tests.common.refused import OLE, REFUSED

KINDS = {"PNG": "png", "JPEG": "jpg", "WEBP": "webp"}


def opened(accepted):
    accepted.seek(0)
    return Image.open(io.BytesIO(accepted.read()))


@pytest.mark.parametrize("case", REFUSED)
def test_what_is_not_plainly_one_of_the_kinds_is_refused(case):
    name, content, content_type, code = REFUSED[case]
    with pytest.raises(ValidationError) as refused:
        accept_document(upload(name, content, content_type))
    assert refused.value.code == code
    assert name in refused.value.messages[0]


@pytest.mark.parametrize("language", ["en", "ar"])
@pytest.mark.parametrize(
    "case",
    ["SVG", "pixel flood", "nothing", "too large", "half a PDF", "bomb", "virus test file",
     "letter with macros", "locked letter", "letter called PDF"],
)  # fmt: skip
def test_a_refusal_is_said_in_the_language_of_the_reader(case, language):
    name, content, content_type, _code = REFUSED[case]
    with translation.override(language), pytest.raises(ValidationError) as refused:
        accept_document(upload(name, content, content_type))
    has_arabic = bool(re.search("[\u0621-\u064a]", refused.value.messages[0]))
    assert has_arabic is (language == "ar")


@pytest.mark.parametrize(
    ("name", "content"), [("x.pdf", PDF), ("x.docx", docx_with({})), ("x.doc", OLE)]
)
def test_a_photo_is_never_a_document(name, content):
    with pytest.raises(ValidationError) as refused:
        accept_photo(upload(name, content))
    assert refused.value.code == "kind"
    assert "PNG, JPEG and WebP" in refused.value.messages[0]


def test_a_pdf_is_taken_as_it_is():
    accepted = accept_document(upload("Report.PDF", PDF, "application/pdf"))
    assert accepted.read() == PDF
    assert (accepted.name, accepted.size_in_pixels) == ("file.pdf", None)


@pytest.mark.parametrize(
    "content",
    [
        pdf(b"<</Title(Launch, JavaScript, EmbeddedFiles)/URI(https://example.org/JavaScript)>>"),
        pdf(b"<</Type/Action/S/URI/URI(https://example.org/S/Launch-event)>>"),
        pdf(b"<</JavaScripted 1 0 R /S /JavaScripts>>"),
        pdf(b"stream\n" + bytes(range(256)) * 4000 + b"endstream"),
        PDF + b"\r\n \0",
    ],
)
def test_a_pdf_may_speak_of_programs(content):
    assert accept_document(upload("x.pdf", content)).read() == content


@pytest.mark.parametrize("kind", KINDS)
@pytest.mark.parametrize("payload", PAYLOADS)
def test_nothing_behind_a_picture_survives(kind, payload):
    sent = picture(kind) + PAYLOADS[payload]
    accepted = accept_photo(upload(f"x.{KINDS[kind]}", sent, f"image/{kind.lower()}"))
    assert PAYLOADS[payload] not in accepted.read()
    assert opened(accepted).size == (60, 40)


@pytest.mark.parametrize("kind", KINDS)
def test_a_picture_keeps_its_look_and_loses_what_it_tells(kind):
    sent = picture(kind, exif=exif_with_place(), icc_profile=profile())
    assert b"TelephoneModel" in sent
    accepted = accept_photo(upload(f"x.{KINDS[kind]}", sent))
    image = opened(accepted)
    assert b"TelephoneModel" not in accepted.file.getvalue()
    assert dict(image.getexif()) == {}
    assert {"exif", "icc_profile", "xmp", "comment"} & image.info.keys() == set()
    left, right = image.convert("RGB").getpixel((5, 20)), image.convert("RGB").getpixel((55, 20))
    assert left[0] > 200 > 60 > left[2]
    assert right[2] > 200 > 60 > right[0]
    assert accepted.name == f"file.{KINDS[kind]}"


@pytest.mark.parametrize("payload", PAYLOADS)
def test_nothing_inside_a_picture_survives(payload):
    hidden = PAYLOADS[payload]
    exif = exif_with_place()
    exif[0x9286] = hidden
    for sent in (picture("JPEG", exif=exif, comment=hidden), picture("PNG", exif=exif)):
        ending = "png" if sent.startswith(b"\x89PNG") else "jpg"
        assert hidden in sent
        assert hidden not in accept_photo(upload(f"x.{ending}", sent)).read()


def test_comments_in_a_picture_are_gone():
    jpeg = accept_photo(upload("x.jpg", picture("JPEG", comment=b"written by someone")))
    assert b"written by someone" not in jpeg.read()


def test_a_picture_is_stored_upright():
    sent = picture("JPEG", (60, 40), exif=exif_with_place(orientation=6))
    accepted = accept_photo(upload("x.jpg", sent))
    assert accepted.size_in_pixels == (40, 60)
    top, bottom = opened(accepted).getpixel((20, 5)), opened(accepted).getpixel((20, 55))
    assert top[0] > 200 > top[2]
    assert bottom[2] > 200 > bottom[0]


@pytest.mark.parametrize("kind", KINDS)
def test_a_large_picture_is_made_smaller(kind):
    accepted = accept_photo(upload(f"x.{KINDS[kind]}", picture(kind, (3200, 800))))
    assert accepted.size_in_pixels == opened(accepted).size == (LONGEST_SIDE, 640)


@pytest.mark.parametrize(
    ("mode", "stored_mode"),
    [("L", "RGB"), ("RGBA", "RGBA"), ("P", "RGB"), ("1", "RGB"), ("LA", "RGBA"), ("I;16", "RGB")],
)
def test_every_mode_of_png_is_read(mode, stored_mode):
    image = Image.new("L", (60, 40), 40).convert("RGBA" if mode == "LA" else "L")
    sent = encoded(
        Image.new("I;16", (60, 40), 30_000) if mode == "I;16" else image.convert(mode), "PNG"
    )
    accepted = accept_photo(upload("x.png", sent))
    assert opened(accepted).mode == stored_mode
    if mode == "I;16":
        assert opened(accepted).getpixel((0, 0)) == (117, 117, 117)


def test_a_see_through_picture_stays_see_through():
    image = Image.new("RGBA", (20, 20), (255, 0, 0, 0))
    for kind, ending in (("PNG", "png"), ("WEBP", "webp")):
        accepted = accept_photo(upload(f"x.{ending}", encoded(image, kind)))
        assert opened(accepted).convert("RGBA").getpixel((10, 10))[3] == 0


def test_a_picture_for_print_is_read_too():
    accepted = accept_photo(upload("x.jpg", picture("JPEG", mode="CMYK")))
    assert opened(accepted).mode == "RGB"
    broken = picture("JPEG", mode="CMYK", icc_profile=b"no profile at all")
    assert opened(accept_photo(upload("x.jpg", broken))).mode == "RGB"


def test_a_moving_picture_becomes_a_still_one():
    frames = [Image.new("RGB", (20, 20), colour) for colour in ("red", "blue")]
    sent = encoded(frames[0], "WEBP", save_all=True, append_images=frames[1:], lossless=True)
    accepted = accept_photo(upload("x.webp", sent))
    assert getattr(opened(accepted), "n_frames", 1) == 1


@pytest.mark.parametrize("name", HOSTILE_NAMES)
def test_nothing_of_a_hostile_name_is_stored_or_shown(name):
    sent = ContentFile(picture("PNG"), name=name)
    stored = random_name(PracticePhoto(), accept_photo(sent).name)
    assert re.fullmatch(r"practicephoto/[0-9a-f]{32}\.png", stored)
    with pytest.raises(ValidationError) as refused:
        accept_photo(ContentFile(PDF, name=name))
    shown = refused.value.messages[0]
    assert not set(shown) & set('\0\r\n\u202e\ud800\u2066\u2067<>"/\\')
    assert len(shown) < 250


@pytest.mark.parametrize(
    ("name", "shown"),
    [
        ("Report 2024.pdf", "Report 2024.pdf"),
        ("تقرير_المدينة-٢.docx", "تقرير_المدينة-٢.docx"),
        ("Bericht für Köln.xlsx", "Bericht für Köln.xlsx"),
        ("../../etc/passwd.png", "passwd.png"),
        ("C:\\Users\\anna\\letter.docx", "letter.docx"),
        ('"><img src=x>.png', "img src x.png"),
        ("a\u202egnp.exe.png", "a gnp.exe.png"),
        ("line\r\nSet-Cookie: a=b.png", "line Set-Cookie a b.png"),
        ("\u0000x.png", "x.png"),
        ("x.html.gif", "x.html.gif"),
        ("x" * 500 + ".png", "x" * 96 + ".png"),
        ("x." + "y" * 500, "x." + "y" * 98),
        ("....", "file"),
        (" . . ", "file"),
        (".png", "png"),
        ("", "file"),
        (None, "file"),
        ("\ud800\u200f\U000e0041", "file"),
    ],
)
def test_what_a_file_was_called_is_kept_as_one_harmless_line(name, shown):
    assert shown_name(name) == shown
    assert shown_name(shown) == shown


def test_the_limit_of_pixels_is_that_of_the_settings(settings):
    settings.UPLOAD_MAX_PIXELS = 2399
    with pytest.raises(ValidationError) as refused:
        accept_photo(upload("x.png", picture("PNG")))
    assert refused.value.code == "pixels"


def test_a_file_is_accepted_once():
    accepted = accept_photo(upload("x.png", picture("PNG")))
    assert accept_photo(accepted) is accepted
    assert isinstance(accepted, AcceptedFile)
