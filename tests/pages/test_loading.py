"""The content files are loaded whole, and again without harm."""

import datetime
import io
from collections import Counter

import pytest
from django.core.management import call_command
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from exchanges.models import City, CitySource, Country, DialogueEvent, EventPartner, Partner, Theme
from findings.models import Discussion, Edition, Finding
from portal import search
from portal.common.dates import PartialDate
from portal.pages.seeding.loading import load_content
from practices.choices import State
from practices.models import Practice, PracticeSource, TargetGroup
from tests.pages.content_copies import copied_content, read_json

pytestmark = pytest.mark.django_db

COUNTS = {
    Country: 20,
    Theme: 15,
    TargetGroup: 12,
    City: 80,
    Partner: 37,
    DialogueEvent: 18,
    Edition: 3,
    Finding: 14,
    Practice: 49,
}


@pytest.fixture
def empty_portal():
    """A database without any content."""
    for model in reversed(COUNTS):
        model.objects.all().delete()


@pytest.fixture
def files(tmp_path):
    """A copy of the content that a test may change."""
    return copied_content(tmp_path)


def totals(outcomes):
    return {
        what: sum(len(getattr(outcome, what)) for outcome in outcomes)
        for what in ("created", "updated", "unchanged", "kept")
    }


def test_everything_is_loaded_into_an_empty_portal(empty_portal):
    outcomes = load_content()

    assert {model: model.objects.count() for model in COUNTS} == COUNTS
    assert totals(outcomes) == {"created": 248, "updated": 0, "unchanged": 0, "kept": 0}
    assert CitySource.objects.count() == 94
    assert PracticeSource.objects.count() == 201
    assert Counter(EventPartner.objects.values_list("role", flat=True)) == {
        "partner": 26,
        "supporter": 14,
    }
    assert list(Discussion.objects.values_list("basis", flat=True)) == ["inferred"] * 7
    assert Practice.findings.through.objects.count() == 113


def test_everything_that_is_loaded_is_published():
    for model in (City, DialogueEvent, Edition, Finding, Practice):
        assert model.objects.published().count() == COUNTS[model]


def test_second_run_changes_nothing_and_says_so(empty_portal):
    load_content()
    before = {model: list(model.objects.order_by("pk").values()) for model in COUNTS}
    history = Practice.history.count()
    output = io.StringIO()

    with CaptureQueriesContext(connection) as queries:
        call_command("load_content", stdout=output)

    assert output.getvalue().splitlines()[0] == "Content: nothing changed."
    assert "  practices: 0 created, 0 updated, 49 unchanged" in output.getvalue().splitlines()
    assert {model: list(model.objects.order_by("pk").values()) for model in COUNTS} == before
    assert Practice.history.count() == history
    assert [q["sql"] for q in queries if q["sql"].startswith(("INSERT", "UPDATE", "DELETE"))] == []
    assert len(queries) <= 40


def test_run_on_a_later_day_keeps_the_day_of_review(empty_portal, monkeypatch):
    load_content()
    today = timezone.localdate()
    in_a_year = timezone.now() + datetime.timedelta(days=365)
    monkeypatch.setattr(timezone, "now", lambda: in_a_year)

    outcomes = load_content()

    assert totals(outcomes)["unchanged"] == 248
    days = set(Practice.objects.values_list("review_by", flat=True))
    assert {day.year for day in days} == {today.year + 2}


def test_texts_arrive_in_both_languages():
    practices = {practice.slug: practice for practice in Practice.objects.all()}
    for content in read_json("practices.json")["practices"]:
        practice = practices[content["id"]]
        assert practice.original_language == "en"
        for language in ("en", "ar"):
            stored = {
                name: getattr(practice, f"{column}_{language}")
                for name, column in [
                    ("title", "title"),
                    ("summary", "summary"),
                    ("problem", "problem"),
                    ("approach", "approach"),
                    ("run_by", "run_by"),
                    ("target_groups", "for_whom"),
                    ("resources", "resources"),
                ]
            }
            assert stored == {name: content[name][language] for name in stored}
            steps = getattr(practice, f"steps_{language}").split("\n")
            assert steps == [step[language] for step in content["steps"]]


def test_a_practice_has_what_its_file_says():
    practice = Practice.objects.get(slug="kristiansand-plattform")
    assert practice.city.slug == "kristiansand"
    assert practice.main_theme.slug == "cooperation"
    assert practice.starts == PartialDate(2016)
    assert practice.ends is None
    assert practice.state == State.PUBLISHED
    assert set(practice.target_groups.values_list("slug", flat=True)) == {
        "frontline-practitioners",
        "schools-and-teachers",
        "police-and-first-responders",
        "people-drawn-to-extremism",
    }


def test_what_the_content_lacks_stays_empty():
    assert Practice.objects.exclude(cost_band="").count() == 0
    assert Practice.objects.exclude(effect="").count() == 0
    assert Practice.objects.filter(what_did_not_work_en__isnull=False).count() == 0
    assert Practice.objects.filter(resources_en__isnull=True).count() == 24
    assert Finding.objects.filter(recommendation_en__isnull=False).count() == 0
    assert City.offers.through.objects.count() == City.seeks.through.objects.count() == 0
    assert not City.objects.exclude(email_domains="").exists()


