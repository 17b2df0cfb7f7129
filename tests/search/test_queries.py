"""Any string is a query, and none costs more than a few statements."""

import pytest

from portal.search.analysis import stem
from portal.search.models import Term
from portal.search.ranking import Found
from practices.models import Practice
from tests.search.asking import KINDS, find

pytestmark = pytest.mark.django_db


@pytest.mark.parametrize(
    "query",
    [
        "",
        "   ",
        '"',
        "'",
        "*",
        "(",
        "\\",
        "%",
        "_",
        "\x00",
        "\ud800",
        "\u200f\u200b",
        "\u064e\u0651",
        "ـــ",
        "🙂",
        "zzzzzz",
    ],
)
def test_a_query_without_a_known_word_finds_nothing(query):
    assert find(query, kinds=KINDS) == Found((), 0)


@pytest.mark.parametrize(
    ("query", "same_as"),
    [
        ('"police', "police"),
        ("police*", "police"),
        ("NEAR(police", "near police"),
        ("police AND youth", "police youth"),
        ("police OR -youth", "police youth"),
        ("t:police", "police"),
        ("police; DROP TABLE search_term; --", "police drop table search term"),
        ("pol\u00adice", "police"),
        ("police\x00youth\ud800", "police youth"),
        ("ｐｏｌｉｃｅ", "police"),
    ],
)
def test_signs_in_a_query_mean_nothing(query, same_as):
    assert find(query) == find(same_as)
    assert find(query).total > 0


@pytest.mark.parametrize("query", ["C++", "AND", "the", "في", "who are we", "-foo", "city-hall"])
def test_any_query_is_answered(query):
    found = find(query, kinds=KINDS)
    assert len(found.hits) == found.total


def test_of_a_long_query_the_forty_rarest_words_are_asked_for():
    own_stems = [
        term.text
        for term in Term.objects.filter(collection__kind="practice").order_by("frequency", "text")
        if stem(term.text) == term.text
    ]
    rare, common = own_stems[:40], own_stems[-40:]
    assert find(" ".join(common + rare)) == find(" ".join(rare))


def test_a_query_of_two_thousand_words_is_answered_from_its_beginning():
    assert find("police " + "zzz " * 2000 + "mosque") == find("police")


@pytest.mark.parametrize("within", [None, "queryset"])
def test_a_search_takes_two_statements(django_assert_num_queries, within):
    rows = Practice.objects.published() if within else None
    with django_assert_num_queries(2):
        find("police hotline mentors", within=rows, limit=15)


def test_a_search_of_everything_takes_two_statements(django_assert_num_queries):
    with django_assert_num_queries(2):
        find("police hotline mentors", kinds=KINDS)


def test_a_page_past_the_end_takes_three_statements(django_assert_num_queries):
    with django_assert_num_queries(3):
        found = find("police", limit=15, offset=10_000)
    assert found.hits == ()
    assert found.total == find("police").total


def test_a_query_of_unknown_words_takes_one_statement(django_assert_num_queries):
    with django_assert_num_queries(1):
        find("zzzzzz")
