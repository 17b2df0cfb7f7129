"""The journal: who did what when, for every model; rows are added only."""

import io
import re
from datetime import timedelta

import pytest
from django.contrib.admin.models import LogEntry
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import connection
from django.http import HttpResponse
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from exchanges.models import City, Theme
from portal.common import journal
from practices.models import Practice, Submission
from tests.admin.conftest import LANGUAGES, desk, sent_by
from tests.admin.test_pages import english_words

JOURNAL = "/en/admin/accounts/journalentry/"
ACT = "test-praised"


@pytest.fixture
def praised(monkeypatch):
    """An act that only these tests know, and the only one."""
    for code in list(journal.ACT_NAMES):
        monkeypatch.delitem(journal.ACT_NAMES, code)
    monkeypatch.setitem(journal.ACT_NAMES, ACT, "Praised by the jury")
    return ACT


def rows(client, query: str = "", *, language: str = "en") -> list[list[str]]:
    """What the rows of the journal's page say, cell by cell."""
    text = client.get(f"/{language}/admin/accounts/journalentry/?{query}").text
    body = re.search(r'<table id="result_list">.*?<tbody>(.*?)</tbody>', text, re.DOTALL)
    found = re.findall(r"<tr>(.*?)</tr>", body.group(1) if body else "", re.DOTALL)
    return [
        [re.sub(r"<[^>]*>", "", cell.replace("<br>", " / "))
         for cell in re.findall(r"<t[dh][^>]*>(.*?)</t[dh]>", row, re.DOTALL)]
        for row in found
    ]  # fmt: skip


def save(client, practice: Practice, **fields):
    address = desk("practices.practice", "change", pk=practice.pk)
    assert client.post(address, sent_by(client.get(address)) | fields).status_code == 302


@pytest.fixture
def entry(curator, practice) -> LogEntry:
    journal.record("x", practice, by=curator.person)
    return LogEntry.objects.latest("pk")


# Who reads it ------------------------------------------------------------------------------------


def test_curators_and_administrators_read_it_and_nobody_else(
    curator, administrator, translator, official
):
    clients = (curator, administrator, translator, official)
    answers = [client.get(JOURNAL, follow=True).status_code for client in clients]
    assert answers == [200, 200, 403, 403]


@pytest.mark.parametrize("page", ["add/", "1/delete/", "1/change/"])
def test_nobody_writes_it_by_hand(administrator, entry, page):
    path = JOURNAL + page.replace("1", str(entry.pk))
    data = {"object_repr": "x", "post": "yes"}
    assert administrator.post(path, data).status_code == 403


# What it says ------------------------------------------------------------------------------------


def test_a_save_is_told_with_the_fields_it_changed(curator, practice):
    save(curator, practice, title_en="A fund", title_ar="صندوق", evidence="strong")
    [row, *_rest] = rows(curator)
    assert row[1:] == [
        "Ragnhild Moe",
        "Changed: Title (English), Title (Arabic) and Strength of evidence",
        "A fund",
        "Practice",
    ]
    [arabic, *_rest] = rows(curator, language="ar")
    assert arabic[2] == "تغيّر: العنوان (الإنجليزية)، العنوان (العربية) وقوة الأدلة"


def test_what_hangs_on_a_record_is_told_with_its_kind(curator, practice):
    sources = practice.sources.count()
    new = {f"sources-{sources}-label_en": "A letter", f"sources-{sources}-position": 6}
    save(curator, practice, **{"sources-TOTAL_FORMS": sources + 1}, **new)
    assert rows(curator)[0][2] == "Source added: A letter"


def test_an_act_is_told_by_its_name(curator, practice, praised):
    journal.record(praised, practice, by=curator.person, grade="3")
    assert rows(curator)[0][2] == "Praised by the jury"


def test_a_draft_is_told_without_the_title_that_nobody_else_knows(curator, practice):
    draft = Submission.objects.create(author=curator.person, answers={"title": "Secret 4711"})
    journal.record("x", draft, by=curator.person)
    assert rows(curator)[0][3] == draft.reference


def test_a_new_and_a_deleted_record_are_told_as_such(curator):
    theme = {"name_en": "Lighting", "slug": "lighting", "position": 99}
    add = desk("exchanges.theme", "add")
    assert curator.post(add, sent_by(curator.get(add)) | theme).status_code == 302
    record = Theme.objects.get(slug="lighting")
    curator.post(desk("exchanges.theme", "delete", pk=record.pk), {"post": "yes"})
    assert [row[2:4] for row in rows(curator)] == [["Deleted", "Lighting"], ["Added", "Lighting"]]


def test_entries_from_before_there_were_parts_are_shown_as_they_are(curator, practice):
    for message in ("Changed title.", "[broken", '"text"', "[1, null]"):
        LogEntry.objects.log_actions(curator.person.pk, [practice], 2, message)
    assert [row[2] for row in rows(curator)] == [
        "Changed / [1, null]", 'Changed / &quot;text&quot;', "Changed / [broken",
        "Changed / Changed title.",
    ]  # fmt: skip


def test_an_import_is_told_row_by_row(curator):
    file = io.StringIO("slug,name_en,country\noslo,Oslo by the fjord,NO\nalta,Alta,NO\n")
    address = desk("exchanges.city", "import")
    upload = SimpleUploadedFile("cities.csv", file.getvalue().encode())
    preview = curator.post(address, {"import_file": upload, "format": "", "resource": ""})
    form = preview.context["confirm_form"]
    confirm = {name: form[name].value() or "" for name in form.fields}
    curator.post(desk("exchanges.city", "process_import"), confirm)
    assert sorted(row[2:] for row in rows(curator)) == [
        ["Added", "Alta", "City"],
        ["Changed", "Oslo by the fjord", "City"],
    ]


