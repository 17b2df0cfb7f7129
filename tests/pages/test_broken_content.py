"""A broken content file is refused whole, and the place is named."""

import io

import pytest
from django.core.management import CommandError, call_command

from exchanges.models import City, Theme
from portal.pages.seeding.faults import BrokenContentError
from portal.pages.seeding.loading import load_content
from practices.models import Practice
from tests.pages.content_copies import copied_content

pytestmark = pytest.mark.django_db


@pytest.fixture
def files(tmp_path):
    """A copy of the content that a test may break."""
    return copied_content(tmp_path)


def faults_of(files):
    with pytest.raises(BrokenContentError) as caught:
        load_content(folder=files.folder)
    return caught.value.faults


FIRST = ("practices.json", "practices", 0)
LONG = "x" * 91

# Where a value is put, what it is, and what is said of it.
WRONG_VALUES = [
    (
        ("practices.json", "practices", 3, "started", "year"),
        "2008",
        "practices.json: practices[3].started.year: expected a year, found '2008'",
    ),
    (
        ("practices.json", "practices", 3, "started", "year"),
        20080,
        "practices.json: practices[3].started.year: expected a year, found 20080",
    ),
    (
        (*FIRST, "title", "ar"),
        LONG,
        "practices.json: practices[0].title.ar: too long: 91 characters, at most 90 are allowed",
    ),
    (
        (*FIRST, "summary", "en"),
        "x" * 201,
        (
            "practices.json: practices[0].summary.en: "
            "too long: 201 characters, at most 200 are allowed"
        ),
    ),
    (
        (*FIRST, "title", "en"),
        None,
        "practices.json: practices[0].title.en: expected a text, found null",
    ),
    (
        (*FIRST, "title", "en"),
        "\u200f\u200b",
        "practices.json: practices[0].title.en: expected a text, found '\\u200f\\u200b'",
    ),
    (
        (*FIRST, "problem", "ar"),
        "\ud800",
        (
            "practices.json: practices[0].problem.ar: "
            "This text contains characters that cannot be read."
        ),
    ),
    (
        (*FIRST, "city"),
        "atlantis",
        "practices.json: practices[0].city: 'atlantis' is not in cities.json",
    ),
    (
        (*FIRST, "findings_2023"),
        [5, 11],
        "practices.json: practices[0].findings_2023[1]: '2023-11' is not in findings.json",
    ),
    (
        (*FIRST, "target_group_slugs"),
        ["families", "families"],
        "practices.json: practices[0].target_group_slugs[1]: 'families' stands in this list twice",
    ),
    (
        (*FIRST, "evaluation", "strength"),
        "sure",
        (
            "practices.json: practices[0].evaluation.strength: "
            "expected one of none-found, limited, moderate, strong, found 'sure'"
        ),
    ),
    (
        (*FIRST, "theme"),
        "youth",
        "practices.json: practices[0].theme: is not among the themes",
    ),
    (
        (*FIRST, "steps"),
        [{"en": "Listen."}],
        "practices.json: practices[0].steps[0].ar: missing",
    ),
    (
        (*FIRST, "sources", 0),
        "https://example.org/a b",
        "practices.json: practices[0].sources[0]: Enter a valid URL.",
    ),
    (
        (*FIRST, "sources", 0),
        "javascript:alert(1)",
        "practices.json: practices[0].sources[0]: Enter a valid URL.",
    ),
    (
        ("cities.json", "cities", 1, "website"),
        "amsterdam",
        "cities.json: cities[1].website: Enter a valid URL.",
    ),
    (
        ("cities.json", "cities", 1, "id"),
        "aarhus",
        "cities.json: cities[1].id: 'aarhus' is also that of cities[0]",
    ),
    (
        ("cities.json", "cities", 1, "population"),
        362000,
        "cities.json: cities[1].population: expected an object, found 362000",
    ),
    (
        ("events.json", "events", 0, "year"),
        2020,
        "events.json: events[0].year: the event starts in 2021",
    ),
    (
        ("events.json", "events", 0, "date", "start"),
        "2021-02-30",
        (
            "events.json: events[0].date.start: "
            "expected a date such as 2024, 2024-03 or 2024-03-06, found '2021-02-30'"
        ),
    ),
    (
        ("events.json", "events", 0, "date", "precision"),
        "month",
        "events.json: events[0].date.precision: expected day, found 'month'",
    ),
    (
        ("events.json", "events", 0, "date", "end"),
        "2021-10-26",
        "events.json: events[0].date.end: lies before the start",
    ),
    (
        ("editions.json", "editions", 0, "published_on"),
        "20 January 2023",
        (
            "editions.json: editions[0].published_on: "
            "expected a day such as 2024-03-06, found '20 January 2023'"
        ),
    ),
    (
        ("findings.json", "findings", 0, "id"),
        "2023-1",
        "findings.json: findings[0].id: expected 2023-01, found '2023-1'",
    ),
    (
        ("countries.json", "countries", 0, "region"),
        "atlantic",
        (
            "countries.json: countries[0].region: expected one of nordic, western, "
            "central-eastern, southern, united-states, canada, elsewhere, found 'atlantic'"
        ),
    ),
    (("themes.json", "themes"), {}, "themes.json: themes: expected a list, found an object"),
    (("themes.json", "extra"), [], "themes.json: extra: unknown key"),
    (
        ("themes.json", "themes", 0, "colour"),
        "red",
        "themes.json: themes[0].colour: unknown key",
    ),
    (
        ("themes.json", "themes", 0, "name", "fr"),
        "Coopération",
        "themes.json: themes[0].name.fr: unknown key",
    ),
]