def test_dates_keep_their_precision():
    dates = {event.slug: (event.starts, event.ends) for event in DialogueEvent.objects.all()}
    assert dates["tdi-2021-brussels"] == (PartialDate(2021, 10, 27), PartialDate(2021, 10, 28))
    assert dates["tdi-2022-helsinki"] == (PartialDate(2022, 4), None)
    assert dates["tdi-2024-washington"] == (PartialDate(2024), None)
    # One day: the end is not repeated.
    assert dates["tdi-2023-london"] == (PartialDate(2023, 3, 29), None)


def test_hosts_are_not_repeated_among_the_cities_that_came():
    event = DialogueEvent.objects.get(slug="tdi-2023-london")
    hosts = set(event.host_cities.values_list("slug", flat=True))
    assert hosts == {"london"}
    assert hosts.isdisjoint(event.cities.values_list("slug", flat=True))


def test_remarks_of_curators_stand_in_the_note_and_nowhere_else():
    city = City.objects.get(slug="aarhus")
    assert city.curator_note == (
        "Standing in the network: Steering Committee list of about 2020\n"
        "From general knowledge: name.ar, latitude, longitude, population, website"
    )
    remarks = [
        record["note"]
        for file in ("events", "findings", "partners", "practices", "editions")
        for record in read_json(f"{file}.json")[file]
        if record.get("note")
    ]
    for model in COUNTS:
        for record in model.objects.values():
            record.pop("curator_note", None)
            assert not [text for text in remarks if text in map(str, record.values())]


def test_terms_and_labels_have_the_language_of_the_reader():
    assert City.objects.filter(population_basis_ar__isnull=True).count() == 0
    labels = Finding.objects.get(edition__year=2023, number=1).sources.exclude(label_en="")
    assert labels.get(label_en__isnull=False).label_ar == "ترجمة آلية عربية للصفحة نفسها"


def test_loading_takes_two_statements_a_record(empty_portal):
    with CaptureQueriesContext(connection) as queries:
        load_content()

    statements = [query["sql"] for query in queries if '"search_' not in query["sql"]]
    # The record and its history; what hangs on records is written together. All texts are read
    # together too, once for the index and once for the lexicon.
    assert len(statements) <= 2 * sum(COUNTS.values()) + 100


def test_a_changed_file_updates_its_record_and_names_it(files):
    files.change("practices.json", "practices", 0, "title", "en", to="Grants with evaluation")
    files.change("practices.json", "practices", 0, "sources", to=["https://example.org/grants"])
    files.change("practices.json", "practices", 0, "themes", to=["community-funding"])
    output = io.StringIO()

    call_command("load_content", str(files.folder), stdout=output)

    practice = Practice.objects.get(slug="london-shared-endeavour-fund")
    assert practice.title_en == "Grants with evaluation"
    assert practice.sort_en == "grants with evaluation"
    assert [source.url for source in practice.sources.all()] == ["https://example.org/grants"]
    assert [theme.slug for theme in practice.themes.all()] == ["community-funding"]
    assert "    updated: london-shared-endeavour-fund" in output.getvalue().splitlines()
    assert totals(load_content(folder=files.folder))["unchanged"] == 248


def test_a_new_record_in_a_file_is_created(files):
    theme = {
        "slug": "sport",
        "name": {"en": "Sport", "ar": "الرياضة"},
        "description": {"en": "Clubs and grounds.", "ar": "الأندية والملاعب."},
    }
    files.add("themes.json", "themes", theme)

    outcomes = load_content(folder=files.folder)

    assert totals(outcomes) == {"created": 1, "updated": 0, "unchanged": 248, "kept": 0}
    assert Theme.objects.get(slug="sport").name_ar == "الرياضة"


def test_what_a_curator_changed_is_kept_and_named():
    practice = Practice.objects.get(slug="oslo-salto")
    practice.title_en = "SaLTo, as the curator calls it"
    practice.save()
    output = io.StringIO()

    call_command("load_content", stdout=output)

    practice.refresh_from_db()
    assert practice.title_en == "SaLTo, as the curator calls it"
    assert "    kept, it was changed here: oslo-salto" in output.getvalue().splitlines()
    assert output.getvalue().splitlines()[0] == "Content: nothing changed."


def test_a_deleted_record_comes_back():
    Practice.objects.get(slug="oslo-salto").delete()

    outcomes = load_content()

    assert totals(outcomes) == {"created": 1, "updated": 0, "unchanged": 247, "kept": 0}


def test_a_record_that_was_added_here_stays():
    Theme.objects.create(slug="sport", name_en="Sport")

    load_content()

    assert Theme.objects.filter(slug="sport").count() == 1


def test_who_loaded_stands_in_the_history(empty_portal, django_user_model):
    person = django_user_model.objects.create_user("curator@example.org", name="Curator")

    load_content(by=person)

    assert set(Practice.history.values_list("history_user", flat=True)) >= {person.pk}


def test_search_finds_what_was_loaded(files):
    def found():
        return search.find("quixotic", language="en", kinds=["practice"]).ids

    assert found() == []
    files.change("practices.json", "practices", 0, "title", "en", to="Quixotic grants")

    load_content(folder=files.folder)

    practice = Practice.objects.get(slug="london-shared-endeavour-fund")
    # The lexicon has learned the new word with its translation, so others may come after it.
    assert found()[0] == practice.pk