# Links -------------------------------------------------------------------------------------------


def test_a_record_leads_to_its_desk_where_it_exists_and_the_reader_may_open_it(
    curator, administrator, practice
):
    journal.record("x", practice, by=curator.person)
    journal.record("x", curator.person, by=administrator.person)
    gone = Theme.objects.create(slug="gone", name_en="Gone")
    journal.record("x", gone, by=curator.person)
    gone.delete()
    to_practice = desk("practices.practice", "change", pk=practice.pk)
    to_person = desk("accounts.user", "change", pk=curator.person.pk)
    read_by_curator, read_by_administrator = (
        client.get(JOURNAL).text for client in (curator, administrator)
    )
    assert f'href="{to_practice}"' in read_by_curator
    assert f'href="{to_person}"' not in read_by_curator
    assert f'href="{to_person}"' in read_by_administrator
    assert "/admin/exchanges/theme/" not in read_by_curator.split('id="changelist"')[1]


@pytest.mark.parametrize("language", LANGUAGES)
def test_the_history_of_an_account_is_what_the_journal_has_of_it(administrator, language):
    person = administrator.person
    journal.record("x", person, by=person)
    journal.record("x", City.objects.get(slug="oslo"), by=person)
    page = administrator.get(desk("accounts.user", "change", language=language, pk=person.pk))
    history = desk("accounts.user", "history", language=language, pk=person.pk)
    assert history in page.text
    response = administrator.get(history)
    assert response.status_code == 302
    path, _mark, query = response.url.partition("?")
    assert path == f"/{language}/admin/accounts/journalentry/"
    assert len(rows(administrator, query, language=language)) == 1


def test_the_history_of_a_record_that_is_not_there_is_not_found(administrator):
    assert administrator.get(desk("accounts.user", "history", pk=999_999)).status_code == 404


# Finding -----------------------------------------------------------------------------------------


@pytest.fixture
def several(curator, administrator, practice, praised):
    """One entry of each sort, by two people, about two kinds of records."""
    save(curator, practice, title_en="A fund")
    practice.refresh_from_db()
    journal.record(praised, practice, by=administrator.person)
    journal.record(praised, City.objects.get(slug="oslo"), by=curator.person)


@pytest.mark.parametrize(
    ("query", "records"),
    [
        ("kind=practices.practice", ["A fund", "A fund"]),
        ("kind=exchanges.city", ["Oslo"]),
        ("kind=nothing", []),
        (f"act={ACT}", ["Oslo", "A fund"]),
        ("act=changed", ["A fund"]),
        ("act=deleted", []),
        ("act=unknown", ["Oslo", "A fund", "A fund"]),
        ("person=ragnhild", ["Oslo", "A fund"]),
        ("person=Weber Paul", ["A fund"]),
        ("person=administrator@example.org", ["A fund"]),
        ("q=oslo", ["Oslo"]),
        (f"person=ragnhild&kind=exchanges.city&act={ACT}&q=osl", ["Oslo"]),
        (f"action_time__year={timezone.now().year}", ["Oslo", "A fund", "A fund"]),
        ("action_time__year=2001", []),
    ],
)
def test_entries_are_found_by_kind_act_person_name_and_date(curator, several, query, records):
    assert [row[3] for row in rows(curator, query)] == records


def test_names_are_proposed_of_those_who_did_something(curator, several):
    text = curator.get(JOURNAL).text
    assert re.findall('<option value="([^"]*)">', text) == ["Paul Weber", "Ragnhild Moe"]


def test_a_name_that_is_typed_keeps_what_was_chosen_before(curator, several):
    text = curator.get(f"{JOURNAL}?kind=exchanges.city&person=Ragnhild").text
    form = text[text.index('<form class="typed-filter"') :].split("</form>")[0]
    assert '<input type="hidden" name="kind" value="exchanges.city">' in form
    assert 'value="Ragnhild"' in form
    assert 'href="?kind=exchanges.city"' in form


@pytest.mark.parametrize("query", ["", "kind=practices.practice&person=Ragnhild&q=x"])
def test_the_journal_speaks_arabic(curator, several, query):
    text = curator.get(f"/ar/admin/accounts/journalentry/?{query}").text
    page = HttpResponse(text[text.index('<div id="content"') :])
    assert english_words(page) == ["Praised by the jury"]


def test_an_entry_opens_to_be_read(curator, entry):
    response = curator.get(f"{JOURNAL}{entry.pk}/change/")
    assert response.status_code == 200
    assert 'name="_save"' not in response.text


# Cost --------------------------------------------------------------------------------------------


def test_the_page_costs_the_same_for_any_number_of_entries(administrator, curator, practice):
    counts = []
    records = [practice, curator.person, City.objects.get(slug="oslo")]
    administrator.get(JOURNAL)
    for number in (1, 3, 50):
        LogEntry.objects.bulk_create(
            LogEntry(
                user=(administrator, curator)[place % 2].person,
                content_type=journal.ContentType.objects.get_for_model(records[place % 3]),
                object_id=str(records[place % 3].pk),
                object_repr="x",
                action_flag=2,
                action_time=timezone.now() - timedelta(minutes=place),
            )
            for place in range(number - LogEntry.objects.count())
        )
        with CaptureQueriesContext(connection) as queries:
            assert len(rows(administrator)) == number
        counts.append(len(queries))
    assert len(set(counts)) == 1
