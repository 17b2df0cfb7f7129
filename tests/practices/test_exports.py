"""Lists of practices as CSV, XLSX and JSON files and on paper."""

import csv
import io
import json
import re
from datetime import datetime
from ipaddress import IPv6Address
from secrets import randbits

import pytest
from django.conf import settings
from django.utils import timezone, translation
from openpyxl import load_workbook

from exchanges.models import City
from findings.models import Finding
from portal.common.languages import columns
from practices.choices import State
from practices.exports.columns import ENTRIES, NAMES
from practices.exports.formats import FORMATS
from practices.exports.selection import PRACTICES_A_CHUNK, rows
from practices.models import Practice
from tests.practices.records import only_in, publish_only

pytestmark = pytest.mark.django_db

LANGUAGES = ["en", "ar"]
LONDON = "london-shared-endeavour-fund"


@pytest.fixture
def client(client):
    """A client at a network address of its own: how many files one has fetched outlasts a test."""
    client.defaults["REMOTE_ADDR"] = str(IPv6Address(0x2001_0DB8 << 96 | randbits(64) << 32))
    return client


def content_of(response) -> bytes:
    assert response.status_code == 200
    return b"".join(response.streaming_content)


def export(client, name: str, query: str = "", *, language: str = "en") -> bytes:
    return content_of(client.get(f"/{language}/practices/export/{name}/{query}"))


def csv_rows(content: bytes, separator: str = ",") -> list[dict]:
    text = content.decode("utf-8-sig")
    return list(csv.DictReader(io.StringIO(text, newline=""), delimiter=separator, strict=True))


def excel_rows(content: bytes) -> list[dict]:
    return csv_rows(content, ";")


def xlsx_rows(content: bytes) -> list[dict]:
    head, *body = load_workbook(io.BytesIO(content)).worksheets[0].iter_rows(values_only=True)
    return [
        {name: "" if value is None else str(value) for name, value in zip(head, row, strict=True)}
        for row in body
    ]


def json_rows(content: bytes) -> list[dict]:
    return json.loads(content)["practices"]


def as_cell(value) -> str:
    """What the documentation says of a value: nothing is empty, a list has a line for each."""
    if isinstance(value, list):
        return "\n".join(map(as_cell, value))
    return "" if value is None else str(value)


def published() -> list[Practice]:
    return list(Practice.objects.published().newest_first())


@pytest.mark.parametrize("language", LANGUAGES)
def test_all_formats_say_the_same_of_every_practice_in_both_languages(client, language):
    plain = csv_rows(export(client, "csv", language=language))
    for_excel = excel_rows(export(client, "excel.csv", language=language))
    book = xlsx_rows(export(client, "xlsx", language=language))
    objects = json_rows(export(client, "json", language=language))
    assert plain == for_excel == book
    assert plain == [{name: as_cell(value) for name, value in each.items()} for each in objects]
    assert [list(each) for each in objects] == [list(NAMES)] * len(published())
    for row, practice in zip(objects, published(), strict=True):
        assert row["id"] == practice.pk
        with translation.override(language):
            assert row["address"] == settings.SITE_URL + practice.get_absolute_url()
        for name in [*columns("title"), *columns("steps"), *columns("evaluation")]:
            assert row[name] == (getattr(practice, name) or None)
    assert any("ب" in row["title_ar"] for row in plain)


def test_what_hangs_on_a_practice_is_there_in_both_languages(client):
    practice = Practice.objects.get(slug=LONDON)
    [row] = [row for row in json_rows(export(client, "json")) if row["id"] == practice.pk]
    sources = list(practice.sources.all())
    assert row["source_urls"] == [source.url or None for source in sources]
    assert row["source_labels_ar"] == [source.label_ar or None for source in sources]
    assert row["findings"] == [
        finding.key for finding in practice.findings.published().in_order_of_number()
    ]
    assert set(row["themes"]) == {theme.slug for theme in practice.themes.all()}
    assert set(row["target_groups_ar"]) == {group.name_ar for group in practice.target_groups.all()}
    assert (row["city"], row["city_ar"]) == (practice.city.slug, practice.city.name_ar)
    assert row["country_code"] == "GB"
    assert row["starts"] == str(practice.starts)
    assert row["updated_at"] == f"{practice.updated_at:%Y-%m-%dT%H:%M:%SZ}"


