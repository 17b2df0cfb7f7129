"""Stored files: who may have them, and how they are handed out."""

from http import HTTPStatus
from pathlib import Path

import pytest
from django.apps import apps
from django.contrib.auth.models import Permission
from django.core.exceptions import ValidationError
from django.core.files.base import ContentFile
from django.forms import modelform_factory

from exchanges.models import DialogueEvent, EventDocument
from findings.models import Finding, FindingPhoto
from portal.accounts.models import User
from portal.common.attachments import attachment_models
from practices.choices import State
from practices.models import (
    Practice,
    PracticeDocument,
    PracticePhoto,
    Submission,
    SubmissionFile,
)
from tests.common.corpus import (
    PDF,
    SCRIPT,
    SVG,
    exif_with_place,
    picture,
    upload,
)
from tests.common.office import docx_parts, packed

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("own_folder")]


@pytest.fixture
def document(practice):
    return PracticeDocument.objects.create(
        practice=practice, title="Évaluation: تقييم 2021/2022?", file=upload("../a.pdf", PDF)
    )


@pytest.fixture
def photo(practice):
    return PracticePhoto.objects.create(
        practice=practice, alt="Two people at a table", image=upload("x.jpg", picture("JPEG"))
    )


def test_every_table_of_files_has_an_owner_with_a_public_state():
    for model in attachment_models():
        assert model.owner_field().related_model._default_manager.published() is not None
    known = {EventDocument, FindingPhoto, PracticePhoto, SubmissionFile}
    assert known <= set(attachment_models())


def test_no_model_keeps_files_in_another_way():
    fields = [
        (model, field.name)
        for model in apps.get_models()
        for field in model._meta.fields
        # The mail queue has a table for files that mails carry; the portal's mails carry none.
        if field.get_internal_type() == "FileField" and model._meta.app_label != "post_office"
    ]
    assert fields == [(model, model.file_field) for model in attachment_models()]


def test_a_document_is_a_download_that_nothing_runs(fetch, document):
    response = fetch(document.url)
    assert response.status_code == HTTPStatus.OK
    assert response.body == PDF
    assert response["Content-Type"] == "application/pdf"
    assert response["Content-Security-Policy"] == "default-src 'none'; sandbox"
    assert response["X-Content-Type-Options"] == "nosniff"
    assert response["Cross-Origin-Resource-Policy"] == "same-origin"
    assert response["Cache-Control"] == "public, max-age=3600"
    assert response["Content-Disposition"] == (
        "attachment; filename*=utf-8''%C3%89valuation%20%D8%AA%D9%82%D9%8A%D9%8A%D9%85%202021%20"
        "2022.pdf"
    )
    assert response.cookies == {}


def test_a_photo_is_shown_and_not_asked_for_again(fetch, photo):
    response = fetch(photo.url)
    assert response["Content-Type"] == "image/jpeg"
    assert response["Content-Disposition"] == 'attachment; filename="Two people at a table.jpg"'
    again = fetch(photo.url, if_none_match=response["ETag"])
    assert (again.status_code, again.body) == (HTTPStatus.NOT_MODIFIED, b"")
    assert (photo.width, photo.height) == (60, 40)
    photo.refresh_from_db()
    assert (photo.width, photo.height) == (60, 40)


def test_addresses_of_files_do_not_show_what_senders_called_them(document, photo):
    assert document.url.startswith("/files/practicedocument/")
    assert photo.url.startswith("/files/practicephoto/")
    assert document.url.endswith(".pdf")


@pytest.mark.parametrize("state", [State.UNLISTED, State.WITHDRAWN, State.ARCHIVED])
def test_a_file_of_a_record_that_is_not_public_is_not_there(fetch, practice, document, state):
    Practice.objects.filter(pk=practice.pk).update(state=state)
    assert fetch(document.url).status_code == HTTPStatus.NOT_FOUND


def test_a_file_of_a_hidden_edition_is_not_there(fetch):
    finding = Finding.objects.published().first()
    photo = FindingPhoto.objects.create(
        finding=finding, alt="A hall", image=upload("x.png", picture("PNG"))
    )
    assert fetch(photo.url).status_code == HTTPStatus.OK
    finding.edition.is_published = False
    finding.edition.save()
    assert fetch(photo.url).status_code == HTTPStatus.NOT_FOUND


def test_staff_who_may_view_the_table_see_what_is_not_public(client, fetch, practice, document):
    Practice.objects.filter(pk=practice.pk).update(state=State.UNLISTED)
    person = User.objects.create_user("someone@example.org", name="Someone", is_staff=True)
    client.force_login(person)
    assert fetch(document.url).status_code == HTTPStatus.NOT_FOUND
    person.user_permissions.add(Permission.objects.get(codename="view_practicedocument"))
    response = fetch(document.url)
    assert response.status_code == HTTPStatus.OK
    assert "no-store" in response["Cache-Control"]
    assert "public" not in response["Cache-Control"]


