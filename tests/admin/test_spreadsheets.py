"""Export and import of cities and practices: nothing runs, nothing is lost, all or nothing."""

import csv
import io
import zipfile

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from hypothesis import given
from hypothesis import strategies as st
from openpyxl import Workbook, load_workbook

from exchanges.models import City
from portal import search
from portal.common.desk.formats import inert, revived
from practices.models import Practice
from tests.admin.conftest import LANGUAGES, desk

FORMATS = {"csv": "0", "xlsx": "1"}
DESKS = ["exchanges.city", "practices.practice"]
FORMULAS = ["=1+1", "+1+1", "-1+1", "@SUM(A1)", "＝1", "＋1+1", "－1+1", "＠a", "'=1", "''-x"]


def export(client, model: str, format_: str, *, language: str = "en", **query) -> bytes:
    response = client.post(
        desk(model, "export", language=language),
        {"format": FORMATS[format_], "resource": ""},
        query_params=query,
    )
    assert response.headers["Content-Disposition"].endswith(f'.{format_}"')
    return response.content


def preview(client, model: str, content: bytes, *, language: str = "en", name: str = "rows.csv"):
    file = SimpleUploadedFile(name, content)
    data = {"import_file": file, "resource": ""}
    return client.post(desk(model, "import", language=language), data)


def confirm(client, model: str, page, *, language: str = "en"):
    form = page.context["confirm_form"]
    data = {bound.html_name: bound.value() for bound in form}
    return client.post(desk(model, "process_import", language=language), data)


def table(*rows: dict) -> bytes:
    out = io.StringIO()
    writer = csv.DictWriter(out, list(rows[0]))
    writer.writeheader()
    writer.writerows(rows)
    return out.getvalue().encode()


def rows_of(content: bytes) -> list[dict]:
    return list(csv.DictReader(io.StringIO(content.decode("utf-8-sig"))))


def faults(page) -> list[str]:
    """What the page says is wrong with the file or its rows."""
    if errors := page.context["form"].errors:
        return [message for messages in errors.values() for message in messages]
    result = page.context["result"]
    told = [message for error in result.base_errors for message in error.error.messages]
    for row in result.invalid_rows:
        told += [
            f"{name}: {text}" for name, texts in row.field_specific_errors.items() for text in texts
        ]
        told += row.non_field_specific_errors
    return told


@pytest.mark.parametrize("format_", FORMATS)
@pytest.mark.parametrize("model", DESKS)
@pytest.mark.parametrize(("language", "other"), [LANGUAGES, LANGUAGES[::-1]])
def test_a_round_trip_changes_nothing_in_any_language(curator, model, format_, language, other):
    content = export(curator, model, format_, language=language)
    page = preview(curator, model, content, language=other)
    totals = {name: count for name, count in page.context["result"].totals.items() if count}
    records = {"exchanges.city": City, "practices.practice": Practice}[model].objects.count()
    assert totals == {"skip": records}


@pytest.mark.parametrize("model", DESKS)
def test_a_file_has_a_column_a_language_and_no_note_for_curators(curator, model):
    columns = set(rows_of(export(curator, model, "csv"))[0])
    assert {"slug", "curator_note"} & columns == {"slug"}
    assert not {"id", "title", "name", "sort_en", "spellings", "updated_at"} & columns
    assert {f"{'name' if 'city' in model else 'title'}_{code}" for code in LANGUAGES} <= columns


def test_a_csv_file_begins_with_the_mark_of_utf_8(curator):
    content = export(curator, "exchanges.city", "csv", language="ar")
    assert content.startswith(b"\xef\xbb\xbf")
    assert {row["slug"]: row["name_ar"] for row in rows_of(content)}["oslo"] == "أوسلو"


def test_an_export_has_the_rows_that_the_list_shows(curator):
    rows = rows_of(export(curator, "exchanges.city", "csv", country__region="nordic"))
    nordic = set(City.objects.filter(country__region="nordic").values_list("slug", flat=True))
    assert {row["slug"] for row in rows} == nordic


@pytest.mark.parametrize("formula", FORMULAS)
def test_no_cell_is_a_formula(curator, formula):
    City.objects.filter(slug="oslo").update(name_en=formula)
    rows = rows_of(export(curator, "exchanges.city", "csv"))
    assert {row["slug"]: row["name_en"] for row in rows}["oslo"] == f"'{formula}"
    book = load_workbook(io.BytesIO(export(curator, "exchanges.city", "xlsx")))
    cells = [cell for row in book.active.iter_rows() for cell in row]
    assert {cell.data_type for cell in cells if isinstance(cell.value, str)} <= {"s", "inlineStr"}
    assert f"'{formula}" in {cell.value for cell in cells}


