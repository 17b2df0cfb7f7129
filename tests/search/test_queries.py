"""Any string is a query, and none costs more than a few statements."""

from itertools import islice, product

import pytest

from portal.search.analysis import telling
from portal.search.models import Word
from tests.search.asking import KINDS, find, suggest

pytestmark = pytest.mark.django_db


@pytest.mark.parametrize(
    "query",
    [*" \"'*(\\%_\x00\ud800🙂", "\u200f\u200b", "\u064e\u0651", "ـــ", "zzzzzz"],
)
def test_a_query_without_a_known_word_finds_nothing(query):
    found = find(query, kinds=KINDS)
    assert (found.hits, found.total, found.repairs) == ((), 0, ())
    assert not found.words


@pytest.mark.parametrize(
    ("query", "same_as"),
    [
        ('"police', "police"),
        ("police*", "police"),
        ("NEAR(police", "near police"),
        ("police AND youth", "police youth"),
        ("police OR -youth", "police youth"),
        ("t:police", "police"),
        ("police; DROP TABLE search_word; --", "police drop table search word"),
        ("pol\u00adice", "police"),
        ("police\x00youth\ud800", "police youth"),
        ("ｐｏｌｉｃｅ", "police"),
        ("policy: police", "police policy"),
    ],
)
def test_signs_in_a_query_mean_nothing(query, same_as):
    assert find(query).hits == find(same_as).hits
    assert find(query).total > 0


@pytest.mark.parametrize("query", ["C++", "AND", "the", "في", "who are we", "-foo", "city-hall"])
def test_any_query_is_answered(query):
    found = find(query, kinds=KINDS)
    assert len(found.hits) == found.total


def test_of_a_long_query_the_forty_rarest_words_are_asked_for():
    rows = Word.objects.filter(collection__kind="practice").order_by("frequency", "text")
    own_stems = [row.text for row in rows if row.text == row.stem and telling([row.text])]
    rare, common = own_stems[:40], own_stems[-40:]
    assert find(" ".join(common + rare)).hits == find(" ".join(rare)).hits


def test_words_that_nothing_has_do_not_take_the_place_of_those_that_something_has():
    unknown = " ".join("".join(letters) for letters in islice(product("wyu", repeat=7), 60))
    assert find(unknown).total == 0
    assert find(f"{unknown} police mosque").hits == find("police mosque").hits


def test_a_query_of_two_thousand_words_is_answered_from_its_beginning():
    assert find("police " + "zzz " * 2000 + "mosque").hits == find("police").hits


def test_a_word_typed_again_counts_again_but_not_for_ever():
    orders = [find("police " * times + "mosque youth city").ids for times in (1, 3, 4, 40)]
    assert orders[0] != orders[1] == orders[2] == orders[3]


def warm():
    """The process has read the index and the lexicon; no postings are kept of the words asked."""
    find("zzzzzz", kinds=KINDS)


@pytest.mark.parametrize("arguments", [{}, {"chosen": {"theme": ["youth"]}, "counts": True}])
def test_a_search_takes_three_statements(django_assert_num_queries, arguments):
    warm()
    with django_assert_num_queries(3):
        find("police hotline mentors", limit=15, **arguments)


def test_a_search_of_everything_takes_three_statements(django_assert_num_queries):
    warm()
    with django_assert_num_queries(3):
        find("police hotline mentors", kinds=KINDS)


def test_words_that_were_asked_for_before_take_a_statement_less(django_assert_num_queries):
    find("police hotline mentors")
    with django_assert_num_queries(2):
        find("mentors police", limit=15)


def test_a_repaired_or_half_typed_word_takes_no_statement_more(django_assert_max_num_queries):
    warm()
    with django_assert_max_num_queries(3):
        assert find("polise hotlyne").repairs
    with django_assert_max_num_queries(3):
        assert suggest("police hotl", kinds=KINDS).total


def test_a_list_without_a_query_takes_a_statement_and_one_for_its_order(django_assert_num_queries):
    warm()
    with django_assert_num_queries(2):
        find("", order="newest", chosen={"theme": ["youth"]}, counts=True, limit=15)
    with django_assert_num_queries(1):
        find("", order="newest", chosen={"country": ["de"]}, counts=True, limit=15)


def test_a_page_past_the_end_has_the_total_all_the_same():
    found = find("police", limit=15, offset=10_000)
    assert found.hits == ()
    assert found.total == find("police").total


def test_a_query_of_unknown_words_takes_one_statement(django_assert_num_queries):
    warm()
    with django_assert_num_queries(1):
        find("zzzzzz")