def test_files_of_a_submission_are_for_its_authors(client, fetch):
    author, other = (
        User.objects.create_user(f"{name}@example.org", name=name) for name in ("author", "other")
    )
    submission = Submission.objects.create(author=author)
    SubmissionFile.objects.create(
        submission=submission, title="Évaluation", file=upload("a.pdf", PDF), added_by=author
    )
    file = SubmissionFile.objects.get()
    assert fetch(file.url).status_code == HTTPStatus.NOT_FOUND
    client.force_login(other)
    assert fetch(file.url).status_code == HTTPStatus.NOT_FOUND
    assert file.may_be_read_by(author)
    client.force_login(author)
    response = fetch(file.url)
    assert response.body == PDF
    assert "no-store" in response["Cache-Control"]
    assert "public" not in response["Cache-Control"]
    assert "%C3%89valuation.pdf" in response["Content-Disposition"]
    again = fetch(file.url, if_none_match=response["ETag"])
    assert (again.status_code, again.body) == (HTTPStatus.NOT_MODIFIED, b"")


def test_a_column_for_files_counts_the_pixels_of_pictures_only(practice):
    author = User.objects.create_user("author@example.org", name="Author")
    submission = Submission.objects.create(author=author)

    def size_of(name, content):
        SubmissionFile.objects.create(
            submission=submission, title="x", file=upload(name, content), added_by=author
        )
        file = SubmissionFile.objects.latest("pk")
        return file.width, file.height

    assert size_of("x.jpg", picture("JPEG", (60, 40), exif=exif_with_place(6))) == (40, 60)
    assert size_of("x.pdf", PDF) == (0, 0)
    assert size_of("x.docx", packed(docx_parts())) == (0, 0)


@pytest.mark.parametrize(
    "path",
    [
        "practicedocument/0123456789abcdef0123456789abcdef.pdf",
        "practicedocument/",
        "practicedocument/../../portal.sqlite3",
        "../portal.sqlite3",
        "%2e%2e/portal.sqlite3",
        "user/1",
        "user",
        "practice/1",
        "practicephoto/\u202e.png",
        "practicephoto/" + "x" * 3000,
    ],
)
def test_any_other_path_is_not_there(fetch, path):
    assert fetch(f"/files/{path}").status_code == HTTPStatus.NOT_FOUND


def test_a_row_whose_file_is_lost_is_not_there(fetch, document):
    document.file.storage.delete(document.file.name)
    assert fetch(document.url).status_code == HTTPStatus.NOT_FOUND


@pytest.mark.parametrize("method", ["post", "put", "delete"])
def test_files_are_read_only(client, document, method):
    assert getattr(client, method)(document.url).status_code == HTTPStatus.METHOD_NOT_ALLOWED


def test_a_script_that_saves_a_bad_file_is_stopped(practice, tmp_path):
    with pytest.raises(ValidationError):
        PracticePhoto.objects.create(practice=practice, alt="x", image=upload("x.png", SVG))
    assert list(tmp_path.rglob("*.*")) == []


def test_an_import_that_checks_a_record_checks_its_file(practice):
    record = PracticePhoto(practice=practice, alt="x", image=upload("x.png", SVG))
    with pytest.raises(ValidationError) as refused:
        record.full_clean()
    assert list(refused.value.message_dict) == ["image"]
    record.image = upload("x.png", picture("PNG") + SCRIPT)
    record.full_clean()
    record.save()
    assert SCRIPT not in Path(record.image.path).read_bytes()


def test_a_form_says_what_is_wrong_beside_the_file(practice):
    form_class = modelform_factory(PracticePhoto, fields=["practice", "alt_en", "image"])
    data = {"practice": practice.pk, "alt_en": "A hall"}
    form = form_class(data, {"image": upload("map.svg", SVG, "image/svg+xml")})
    assert list(form.errors) == ["image"]
    assert "map.svg" in form.errors["image"][0]
    form = form_class(data, {"image": upload("x.webp", picture("WEBP"), "image/webp")})
    assert form.errors == {}
    assert form.save().image.name.endswith(".webp")
    assert 'accept=".jpe,.jpeg,.jpg,.png,.webp"' in str(form["image"])


def test_a_form_without_a_new_file_keeps_the_old_one(document):
    form_class = modelform_factory(PracticeDocument, fields=["title_en", "file"])
    name = document.file.name
    form = form_class({"title_en": "Another title"}, instance=document)
    assert form.errors == {}
    assert form.save().file.name == name


def test_stored_files_are_not_open_to_every_user_of_the_machine(document):
    assert Path(document.file.path).stat().st_mode & 0o777 == 0o640


@pytest.mark.parametrize(
    ("title", "name"),
    [
        ("../../etc/passwd", "etc passwd.pdf"),
        ('a"; filename="evil.exe', "a filename evil exe.pdf"),
        ("تقرير 2023", "تقرير 2023.pdf"),
        ("line\u2028end", "line end.pdf"),
        ("...", "file.pdf"),
        ("x" * 200, "x" * 80 + ".pdf"),
    ],
)
def test_the_name_of_a_download_is_only_a_name(document, title, name):
    PracticeDocument.objects.filter(pk=document.pk).update(title_en=title, title=title)
    assert PracticeDocument.objects.get(pk=document.pk).download_name == name


def test_a_document_in_one_language_is_named_in_that_language():
    event = DialogueEvent.objects.published().first()
    document = EventDocument.objects.create(
        event=event, title_en="Programme", title_ar="البرنامج", language="ar",
        file=ContentFile(PDF, name="a.pdf"),
    )  # fmt: skip
    assert document.download_name == "البرنامج.pdf"
