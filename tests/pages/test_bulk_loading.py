"""Many practices are loaded from one file of records: all of it, or nothing."""

import io
import json

import pytest
from django.core.management import CommandError, call_command
from django.db import connection
from django.test.utils import CaptureQueriesContext

from exchanges.models import City, Country, Theme
from findings.models import Edition, Finding
from portal import search
from portal.common.languages import LANGUAGE_CODES
from portal.pages.bulk.loading import PRACTICES_AT_ONCE, load_practices
from portal.pages.bulk.shapes import PRACTICE
from portal.pages.seeding.faults import BrokenContentError
from practices.models import Practice, TargetGroup
from tests.bench.corpus import practice as practice_of_corpus

pytestmark = pytest.mark.django_db

# Columns that tell when and where something was written, not what.
WHEN_AND_WHERE = {"id", "updated_at"}
SMALLEST = {"slug": "new", "city": "oslo", "main_theme": "youth", "title": {"en": "Something new"}}
ELSEWHERE = [
    {"kind": "country", "code": "IS", "name": {"en": "Iceland", "ar": "آيسلندا"},
     "region": "nordic"},
    {"kind": "theme", "slug": "harbours", "name": {"en": "Harbours", "ar": "الموانئ"}},
    {"kind": "target_group", "slug": "sailors", "name": {"en": "Sailors"}},
    {"kind": "city", "slug": "akureyri", "country": "IS", "name": {"en": "Akureyri"},
     "population": 19_000, "latitude": 65.68333, "longitude": -18.1},
    {"kind": "edition", "year": 2031, "title": {"en": "Findings of 2031"}, "is_complete": True},
    {"kind": "finding", "edition": 2031, "number": 4, "title": {"en": "Ports are doors"},
     "themes": ["harbours"]},
    {"slug": "harbour-evenings", "city": "akureyri", "main_theme": "harbours",
     "title": {"en": "Harbour evenings"}, "findings": ["2031-4"], "target_groups": ["sailors"]},
]  # fmt: skip


def lines(*records):
    return [json.dumps(record).encode() + b"\n" for record in records]


def faults(*records):
    """What the loader says of these records."""
    with pytest.raises(BrokenContentError) as refused:
        load_practices(lines(*records))
    return refused.value.faults


def exported(practice):
    """A stored practice in the record format."""
    columns = {
        name: getattr(practice, name)
        for name in PRACTICE.columns
        if name not in ("city", "main_theme")
    }
    record = {name: str(value) for name, value in columns.items() if value not in (None, "")}
    record["published_at"] = practice.published_at.isoformat()
    for name in PRACTICE.texts:
        record[name] = {code: getattr(practice, f"{name}_{code}") for code in LANGUAGE_CODES}
    return record | {
        "city": practice.city.slug,
        "main_theme": practice.main_theme.slug,
        "other_cities": [city.slug for city in practice.other_cities.all()],
        "themes": [theme.slug for theme in practice.themes.all()],
        "target_groups": [group.slug for group in practice.target_groups.all()],
        "findings": [finding.key for finding in practice.findings.all()],
        "sources": [
            {"label": {code: getattr(source, f"label_{code}") for code in LANGUAGE_CODES},
             "url": source.url or None}
            for source in practice.sources.all()
        ],
    }  # fmt: skip


def everything_of(practice):
    """All that is stored of a practice, history included, but when and where."""

    def values(rows, *without):
        return [
            {name: value for name, value in row.items() if name not in {*WHEN_AND_WHERE, *without}}
            for row in rows
        ]  # fmt: skip

    return {
        "row": values(Practice.objects.filter(pk=practice.pk).values()),
        "links": {
            name: set(getattr(practice, name).values_list("pk", flat=True))
            for name in PRACTICE.links
        },
        "sources": values(practice.sources.values(), "practice_id"),
        "history": values(
            practice.history.order_by("history_id")[:1].values(),
            "history_id", "history_date", "history_change_reason",
        ),
    }  # fmt: skip


