"""The address of the list: what it is read as, and how it is written."""

import pytest
from django.http import QueryDict

from practices.addresses import MAX_QUERY, MAX_VALUES, ListState
from practices.choices import Match, Sort
from practices.filters import FACET_NAMES


def read(query: str) -> ListState:
    return ListState.read(QueryDict(query), FACET_NAMES)


def test_an_empty_address_is_the_whole_list_newest_first():
    assert read("") == ListState(query="", chosen={}, sort=Sort.NEWEST, page=1)


def test_facets_have_the_promised_names():
    assert set(FACET_NAMES) == {
        "finding", "theme", "city", "country", "region", "population", "cost", "evidence",
        "target", "language", "year",
    }  # fmt: skip


def test_repeated_names_are_kept_once_in_their_order():
    assert read("theme=youth&theme=crisis&theme=youth").chosen == {"theme": ("youth", "crisis")}


def test_a_query_is_sorted_by_relevance_unless_asked_otherwise():
    assert read("q=crisis").sort == Sort.RELEVANCE
    assert read("q=crisis&sort=city").sort == Sort.CITY


def test_words_match_any_unless_all_are_asked_for():
    assert read("q=mayor+crisis").match == Match.ANY
    assert read("q=mayor+crisis&match=all").match == Match.ALL
    assert read("q=mayor+crisis&match=__class__").match == Match.ANY


def test_without_a_query_there_are_no_words_to_match():
    assert read("match=all&exactly=1") == ListState()


def test_only_one_value_says_that_words_are_meant_as_typed():
    assert read("q=crisys&exactly=1").exactly
    assert not read("q=crisys&exactly=yes").exactly


def test_without_a_query_there_is_no_relevance():
    assert read("sort=relevance").sort == Sort.NEWEST


@pytest.mark.parametrize(
    ("text", "page"),
    [
        ("3", 3), ("٣", 3), ("۳", 3), (" 2 ", 2), ("0", 1), ("-1", 1), ("9e99", 1), ("", 1),
        ("1.5", 1), ("²", 1), ("x", 1), ("9" * 5000, 999_999_999),
    ],
)  # fmt: skip
def test_a_page_is_read_in_every_digit_set_and_nonsense_is_the_first(text, page):
    assert read(f"page={text}").page == page


def test_values_are_read_in_every_digit_set_and_case():
    chosen = read("finding=٢٠٢٣-٣&country=NO&city= oslo ").chosen
    assert chosen == {"finding": ("2023-3",), "country": ("no",), "city": ("oslo",)}


def test_empty_values_are_no_values():
    assert read("q=&theme=&city=+").chosen == {}


def test_a_query_is_cleaned_and_cut():
    state = read("q=%E2%80%AEcrisis%0Aexercise+" + "word+" * 2000)
    assert state.query.startswith("crisis exercise word")
    assert len(state.query) <= MAX_QUERY


def test_of_many_repeated_values_the_first_hundred_are_read():
    state = read("&".join(f"city=c{number}" for number in range(2 * MAX_VALUES)))
    assert len(state.chosen["city"]) == MAX_VALUES


@pytest.mark.parametrize(
    "query",
    [
        "",
        "q=crisis",
        "q=%D8%A3%D8%B2%D9%85%D8%A9&theme=crisis-preparedness&sort=newest&page=2",
        "finding=2023-3&finding=2023-5&country=no&language=ar&sort=city",
        "q=crisys&match=all&exactly=1&target=youth&population=over-1m&cost=low&year=2021&page=3",
    ],
)
def test_a_state_writes_the_address_that_it_was_read_from(query):
    assert read(query).address == "/en/practices/" + (f"?{query}" if query else "")


def test_what_goes_without_saying_is_not_written():
    assert read("q=crisis&match=any&exactly=0").address == "/en/practices/?q=crisis"
    assert read("q=&sort=newest&page=1").address == "/en/practices/"
    assert read("q=crisis&sort=relevance").address == "/en/practices/?q=crisis"


def test_taking_a_choice_back_leads_to_the_first_page_of_the_rest():
    state = read("finding=2023-3&finding=2023-5&city=oslo&page=4")
    assert state.without("finding", "2023-3").address == "/en/practices/?finding=2023-5&city=oslo"
    assert state.without("city", "oslo").without("finding", "2023-3").chosen == {
        "finding": ("2023-5",)
    }
    assert state.without_filters().address == "/en/practices/"


def test_a_list_without_its_query_is_not_sorted_by_relevance():
    assert read("q=crisis&city=oslo").without_query().address == "/en/practices/?city=oslo"


def test_a_list_without_its_query_has_no_words_to_match():
    state = read("q=crisys&match=all&exactly=1&city=oslo").without_query()
    assert state.address == "/en/practices/?city=oslo"


def test_dropping_a_facet_drops_all_its_values_and_leads_to_the_first_page():
    state = read("city=oslo&city=bergen&country=no&page=3").without_facet("city")
    assert state.address == "/en/practices/?country=no"


def test_what_was_mended_can_be_asked_for_as_typed_and_the_other_way_round():
    state = read("q=crisys&city=oslo&page=2")
    assert state.as_typed().address == "/en/practices/?q=crisys&exactly=1&city=oslo"
    assert state.as_typed().repaired() == state.on_page(1)
