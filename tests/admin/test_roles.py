"""Who may do what at the desk, with the roles as they are."""

from urllib.parse import unquote

import pytest
from django.contrib import admin
from django.test import Client

from exchanges.models import City
from findings.models import Finding
from practices.choices import State
from practices.models import Practice
from tests.admin.conftest import LANGUAGES, desk, sent_by

CONTENT = ("exchanges", "findings", "practices")


@pytest.mark.parametrize("language", LANGUAGES)
def test_who_is_not_signed_in_signs_in_first_and_comes_back(db, language):
    response = Client().get(desk("practices.practice", language=language), follow=True)
    address, status = response.redirect_chain[-1]
    assert (unquote(address), status) == (
        f"/{language}/accounts/login/?next=/{language}/admin/practices/practice/",
        302,
    )
    assert response.status_code == 200


def test_the_desk_has_no_sign_in_page_of_its_own(db):
    response = Client().get("/en/admin/login/", {"next": "/en/admin/"})
    assert response.status_code == 302
    assert response.url.startswith("/en/accounts/login/")


@pytest.mark.parametrize("path", ["", "practices/practice/", "practices/practice/add/", "jsi18n/"])
def test_officials_do_not_come_in(official, path):
    assert official.get(f"/en/admin/{path}", follow=True).status_code == 403


def test_curators_have_every_desk_but_people(curator):
    models = {
        m["object_name"] for p in curator.get("/en/admin/").context["app_list"] for m in p["models"]
    }
    content = {m.__name__ for m in admin.site._registry if m._meta.app_label in CONTENT}
    assert models == content | {"JournalEntry", "Miss", "Notice"}
    assert curator.get("/en/admin/accounts/user/").status_code == 403


def test_administrators_have_people_too(administrator):
    assert administrator.get("/en/admin/accounts/user/").status_code == 200


def test_translators_may_change_texts_and_nothing_else(translator, practice):
    address = desk("practices.practice", "change", pk=practice.pk)
    response = translator.get(address)
    names = set(response.context["adminform"].form.fields)
    assert names == {
        f"{field}_{language}"
        for field in ("approach", "evaluation", "for_whom", "gone_reason", "problem", "resources",
                      "run_by", "steps", "summary", "title", "what_a_city_needs",
                      "what_did_not_work")
        for language in LANGUAGES
    }  # fmt: skip
    data = sent_by(response) | {"title_ar": "عنوان أدق", "state": "withdrawn", "slug": "taken"}
    assert translator.post(address, data).status_code == 302
    practice.refresh_from_db()
    assert (practice.title_ar, practice.state) == ("عنوان أدق", State.PUBLISHED)
    assert practice.slug == "london-shared-endeavour-fund"


def test_translators_may_change_labels_of_sources_but_not_their_addresses(translator, practice):
    response = translator.get(desk("practices.practice", "change", pk=practice.pk))
    sources = response.context["inline_admin_formsets"][0].formset
    assert {"label_en", "label_ar"} <= set(sources.forms[0].fields)
    assert {"url", "position"}.isdisjoint(sources.forms[0].fields)
    assert len(sources.forms) == practice.sources.count()


@pytest.mark.parametrize("path", ["add/", "import/", "1/delete/"])
def test_translators_neither_add_nor_import_nor_delete(translator, path):
    assert translator.get(f"/en/admin/practices/practice/{path}").status_code == 403


def test_translators_open_every_desk_and_version(translator):
    for model in (Practice, City, Finding):
        record = model.objects.order_by("pk").first()
        label = model._meta.label_lower
        version = record.history.first().pk
        for view in ("change", "history", f"history/{version}"):
            response = translator.get(desk(label, view, pk=record.pk))
            assert (label, view, response.status_code) == (label, view, 200)


def test_translators_do_not_bring_versions_back(translator, practice):
    version = practice.history.first().pk
    Practice.objects.filter(pk=practice.pk).update(state=State.WITHDRAWN)
    address = desk("practices.practice", f"history/{version}", pk=practice.pk)
    data = sent_by(translator.get(address))
    assert translator.post(address, data).status_code == 403
    practice.refresh_from_db()
    assert practice.state == State.WITHDRAWN


@pytest.mark.parametrize("language", LANGUAGES)
def test_a_city_with_practices_is_not_deleted(curator, language):
    city = City.objects.get(slug="oslo")
    address = desk("exchanges.city", "delete", language=language, pk=city.pk)
    page = curator.get(address).content.decode()
    said = {"en": "would require deleting the following protected related objects",
            "ar": "إلا أن حسابك ليس لديه صلاحية حذف"}  # fmt: skip
    assert said[language] in page
    curator.post(address, {"post": "yes"})
    assert City.objects.filter(pk=city.pk).exists()


def test_the_page_of_a_deletion_counts_links_and_does_not_list_them(curator, practice):
    page = curator.get(desk("practices.practice", "delete", pk=practice.pk)).content.decode()
    assert "Links between “practices” and “themes”: 2" in page
    assert "relationship" not in page