@pytest.mark.parametrize(
    ("path", "value", "fault"),
    WRONG_VALUES,
    ids=[f"{path[0]}-{i}" for i, (path, *_rest) in enumerate(WRONG_VALUES)],
)
def test_a_wrong_value_is_refused_with_its_place(files, path, value, fault):
    files.change(*path, to=value)

    assert faults_of(files) == [fault]


@pytest.mark.parametrize(
    ("path", "fault"),
    [
        ((*FIRST, "title"), "practices.json: practices[0].title: missing"),
        ((*FIRST, "title", "ar"), "practices.json: practices[0].title.ar: missing"),
        ((*FIRST, "started", "end"), "practices.json: practices[0].started.end: missing"),
        (("events.json", "events", 2, "date"), "events.json: events[2].date: missing"),
        (("partners.json", "partners"), "partners.json: partners: missing"),
    ],
)
def test_a_missing_key_is_refused_with_its_place(files, path, fault):
    files.remove(*path)

    assert faults_of(files) == [fault]


@pytest.mark.parametrize(
    ("text", "fault"),
    [
        (b'{"themes": [\n  {"slug": "youth",}\n]}', "line 2, column 20: Expecting property name"),
        (b"", "line 1, column 1: Expecting value"),
        (b'{"themes": "\xff"}', "byte 12 is not UTF-8"),
        (b'{"themes": [], "themes": []}', "cannot be read: the key 'themes' stands twice"),
        (b'{"themes": NaN}', "cannot be read: NaN is not JSON"),
        (b"[" * 100_000, "cannot be read: "),
    ],
)
@pytest.mark.parametrize("file", ["themes.json", "glossary.json"])
def test_what_is_not_json_is_refused_with_its_place(files, file, text, fault):
    (files.folder / file).write_bytes(text)

    found = [line for line in faults_of(files) if line.startswith(file)]
    assert len(found) == 1
    assert found[0].startswith(f"{file}: {fault}")


def test_a_missing_file_is_refused(files):
    (files.folder / "editions.json").unlink()

    assert "editions.json: the file is missing" in faults_of(files)


def test_every_fault_is_named_at_once(files):
    files.change("practices.json", "practices", 3, "started", "year", to="2008")
    files.change("cities.json", "cities", 0, "country", to=45)
    files.remove("themes.json", "themes", 1, "name")

    assert sorted(faults_of(files)) == [
        "cities.json: cities[0].country: expected a text, found 45",
        "practices.json: practices[3].started.year: expected a year, found '2008'",
        "themes.json: themes[1].name: missing",
    ]


def test_nothing_is_written_where_the_last_file_is_broken(files):
    files.change("themes.json", "themes", 0, "name", "en", to="Changed")
    files.change("practices.json", "practices", 48, "city", to="atlantis")

    faults_of(files)

    assert not Theme.objects.filter(name_en="Changed").exists()


def test_nothing_is_written_where_the_database_refuses_a_record(files):
    files.change("themes.json", "themes", 0, "name", "en", to="Changed")
    files.change("cities.json", "cities", 5, "latitude", to=95.5)

    [fault] = faults_of(files)

    assert fault.startswith("cities.json: cities[5]: the database refuses it: ")
    assert "city_place_is_whole_and_on_earth" in fault
    assert not Theme.objects.filter(name_en="Changed").exists()
    assert City.objects.filter(latitude=95.5).count() == 0


def test_direction_overrides_do_not_come_in(files):
    files.change("practices.json", "practices", 0, "title", "en", to="Grants\u202e for all")

    load_content(folder=files.folder)

    assert Practice.objects.get(slug="london-shared-endeavour-fund").title_en == "Grants for all"


def test_the_command_ends_with_the_faults_and_no_traceback(files):
    files.change("practices.json", "practices", 3, "started", "year", to="2008")
    output = io.StringIO()

    with pytest.raises(CommandError) as caught:
        call_command("load_content", str(files.folder), stdout=output)

    assert caught.value.returncode == 1
    assert str(caught.value) == (
        "nothing was loaded, because of:\n"
        "practices.json: practices[3].started.year: expected a year, found '2008'"
    )
    assert output.getvalue() == ""
