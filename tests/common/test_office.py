"""DOCX and XLSX files are packed anew: the same to read, without what tells of persons."""

import io
import posixpath
import time
import tracemalloc
import zipfile
from contextlib import suppress
from xml.etree import ElementTree

import openpyxl
import pytest
from django.core.exceptions import ValidationError
from hypothesis import given, settings
from hypothesis import strategies as st
from PIL import Image

from portal.common.persons import MAX_MENTIONS
from portal.common.uploads import accept_document
from tests.common.corpus import bomb, exif_with_place, lying, picture, profile, upload
from tests.common.office import (
    TRACES,
    docx_parts,
    docx_with,
    packed,
    unpacked,
    xlsx,
    xlsx_of_excel,
)

MEGABYTE = 1024 * 1024
PHOTO = picture("JPEG", exif=exif_with_place(6), icc_profile=profile(), comment=b"Anna Example")
LETTER = packed(docx_parts(PHOTO))


def stored(content: bytes, name: str = "x.docx") -> bytes:
    return accept_document(upload(name, content)).read()


def relationships(parts: dict[str, bytes]) -> list[tuple[str, dict[str, str]]]:
    return [
        (name, element.attrib)
        for name, content in parts.items()
        if name.endswith(".rels")
        for element in ElementTree.fromstring(content)
    ]


def check_package(parts: dict[str, bytes]) -> None:
    """What every reader of such files needs: XML, types of parts that are there, no lost links."""
    for name, content in parts.items():
        if name.endswith((".xml", ".rels")):
            ElementTree.fromstring(content)
    for element in ElementTree.fromstring(parts["[Content_Types].xml"]):
        part = element.get("PartName")
        assert part is None or part.lstrip("/") in parts
    for name, attributes in relationships(parts):
        if attributes.get("TargetMode") != "External":
            folder = posixpath.dirname(posixpath.dirname(name))
            target = posixpath.normpath(posixpath.join("/", folder, attributes["Target"]))
            assert target.lstrip("/") in parts


def test_a_letter_loses_what_tells_of_persons():
    sent = unpacked(LETTER)
    assert all(any(trace.encode() in part for part in sent.values()) for trace in TRACES[:4])
    parts = unpacked(stored(LETTER))
    check_package(parts)
    for name, content in parts.items():
        assert [trace for trace in TRACES if trace.encode() in content] == [], name
    assert not [name for name in parts if name.startswith(("docProps", "customXml"))]


def test_a_letter_keeps_its_text_and_who_said_what_by_number():
    parts = unpacked(stored(LETTER))
    text = parts["word/document.xml"].decode()
    assert '<w:t>Text with "quotes"</w:t>' in text
    assert '<w:ins w:id="1" w:author="Author 1">' in text
    assert '<w:del w:id="2" w:author="Author 2">' in text
    assert 'w:author="Author 1"' in parts["word/comments.xml"].decode()


def test_a_letter_leads_only_to_pages_and_reaches_for_nothing():
    outside = {
        (attributes["Type"].rpartition("/")[2], attributes["Target"])
        for _name, attributes in relationships(unpacked(stored(LETTER)))
        if attributes.get("TargetMode") == "External"
    }
    assert outside == {
        ("hyperlink", "https://example.org/page"),
        ("hyperlink", "removed"),
        ("image", "removed"),
    }
    assert b"attachedTemplate" not in unpacked(stored(LETTER))["word/settings.xml"]


def test_photos_in_a_letter_keep_their_look_only():
    photo = unpacked(stored(LETTER))["word/media/image1.jpeg"]
    image, sent = Image.open(io.BytesIO(photo)), Image.open(io.BytesIO(PHOTO))
    assert dict(image.getexif()) == {0x0112: 6}
    assert image.tobytes() == sent.tobytes()
    assert image.info["icc_profile"] == sent.info["icc_profile"]
    assert "comment" not in image.info


@pytest.mark.parametrize(
    ("photo", "mode"),
    [
        (picture("JPEG", progressive=True, exif=exif_with_place()), "RGB"),
        (picture("JPEG", mode="CMYK", comment=b"x" * 100), "CMYK"),
        (picture("JPEG")[:-2] + b"\xff\xff\xd9" + picture("JPEG", exif=exif_with_place()), "RGB"),
        (picture("PNG", exif=exif_with_place()), "RGB"),
    ],
)  # fmt: skip
def test_every_common_form_of_photo_is_read(photo, mode):
    kept = unpacked(stored(docx_with({"word/media/image1.jpeg": photo})))["word/media/image1.jpeg"]
    assert b"TelephoneModel" not in kept
    assert len(kept) < len(photo)
    image = Image.open(io.BytesIO(kept))
    assert image.mode == mode
    assert image.tobytes() == Image.open(io.BytesIO(photo)).tobytes()


