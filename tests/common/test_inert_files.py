"""Hostile files, from the form to the download: refused by name, or served without their sting."""

import pytest
from django.forms import modelform_factory

from practices.models import PracticeDocument, PracticePhoto
from tests.common.corpus import HTML, PAYLOADS, exif_with_place, pdf, picture, upload
from tests.common.office import SHEET_TYPE, TRACES, WORD_TYPE, docx_parts, packed, xlsx
from tests.common.refused import REFUSED

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("own_folder")]


@pytest.mark.parametrize(
    ("name", "content", "content_type"),
    [
        ("a.docx", packed(docx_parts()), f"{WORD_TYPE}.document"),
        ("a.xlsx", xlsx(), f"{SHEET_TYPE}.sheet"),
    ],
)
def test_an_office_file_is_a_download_that_names_nobody(
    fetch, practice, name, content, content_type
):
    document = PracticeDocument.objects.create(
        practice=practice, title="Budget", file=upload(name, content)
    )
    response = fetch(document.url)
    assert response["Content-Type"] == content_type
    assert response["Content-Disposition"] == f'attachment; filename="Budget{name[1:]}"'
    assert response["Content-Security-Policy"] == "default-src 'none'; sandbox"
    assert response["X-Content-Type-Options"] == "nosniff"
    assert [trace for trace in TRACES if trace.encode() in response.body] == []
    assert document.kind == name[2:].upper()


@pytest.mark.parametrize("payload", PAYLOADS)
def test_a_file_that_is_two_things_is_served_as_one(fetch, practice, payload):
    hidden = PAYLOADS[payload]
    photo = PracticePhoto.objects.create(
        practice=practice,
        alt="x",
        image=upload("x.jpg", picture("JPEG", exif=exif_with_place(), comment=hidden) + hidden),
    )
    response = fetch(photo.url)
    assert hidden not in response.body
    assert b"TelephoneModel" not in response.body
    assert response["Content-Type"] == "image/jpeg"
    assert response["Content-Disposition"].startswith("attachment; ")


def test_a_page_inside_a_pdf_is_no_page(fetch, practice):
    content = pdf(b"% " + HTML)
    document = PracticeDocument.objects.create(
        practice=practice, title="x", file=upload("x.pdf", content)
    )
    response = fetch(document.url)
    assert response.body == content
    assert response["Content-Type"] == "application/pdf"
    assert response["X-Content-Type-Options"] == "nosniff"
    assert response["Content-Security-Policy"] == "default-src 'none'; sandbox"


def test_a_form_names_every_file_that_it_refuses_and_stores_nothing(practice, tmp_path):
    form_class = modelform_factory(PracticeDocument, fields=["practice", "title_en", "file"])
    data = {"practice": practice.pk, "title_en": "A report"}
    for case, (name, content, content_type, _code) in REFUSED.items():
        form = form_class(data, {"file": upload(name, content, content_type)})
        assert list(form.errors) == ["file"], case
        assert name in form.errors["file"][0], case
        assert form["title_en"].value() == "A report"
    assert PracticeDocument.objects.filter(title_en="A report").count() == 0
    assert list(tmp_path.rglob("*.*")) == []


def test_a_form_offers_the_endings_that_are_taken():
    form_class = modelform_factory(PracticeDocument, fields=["file"])
    endings = ".docx,.jpe,.jpeg,.jpg,.pdf,.png,.webp,.xlsx"
    assert f'accept="{endings}"' in str(form_class()["file"])