@given(st.text(), st.sampled_from(["", "=", "\t=", "\r+", " @", "\ufeff=", "'", "'=", "＝"]))
def test_every_text_comes_back_as_it_was(text, start):
    cell = inert(start + text)
    assert revived(cell) == start + text
    assert not cell.strip("\ufeff \t\r\n").startswith(("=", "@", "＝", "＠", "＋", "－"))


def test_a_change_is_shown_first_and_written_when_confirmed(curator):
    rows = table({"slug": "oslo", "name_en": "Oslo by the fjord", "population": "٧٠٩٬٠٠١"})
    page = preview(curator, "exchanges.city", rows)
    [row] = page.context["result"].valid_rows()
    assert [difference.label for difference in row.diff] == ["name_en", "population"]
    assert City.objects.get(slug="oslo").name_en == "Oslo"
    assert confirm(curator, "exchanges.city", page).status_code == 302
    oslo = City.objects.get(slug="oslo")
    assert (oslo.name_en, oslo.population, oslo.name_ar) == ("Oslo by the fjord", 709001, "أوسلو")
    assert oslo.history.first().history_change_reason == "import"
    assert search.find("fjord", language="en", kinds=["city"]).ids == [oslo.pk]
    assert search.find("fjord", language="en", kinds=["practice"]).total > 0


def test_links_are_read_by_their_keys(curator):
    rows = table(
        {"slug": "london-shared-endeavour-fund", "findings": "2023-3|2023-4", "city": "oslo"}
    )
    page = preview(curator, "practices.practice", rows)
    confirm(curator, "practices.practice", page)
    practice = Practice.objects.get(slug="london-shared-endeavour-fund")
    keys = [finding.key for finding in practice.findings.in_order_of_number()]
    assert (practice.city.slug, keys) == ("oslo", ["2023-3", "2023-4"])


def test_a_new_practice_may_have_arabic_texts_only(curator):
    rows = table({
        "slug": "night-cafe", "original_language": "ar", "title_ar": "مقهى الحوار الليلي",
        "city": "oslo", "main_theme": Practice.objects.first().main_theme.slug,
        "starts": "٢٠٢٤-٠٣", "state": "published",
    })  # fmt: skip
    confirm(curator, "practices.practice", preview(curator, "practices.practice", rows))
    practice = Practice.objects.get(slug="night-cafe")
    assert (practice.title_en, str(practice.starts)) == (None, "2024-03")
    assert practice.published_at is not None


@pytest.mark.parametrize(
    ("language", "told"),
    [
        ("en", {"country: Nothing here is called XX.", "population: Enter a whole number.",
                "is_published: Write 1 for yes or 0 for no.",
                "offers: Nothing here is called a and b.",
                "standing: Select a valid choice. chief is not one of the available choices."}),
        ("ar", {"country: لا يوجد هنا ما يُسمّى XX.", "population: أدخل رقما صحيحا.",
                "is_published: اكتب 1 لنعم أو 0 للا.", "offers: لا يوجد هنا ما يُسمّى a وb.",
                "standing: انتق خياراً صحيحاً. chief ليس أحد الخيارات المتاحة."}),
    ],
)  # fmt: skip
def test_every_fault_of_a_row_is_named_and_nothing_is_written(curator, language, told):
    page = preview(
        curator,
        "exchanges.city",
        table(
            {"slug": "oslo", "name_en": "Kristiania", "country": "NO", "population": "1",
             "standing": "member", "is_published": "1", "offers": ""},
            {"slug": "aarhus", "name_en": "Aarhus", "country": "XX", "population": "many",
             "standing": "chief", "is_published": "perhaps", "offers": "a|b"},
        ),
        language=language,
    )  # fmt: skip
    assert set(faults(page)) == told
    assert [row.number for row in page.context["result"].invalid_rows] == [2]
    assert "confirm_form" not in page.context
    assert City.objects.get(slug="oslo").name_en == "Oslo"