def test_real_practices_come_back_as_the_loader_of_content_stored_them():
    before, records = {}, []
    for practice in Practice.objects.order_by("pk"):
        before[practice.slug] = everything_of(practice)
        records.append(exported(practice))
    assert len(records) == 49
    with search.refreshing(list(Practice.objects.all())):
        Practice.objects.all().delete()

    assert load_practices(lines(*records)) == {"practice": 49}

    after = {practice.slug: everything_of(practice) for practice in Practice.objects.all()}
    assert after == before


def test_what_was_loaded_is_found_in_both_languages():
    text = {"en": "Quokkas calm the tram", "ar": "حيوانات الكوكا تهدئ الترام"}
    load_practices(lines(SMALLEST | {"title": text}))

    loaded = Practice.objects.get(slug="new")
    for language, query in (("en", "quokkas"), ("ar", "الكوكا")):
        found = search.find(query, language=language, kinds=["practice"])
        assert loaded.pk in [hit.id for hit in found.hits]


def test_a_file_may_bring_what_its_practices_mention():
    created = load_practices(lines(*ELSEWHERE))

    assert created == dict.fromkeys(
        ["country", "theme", "target_group", "city", "edition", "finding", "practice"], 1
    )
    practice = Practice.objects.get(slug="harbour-evenings")
    assert practice.city.country.code == "IS"
    assert [finding.key for finding in practice.findings.all()] == ["2031-4"]
    assert [theme.slug for theme in practice.themes.all()] == ["harbours"]
    assert [theme.slug for theme in Finding.objects.get(edition__year=2031).themes.all()] == [
        "harbours"
    ]
    assert City.objects.named("akureyri").exists()
    assert practice.history.get().history_change_reason == "load_practices"


def test_what_is_there_already_stays_as_it_is():
    oslo = City.objects.get(slug="oslo")
    name = {"en": "Another Oslo"}

    created = load_practices(
        lines({"kind": "city", "slug": "oslo", "country": "NO", "name": name}, SMALLEST)
    )

    assert created == {"practice": 1}
    oslo.refresh_from_db()
    assert oslo.name_en == "Oslo"
    assert Practice.objects.get(slug="new").city == oslo


@pytest.mark.parametrize(
    ("change", "fault"),
    [
        ({"slug": None}, "line 2: slug: missing"),
        ({"slug": "not a slug"}, "line 2: slug: Enter a valid"),
        ({"city": "atlantis"}, "line 2: city: expected a city that is stored or stands further up"),
        ({"city": ["oslo"]}, "line 2: city: expected a city"),
        ({"findings": ["2023-11"]}, "line 2: findings[0]: expected a finding"),
        ({"themes": "youth"}, "line 2: themes: expected a list, found 'youth'"),
        ({"title": "Only text"}, "line 2: title: expected an object, found 'Only text'"),
        ({"title": {"de": "Deutsch"}}, "line 2: title.de: unknown language"),
        ({"title": {"ar": "بالعربية"}}, "line 2: title.en: missing in the original language"),
        ({"title": {"en": "x" * 91}}, "line 2: title.en: "),
        ({"summary": {"en": "x" * 201}}, "line 2: summary.en: too long: 201 characters"),
        ({"title": {"en": "…"}}, "line 2: title.en: Write at least one letter or digit."),
        ({"summary": {"en": "a\ud800b"}}, "line 2: summary.en: This text contains characters"),
        ({"starts": "2024", "ends": "2023-12"}, "line 2: ends: lies before the start"),
        ({"starts": "soon"}, "line 2: starts: Enter a year, a month or a day"),
        ({"evidence": "overwhelming"}, "line 2: evidence: "),
        ({"published_at": "yesterday"}, "line 2: published_at: expected a time with its zone"),
        ({"published_at": "2024-03-06T12:00:00"}, "line 2: published_at: expected a time with"),
        ({"evaluation_url": "javascript:alert(1)"}, "line 2: evaluation_url: Enter a valid URL."),
        ({"sources": [{}]}, "line 2: sources[0]: a source has a label or an address"),
        ({"evaluation_uri": "https://example.org"}, "line 2: evaluation_uri: unknown key"),
        ({"kind": "practise"}, "line 2: kind: expected one of country, theme"),
        ({"slug": "first"}, "line 2: slug: 'first' is that of line 1 too"),
    ],
)  # fmt: skip
def test_a_fault_is_told_with_line_and_field_and_nothing_is_stored(change, fault):
    stored = Practice.objects.count()

    told = faults(SMALLEST | {"slug": "first"}, SMALLEST | change)

    assert len(told) == 1
    assert told[0].startswith(fault)
    assert Practice.objects.count() == stored


