"""Lists at the desk: the same work for the database however many rows, and filters that find."""

import datetime
import re

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from exchanges.models import City
from findings.models import Edition
from portal.common.sorting import sort_key
from practices.choices import State
from practices.models import Practice
from tests.admin.conftest import DESKS, LANGUAGES, desk, record_of


def statements(client, address: str, **query) -> int:
    client.get(address, query)
    with CaptureQueriesContext(
        connection,
    ) as queries:
        assert client.get(address, query).status_code == 200
    return len(queries)


def slugs(client, model: str, **query) -> set[str]:
    return {record.slug for record in client.get(desk(model), query).context["cl"].result_list}


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("model", DESKS)
def test_a_list_asks_the_database_as_often_for_one_row_as_for_all(curator, model, language):
    address = desk(model, language=language)
    one = statements(curator, address, pk=record_of(model))
    assert one == statements(curator, address)
    # Each filter asks once for its counts.
    assert one <= 24


def more_practices() -> None:
    first = Practice.objects.first()
    for number in range(10):
        Practice.objects.create(
            title_en=f"Another {number}", city=first.city, main_theme=first.main_theme
        )


def test_a_list_of_fifty_practices_asks_as_often_as_one_of_three(curator):
    some = ",".join(str(pk) for pk in Practice.objects.values_list("pk", flat=True)[:3])
    three = statements(curator, desk("practices.practice"), pk__in=some)
    more_practices()
    assert statements(curator, desk("practices.practice")) == three


def test_an_export_asks_as_often_whatever_the_number_of_rows(curator):
    def asked() -> int:
        with CaptureQueriesContext(connection) as queries:
            curator.post(desk("practices.practice", "export"), {"format": "0", "resource": ""})
        return len(queries)

    asked()
    some = asked()
    more_practices()
    assert asked() == some


def test_texts_that_are_missing_in_a_language_are_found(curator):
    Practice.objects.filter(slug="london-shared-endeavour-fund").update(summary_ar="")
    Practice.objects.filter(slug="oslo-salto").update(steps_en=None)
    assert "london-shared-endeavour-fund" in slugs(curator, "practices.practice", missing="ar")
    assert "oslo-salto" in slugs(curator, "practices.practice", missing="en")
    assert "oslo-salto" not in slugs(curator, "practices.practice", missing="ar")


def test_practices_without_evidence_are_found(curator):
    found = slugs(curator, "practices.practice", evidence__exact="none-found")
    assert found == set(
        Practice.objects.filter(evidence="none-found").values_list("slug", flat=True)
    )


def test_practices_past_their_review_date_are_found(curator):
    past = datetime.date(2020, 1, 1)
    Practice.objects.filter(slug="oslo-salto").update(review_by=past)
    assert slugs(curator, "practices.practice", review="past") == {"oslo-salto"}


def test_records_without_a_source_are_found(curator):
    practice = Practice.objects.get(slug="oslo-salto")
    practice.sources.all().delete()
    assert "oslo-salto" in slugs(curator, "practices.practice", sources="none")


def test_drafts_are_found(curator):
    Practice.objects.filter(slug="oslo-salto").update(state=State.UNLISTED)
    assert slugs(curator, "practices.practice", state__exact="unlisted") == {"oslo-salto"}


@pytest.mark.parametrize(
    "query", [{"missing": "xx"}, {"review": "x"}, {"sources": "x"}, {"p": "999"}]
)
def test_a_filter_that_means_nothing_hides_nothing(curator, query):
    response = curator.get(desk("practices.practice"), query, follow=True)
    assert response.status_code == 200


@pytest.mark.parametrize(
    ("field", "model", "typed", "slug"),
    [("city", "practice", "اوسلو", "oslo"), ("city", "practice", "arhus", "aarhus")],
)
def test_records_to_link_are_found_whatever_their_spelling(curator, field, model, typed, slug):
    response = curator.get(
        "/ar/admin/autocomplete/",
        {"app_label": "practices", "model_name": model, "field_name": field, "term": typed},
    )
    found = {int(result["id"]) for result in response.json()["results"]}
    assert City.objects.get(slug=slug).pk in found


def test_findings_to_link_are_found_by_year(curator):
    edition = Edition.objects.newest_first().first()
    response = curator.get(
        "/en/admin/autocomplete/",
        {
            "app_label": "practices",
            "model_name": "practice",
            "field_name": "findings",
            "term": edition.year,
        },
    )
    assert {r["text"].split(",")[0] for r in response.json()["results"]} == {str(edition.year)}


def test_records_to_link_that_begin_with_what_is_typed_come_first_then_by_title(curator):
    response = curator.get(
        "/en/admin/autocomplete/",
        {
            "app_label": "practices",
            "model_name": "submission",
            "field_name": "practice",
            "term": "prevent",
        },
    )
    titles = [result["text"] for result in response.json()["results"]]
    begin = [title for title in titles if title.lower().startswith("prevent")]
    assert len(begin) < len(titles)
    others = sorted(set(titles) - set(begin), key=sort_key)
    assert titles == sorted(begin, key=sort_key) + others


@pytest.mark.parametrize("model", ["practices.practice", "notices.notice"])
def test_each_choice_of_a_filter_says_how_many_records_it_leaves(curator, model):
    changes = curator.get(desk(model)).context["cl"]
    for chosen in changes.filter_specs:
        named = [str(choice["display"]) for choice in chosen.choices(changes)]
        assert all(re.search(r" \([0-9]+\)$", name) for name in named[1:]), named


def test_a_language_with_its_count_is_named_in_the_language_of_the_page(curator):
    changes = curator.get(desk("notices.notice")).context["cl"]
    [languages] = [f for f in changes.filter_specs if getattr(f, "field_path", "") == "language"]
    assert [str(choice["display"]) for choice in languages.choices(changes)] == [
        "All",
        "English (0)",
        "Arabic (0)",
    ]