def test_a_text_stands_in_its_own_language_only(client):
    practice = only_in("ar", LONDON)
    [row] = [row for row in json_rows(export(client, "json")) if row["id"] == practice.pk]
    assert row["title_ar"] == practice.title_ar
    assert row["title_en"] is None
    assert row["languages"] == ["ar"]


@pytest.mark.parametrize(
    "query",
    [
        "",
        "?sort=city",
        "?theme=youth",
        "?evidence=moderate&evidence=limited&region=nordic",
        "?q=youth",
        "?q=youth&sort=city&language=ar",
        "?page=2",
    ],
)
@pytest.mark.parametrize("language", LANGUAGES)
def test_a_file_has_the_rows_of_the_list_in_its_order(client, language, query):
    address = f"/{language}/practices/{query.replace('?page=2', '')}"
    exported = [row["id"] for row in json_rows(export(client, "json", query, language=language))]
    assert exported == leafed_through(client, address)
    assert exported


def leafed_through(client, address: str) -> list[int]:
    """The practices on all pages of a list."""
    found, page = [], 1
    while True:
        joint = "&" if "?" in address else "?"
        response = client.get(f"{address}{joint}page={page}")
        found += map(int, re.findall(r'<h3[^>]*><a href="/../practices/(\d+)-', response.text))
        if not response.context["page_obj"].has_next():
            return found
        page += 1


def test_a_list_of_nothing_is_a_file_with_nothing_but_its_columns(client):
    query = "?theme=youth&city=oslo&evidence=strong&q=zzzzqqq"
    assert export(client, "csv", query).decode() == ",".join(NAMES) + "\r\n"
    assert xlsx_rows(export(client, "xlsx", query)) == []
    assert json.loads(export(client, "json", query))["count"] == 0


def test_the_object_says_when_where_and_how_many(client):
    made = json.loads(export(client, "json", "?theme=youth&page=3"))
    assert set(made) == {"generated", "address", "practices", "count"}
    assert made["count"] == len(made["practices"])
    assert made["address"] == "http://testserver/en/practices/?theme=youth"
    age = timezone.now() - datetime.fromisoformat(made["generated"])
    assert abs(age.total_seconds()) < 60


@pytest.mark.parametrize("name", [each.name for each in FORMATS])
def test_only_what_is_published_leaves(client, name):
    secret = "for the curators alone"
    hidden, shown = published()[:2]
    Practice.objects.filter(pk=hidden.pk).update(state=State.WITHDRAWN)
    Practice.objects.filter(pk=shown.pk).update(curator_note=secret)
    City.objects.filter(pk=shown.city_id).update(is_published=False, curator_note=secret)
    read = {"xlsx": xlsx_rows, "json": json_rows, "csv": csv_rows, "excel.csv": excel_rows}
    content = export(client, name)
    found = read[name](content)
    ids = {str(row["id"]) for row in found}
    assert str(hidden.pk) not in ids
    [row] = [row for row in found if str(row["id"]) == str(shown.pk)]
    assert not row["city"]
    assert row["city_en"] == shown.city.name_en
    assert secret not in str(found)


def test_a_hidden_finding_and_a_hidden_partner_city_are_not_named(client):
    practice = Practice.objects.get(slug=LONDON)
    finding = practice.findings.first()
    city = City.objects.get(slug="oslo")
    practice.other_cities.add(city)
    assert "oslo" in row_of(client, practice)["other_cities"]
    Finding.objects.filter(pk=finding.pk).update(is_published=False)
    City.objects.filter(pk=city.pk).update(is_published=False)
    row = row_of(client, practice)
    assert finding.key not in row["findings"]
    assert row["other_cities"] == []


def row_of(client, practice: Practice) -> dict:
    return next(row for row in json_rows(export(client, "json")) if row["id"] == practice.pk)