def test_a_row_that_fails_in_earnest_takes_the_others_with_it(curator):
    rows = table({"slug": "oslo", "country": "NO", "name_en": "Kristiania"},
                 {"slug": "alta", "country": "NO", "name_en": "Alta"})  # fmt: skip
    page = preview(curator, "exchanges.city", rows)
    City.objects.get(slug="oslo").country.cities.update(
        country_id=City.objects.get(slug="aarhus").country_id
    )
    City.objects.first().country._meta.model.objects.filter(code="NO").delete()
    response = confirm(curator, "exchanges.city", page)
    assert "Nothing here is called NO." in response.content.decode()
    assert not City.objects.filter(slug="alta").exists()
    assert City.objects.get(slug="oslo").name_en == "Oslo"


@pytest.mark.parametrize(
    ("content", "told"),
    [
        (b"name_en\nOslo\n", "The column “slug” is missing."),
        (b"slug,nmae_en\noslo,Oslo\n", "These columns are not known here: nmae_en."),
        (b"slug,name_en,name_en\noslo,a,b\n", "These columns stand there twice: name_en."),
        (b"slug\noslo\noslo\n", "These records stand there twice: oslo."),
        (b"slug,name_en\n,Oslo\n", "slug: Each row needs the name of its record in addresses."),
        (b"slug,curator_note\noslo,x\n", "These columns are not known here: curator_note."),
        (b"slug\n", "The file has no rows below the names of the columns."),
        ("slug,name_ar\noslo,أوسلو\n".encode("windows-1256"),
         "The file is not written in UTF-8. Save it as “CSV UTF-8” or as XLSX."),
        (b"PK\x03\x04 no archive", "The file is damaged or no XLSX file."),
    ],
)  # fmt: skip
def test_a_file_that_cannot_be_read_is_refused_with_the_reason(curator, content, told):
    assert faults(preview(curator, "exchanges.city", content)) == [told]


def test_a_file_of_another_spreadsheet_program_is_read(curator):
    content = "slug;name_en\r\noslo;Oslo\r\n".encode("utf-8-sig")
    assert preview(curator, "exchanges.city", content).context["result"].totals["skip"] == 1


def test_numbers_and_dates_of_a_workbook_are_read(curator):
    book = Workbook()
    book.active.append(["slug", "population", "population_year", "is_published", "website"])
    book.active.append(["oslo", 709000.0, 2023, True, None])
    out = io.BytesIO()
    book.save(out)
    page = preview(curator, "exchanges.city", out.getvalue(), name="rows.xlsx")
    confirm(curator, "exchanges.city", page)
    oslo = City.objects.get(slug="oslo")
    assert (oslo.population, oslo.population_year, oslo.website) == (709000, 2023, "")


def bomb(size: int) -> bytes:
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr("xl/worksheets/sheet1.xml", b"0" * size)
    return out.getvalue()


def many_members() -> bytes:
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w") as archive:
        for number in range(300):
            archive.writestr(str(number), b"")
    return out.getvalue()


@pytest.mark.parametrize("content", [bomb(60 * 1024 * 1024), bomb(1024 * 1024), many_members()])
def test_an_archive_that_unpacks_into_too_much_is_not_opened(curator, content):
    assert faults(preview(curator, "exchanges.city", content, name="rows.xlsx")) == [
        "The file unpacks into far more than a table of records. It was not opened."
    ]


def test_a_file_that_is_too_large_is_refused(curator, settings):
    settings.IMPORT_MAX_BYTES = 10
    assert faults(preview(curator, "exchanges.city", b"slug\n" + b"oslo" * 9)) == [
        "A file may have at most 10\xa0bytes."
    ]


def test_a_preview_is_confirmed_once(curator):
    page = preview(curator, "exchanges.city", table({"slug": "oslo", "name_en": "Oslo!"}))
    confirm(curator, "exchanges.city", page)
    City.objects.filter(slug="oslo").update(name_en="Oslo")
    again = confirm(curator, "exchanges.city", page)
    assert again.url == desk("exchanges.city", "import")
    assert City.objects.get(slug="oslo").name_en == "Oslo"


def test_a_preview_is_confirmed_by_nobody_else(curator, administrator):
    page = preview(curator, "exchanges.city", table({"slug": "oslo", "name_en": "Oslo!"}))
    assert confirm(administrator, "exchanges.city", page).url == desk("exchanges.city", "import")
    assert City.objects.get(slug="oslo").name_en == "Oslo"


def test_translators_export_but_do_not_import(translator):
    assert rows_of(export(translator, "exchanges.city", "csv"))
    assert preview(translator, "exchanges.city", b"slug\noslo\n").status_code == 403
    assert translator.post(desk("exchanges.city", "process_import")).status_code == 403