def test_what_came_before_a_fault_is_not_stored_either():
    told = faults(*ELSEWHERE[:6], SMALLEST | {"city": "nowhere"})

    assert len(told) == 1
    assert not Country.objects.filter(code="IS").exists()
    assert not Theme.objects.filter(slug="harbours").exists()
    assert not TargetGroup.objects.filter(slug="sailors").exists()
    assert not Edition.objects.filter(year=2031).exists()


def test_a_slug_of_a_stored_practice_is_a_fault():
    stored = Practice.objects.first()

    assert faults(SMALLEST | {"slug": stored.slug}) == [f"line 1: slug: {stored.slug!r} is taken"]


def test_all_faults_are_told_until_there_are_too_many():
    told = faults(*(SMALLEST | {"slug": f"n-{n}", "city": "nowhere"} for n in range(50)))

    assert len(told) == 21
    assert told[-1] == "the lines after that were not read"


def test_lines_that_are_no_records_are_faults():
    for line, fault in (
        (b"{\n", "line 1: not JSON at character 3"),
        (b"[]\n", "line 1: expected an object, found a list"),
        (b'{"slug": "\xff"}\n', "line 1: byte 11 is not UTF-8"),
        (b"[" * 100_000 + b"\n", "line 1: cannot be read"),
    ):
        with pytest.raises(BrokenContentError) as refused:
            load_practices([line])
        assert refused.value.faults[0].startswith(fault)


def test_practices_are_written_in_few_statements(settings):
    records = [SMALLEST | {"slug": f"many-{n}"} for n in range(PRACTICES_AT_ONCE + 1)]
    seen = {}

    def note(stage, done):
        if stage == "index":
            seen["statements"] = len(counted)

    with CaptureQueriesContext(connection) as counted:
        assert load_practices(lines(*records), progress=note) == {"practice": len(records)}
    # SQLite takes fewer values a statement than a batch of rows with sixty columns has.
    assert seen["statements"] < 150


def test_the_command_says_how_far_it_is_and_what_it_did(tmp_path):
    file = tmp_path / "practices.jsonl"
    records = [SMALLEST | {"slug": f"file-{n}"} for n in range(20)]
    file.write_bytes(b"\xef\xbb\xbf" + b"\n".join(lines(*records)))
    out = io.StringIO()

    call_command("load_practices", str(file), stdout=out)

    said = out.getvalue().splitlines()
    assert said[0] == "read: 10 %"
    assert said[-3:] == ["read: 100 %", "indexed: 100 %", "Created: 20 of kind practice."]
    assert Practice.objects.filter(slug__startswith="file-").count() == 20


def test_the_command_refuses_a_file_that_is_not_there_or_has_faults(tmp_path):
    with pytest.raises(CommandError, match="cannot be read: No such file"):
        call_command("load_practices", str(tmp_path / "none.jsonl"))
    file = tmp_path / "practices.jsonl"
    file.write_bytes(b"\n".join(lines(SMALLEST | {"city": "nowhere"})))
    with pytest.raises(CommandError, match="line 1: city: expected a city"):
        call_command("load_practices", str(file), stdout=io.StringIO())


def test_the_corpus_of_the_bench_is_in_the_record_format():
    words = " ".join(f"word{number}" for number in range(40))
    text = {"title": words[:200], "summary": words, "body": f"{words}\n\n{words}\n\n{words}"}
    row = {"id": 7, "slug": "practice-7", "date": "2024-02-29", "city": 1, "finding": 3,
           "themes": ["youth"], "en": text, "ar": text}  # fmt: skip
    record = practice_of_corpus(row, {1: "oslo"}) | {"target_groups": []}

    load_practices(lines(record))

    stored = Practice.objects.get(slug="practice-7")
    parts = (stored.title_en, stored.summary_en, stored.problem_en, stored.approach_en,
             stored.steps_en)  # fmt: skip
    assert " ".join(parts).split() == " ".join(text.values()).split()