@pytest.mark.parametrize(
    ("language", "name"), [("en", "practices"), ("ar", "%D8%A7%D9%84%D9%85%D9%85%D8%A7%D8%B1")]
)
@pytest.mark.parametrize("format_", FORMATS, ids=lambda each: each.name)
def test_a_file_has_a_name_for_its_reader_and_stays_out_of_search_engines(
    client, format_, language, name
):
    today = f"{timezone.localdate():%Y-%m-%d}"
    for method in (client.get, client.head):
        response = method(f"/{language}/practices/export/{format_.name}/")
        disposition = response.headers["Content-Disposition"]
        plain = f'filename="practices-{language}-{today}{format_.ending}"'
        assert disposition.startswith(f"attachment; {plain}; filename*=UTF-8''{name}")
        assert disposition.endswith(f"-{today}{format_.ending}")
        assert response.headers["X-Robots-Tag"] == "noindex"
        assert response.headers["Content-Type"] == format_.content_type
        assert response.cookies == {}
        assert response.streaming
        response.close()
    assert b"".join(response.streaming_content) == b""


def test_other_formats_and_methods_are_refused(client):
    assert client.get("/en/practices/export/pdf/").status_code == 404
    assert client.get("/en/practices/export/__class__/").status_code == 404
    assert client.post("/en/practices/export/csv/").status_code == 405


def test_files_are_made_twenty_times_a_minute_for_one_address_of_the_network(client):
    for _ in range(20):
        export(client, "csv", "?theme=youth")
    refused = client.get("/ar/practices/export/json/")
    assert (refused.status_code, refused.headers["Retry-After"]) == (429, "60")
    assert client.head("/en/practices/export/csv/").status_code == 200
    assert client.get("/en/practices/export/csv/", REMOTE_ADDR="192.0.2.7").status_code == 200


NONSENSE = ["?q=%22", "?q=NEAR(", "?page=-1", "?page=9e99", "?theme=nothing", "?sort=__class__"]


@pytest.mark.parametrize("query", [*NONSENSE, "?q=%D9%8E"])
@pytest.mark.parametrize("name", ["csv", "json"])
def test_nonsense_gives_a_file_as_it_gives_a_list(client, name, query):
    assert export(client, name, query)


def test_the_flavours_of_csv_are_what_the_documentation_says(client):
    plain, for_excel = export(client, "csv"), export(client, "excel.csv")
    assert not plain.startswith(b"\xef\xbb\xbf")
    assert for_excel.startswith(b'\xef\xbb\xbf"id";"address";')
    for content in (plain, for_excel):
        assert content.endswith(b"\r\n")
        assert b"\r" not in content.replace(b"\r\n", b"")


@pytest.mark.parametrize("language", LANGUAGES)
def test_a_workbook_reads_from_its_side_and_explains_itself(client, language):
    book = load_workbook(io.BytesIO(export(client, "xlsx", "?theme=youth", language=language)))
    sheet, about = book.worksheets
    assert sheet.sheet_view.rightToLeft == about.sheet_view.rightToLeft == (language == "ar")
    assert sheet.freeze_panes == "B2"
    told = [[cell.value for cell in row] for row in about.iter_rows()]
    assert told[0][1] == f"http://testserver/{language}/practices/?theme=youth"
    meanings = {(name, (text or "").partition("\n")[0]) for name, text in told}
    assert any("none-found: " in (text or "") for _name, text in told)
    with translation.override(language):
        for entry in ENTRIES:
            for column in entry.columns:
                assert (column.name, str(entry.description)) in meanings


@pytest.mark.parametrize("number", [3, 49])
def test_a_chunk_costs_as_many_statements_however_full_it_is(number, django_assert_num_queries):
    publish_only(number)
    ids = [practice.pk for practice in published()]
    assert len(ids) == number
    with django_assert_num_queries(8):
        [chunk] = rows(ids, "ar")
    assert len(chunk) == number


def test_a_long_list_is_read_chunk_by_chunk(django_assert_num_queries):
    publish_only(PRACTICES_A_CHUNK + 1)
    ids = [practice.pk for practice in published()]
    chunks = rows(ids, "en")
    with django_assert_num_queries(8):
        assert len(next(chunks)) == PRACTICES_A_CHUNK
    assert len(next(chunks)) == 1
    assert list(chunks) == []