@pytest.mark.parametrize("sent", [xlsx(), xlsx_of_excel()], ids=["openpyxl", "Excel"])
def test_a_workbook_opens_and_names_nobody(sent):
    assert b"Anna Example" in b"".join(unpacked(sent).values())
    content = stored(sent, "x.xlsx")
    parts = unpacked(content)
    check_package(parts)
    for name, part in parts.items():
        assert [trace for trace in TRACES if trace.encode() in part] == [], name
    workbook = openpyxl.load_workbook(io.BytesIO(content))
    sheet = workbook.active
    assert [cell.value for cell in sheet["A"]] == [f"مدينة {number}" for number in range(1, 6)]
    assert sheet["C1"].value == "=SUM(B1:B5)"
    assert (sheet["A1"].comment.text, sheet["A1"].comment.author) == ("a remark", "Author 1")
    assert len(sheet._charts) == 1


def test_a_workbook_in_a_letter_names_nobody_either():
    parts = unpacked(stored(docx_with({"word/embeddings/Sheet1.xlsx": xlsx_of_excel()})))
    book = parts["word/embeddings/Sheet1.xlsx"]
    assert openpyxl.load_workbook(io.BytesIO(book)).active["B2"].value == 2
    for part in unpacked(book).values():
        assert [trace for trace in TRACES if trace.encode() in part] == []


def test_nothing_of_the_archive_but_its_parts_is_left():
    stream = io.BytesIO()
    with zipfile.ZipFile(stream, "w") as archive:
        for name, content in docx_parts(PHOTO).items():
            info = zipfile.ZipInfo(name, (2024, 3, 6, 12, 0, 0))
            info.extra = b"\x99\x99\x06\x00hidden"
            info.comment = b"hidden"
            archive.writestr(info, content)
        archive.writestr("hidden.exe.txt", "hidden")
        archive.mkdir("hidden")
    content = stored(stream.getvalue())
    assert b"hidden" not in content
    with zipfile.ZipFile(io.BytesIO(content)) as archive:
        assert {info.date_time for info in archive.infolist()} == {(1980, 1, 1, 0, 0, 0)}


def test_what_is_stored_can_be_sent_again():
    once = stored(LETTER)
    assert stored(once) == once
    book = stored(xlsx_of_excel(), "x.xlsx")
    assert stored(book, "x.xlsx") == book


def test_documents_are_taken_under_the_types_that_browsers_say():
    docx = "application/vnd.openxmlformats-officedocument.wordprocessingml.document"
    for said in (docx, "application/zip", "application/octet-stream", ""):
        accepted = accept_document(upload("Letter.DOCX", LETTER, said))
        assert (accepted.name, accepted.size_in_pixels) == ("file.docx", None)


@pytest.fixture(scope="module")
def large_bomb():
    return bomb(300_000_000)


def refusal(content: bytes) -> tuple[str, float, int]:
    """Code of the refusal, the best of three times in seconds, and the growth of memory."""
    seconds = []
    for _attempt in range(3):
        file = upload("x.docx", content)
        tracemalloc.start()
        started = time.perf_counter()
        with pytest.raises(ValidationError) as refused:
            accept_document(file)
        seconds.append(time.perf_counter() - started)
        _size, peak = tracemalloc.get_traced_memory()
        tracemalloc.stop()
    return refused.value.code, min(seconds), peak


def test_a_large_bomb_is_refused_before_it_is_unpacked(large_bomb):
    code, seconds, growth = refusal(large_bomb)
    assert code == "unpacks"
    assert seconds < 0.05
    assert growth < 20 * MEGABYTE


def test_a_bomb_that_lies_is_not_unpacked_further_than_it_says(large_bomb):
    code, _seconds, growth = refusal(lying(large_bomb))
    assert code == "damaged"
    assert growth < 20 * MEGABYTE


def test_a_directory_without_end_is_not_read():
    entries = {f"{number:x}": b"" for number in range(60_000)}
    code, seconds, growth = refusal(packed(docx_parts() | entries))
    assert code == "unpacks"
    assert seconds < 0.05
    assert growth < 20 * MEGABYTE


def test_a_part_that_names_persons_without_end_is_refused():
    names = '<w:ins w:author="x"/>' * MAX_MENTIONS
    assert refusal(docx_with({"word/a.xml": f"<a>{names}</a>"}))[0] == "unpacks"


SENT = {"x.docx": LETTER, "x.xlsx": xlsx_of_excel()}


@settings(max_examples=300, deadline=None)
@given(
    st.sampled_from(list(SENT)),
    st.lists(st.tuples(st.integers(0, 10**6), st.integers(0, 255)), min_size=1, max_size=8),
)
def test_a_broken_file_is_taken_or_refused_and_never_breaks_the_door(name, changes):
    broken = bytearray(SENT[name])
    for place, byte in changes:
        # Half of the changes fall into the directory, where the most can go wrong.
        broken[-(place % 1500) - 1 if place % 2 else place % len(broken)] = byte
    with suppress(ValidationError):
        accept_document(upload(name, bytes(broken)))


def test_a_part_is_read_by_its_type_not_by_its_name():
    parts = docx_parts() | {"word/people.data": docx_parts()["word/people.xml"]}
    kind = "application/vnd.openxmlformats-officedocument.wordprocessingml.people+xml"
    override = f'<Override PartName="/word/people.data" ContentType="{kind}"/></Types>'
    parts["[Content_Types].xml"] = parts["[Content_Types].xml"].replace("</Types>", override)
    assert b"Anna Example" not in unpacked(stored(packed(parts)))["word/people.data"]
