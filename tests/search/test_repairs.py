"""Mistyped words: what is searched instead, how it is said, and when nothing is repaired."""

import pytest

from exchanges.models import DialogueEvent
from portal import search
from portal.search.questions import Repair
from tests.practices.records import change
from tests.search.asking import KINDS, find, names

pytestmark = pytest.mark.django_db


@pytest.mark.parametrize(
    ("typed", "instead"),
    [
        ("polise", "police"),
        ("hellpline", "helpline"),
        ("prevension", "prevention"),
        ("refugess", "refugees"),
        ("Brlin", "Berlin"),
        ("kopenhagen", "Copenhagen"),
        ("evlauation", "evaluation"),
        ("برلن", "برلين"),
        ("نيويرك", "نيويورك"),
        ("الشرظة", "الشرطة"),
        ("المدارش", "المدارس"),
        ("البلدياد", "البلديات"),
        ("شرتة", "شرطة"),
    ],
)
def test_a_word_that_nothing_has_is_searched_as_one_a_slip_away(typed, instead):
    found = find(typed)
    assert found.repairs == (Repair(typed, instead),)
    assert found.exactly == instead
    assert set(find(instead).ids) <= set(found.ids)
    assert found.total > 0


def test_the_query_is_said_again_with_its_repairs_put_in():
    found = find("«Polise», hellpline & mosques?")
    assert found.exactly == "«police», helpline & mosques?"
    assert {repair.typed for repair in found.repairs} == {"Polise", "hellpline"}


@pytest.mark.parametrize(
    "typed", [["hellpline", "Polise", "mosqes"], ["mosqes", "hellpline", "Polise", "mosqes"]]
)
def test_repairs_come_in_the_order_typed_and_once_each(typed):
    found = find(" & ".join(typed))
    assert [repair.typed for repair in found.repairs] == list(dict.fromkeys(typed))


@pytest.mark.parametrize(
    ("typed", "instead"),
    [("mosqe", "mosques"), ("المتظوعون", "المتطوعين"), ("المرشدوون", "مرشدين")],
)
def test_a_word_that_is_known_in_other_forms_only_is_repaired_to_one_of_them(typed, instead):
    found = find(typed)
    assert found.repairs == (Repair(typed, instead),)
    assert set(find(instead).ids) <= set(found.ids)
    assert found.total > 0


def test_an_arabic_query_is_said_again_as_people_write_it():
    found = find("الشرظة في المدرسة")
    assert found.exactly == "الشرطة في المدرسة"
    assert found.ids[0] == find("الشرطة في المدرسة").ids[0]


@pytest.mark.parametrize(
    "query", ["الكراهيه", "مدرسه", "اسره", "policing", "Montréal", "Montreal", "oslo 2023"]
)
def test_another_spelling_or_form_of_a_known_word_is_no_mistake(query):
    found = find(query)
    assert (found.repairs, found.exactly) == ((), query)
    assert found.total > 0


@pytest.mark.parametrize("query", ["zz", "2099", "qxqxqx", "٢٠٩٩"])
def test_numbers_short_words_and_what_is_like_nothing_are_not_repaired(query):
    assert find(query).repairs == ()


def test_nothing_is_repaired_where_that_is_not_wanted():
    found = find("refugess hellpline", repair=False)
    assert (found.repairs, found.exactly) == ((), "refugess hellpline")
    assert found.total < find("refugess hellpline").total


def test_the_repaired_query_finds_the_same_practice_first():
    for query in ["hellpline for famlies radicalisation", "mosques yuoth mentros"]:
        found = find(query)
        assert names(found)[0] == names(find(found.exactly))[0]
        assert len(found.repairs) == 2


def test_a_word_that_only_another_kind_has_is_repaired_only_where_that_is_not_searched():
    DialogueEvent.objects.filter(slug="tdi-2023-oslo").update(venue_en="Polize")
    search.refresh(DialogueEvent.objects.filter(slug="tdi-2023-oslo"))
    assert find("polize").repairs == (Repair("polize", "police"),)
    everywhere = find("polize", kinds=KINDS)
    assert everywhere.repairs == ()
    assert names(everywhere) == ["tdi-2023-oslo"]


def test_several_words_may_be_meant_and_the_most_frequent_is_named():
    found = find("oearly")
    assert found.repairs == (Repair("oearly", "early"),)
    assert set(find("early").ids) | set(find("yearly").ids) <= set(found.ids)


def test_a_word_is_known_as_soon_as_somebody_writes_it():
    assert find("polise").repairs
    change("aarhus-model", summary_en="The polise, so misspelt.")
    found = find("polise")
    assert found.repairs == ()
    assert names(found) == ["aarhus-model"]


def test_a_word_in_all_forms_known_counts_for_all_words():
    found = find("polise mosqes", match="all")
    assert set(found.ids) == set(find("police mosques", match="all").ids)
    assert found.total > 0
