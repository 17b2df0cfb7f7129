"""Facets: what a list can be narrowed by, and how many there would be."""

import pytest

from portal import search
from practices.choices import State
from practices.indexing import facets
from practices.models import Practice
from tests.practices.records import change
from tests.search.asking import find

pytestmark = pytest.mark.django_db

# The same on every database until the content is changed.
HATE_CRIME_IN_GERMANY_OR_AMERICA = {
    "query": "hate crime",
    "chosen": {"country": ("de", "us"), "year": ("2019", "2020", "2022")},
}
EXPECTED_COUNTS = {
    "city": {"new-york": 1, "san-diego": 1},
    "country": {"gb": 1, "us": 2, "ca": 1},
    "evidence": {"limited": 1, "none-found": 1},
    "finding": {"2023-5": 2, "2023-9": 1, "2023-2": 1, "2023-4": 1},
    "language": {"en": 2, "ar": 2},
    "population": {"over-1m": 2},
    "region": {"united-states": 2},
    "target": {"schools-and-teachers": 1, "targeted-communities": 2, "victims-and-survivors": 2},
    "theme": {"community-funding": 1, "hate-crime-response": 2},
    "year": {"2020": 1, "2019": 1, "2017": 3, "2018": 2, "2010": 1, "2023": 1},
}
EXPECTED_WITHOUT = {"country": 4, "year": 9}


def counted(practices):
    """{facet: {value: count}}, counted one by one."""
    counts = {}
    for practice in practices:
        for facet, values in facets(practice).items():
            for value in values:
                of_facet = counts.setdefault(facet, {})
                of_facet[value] = of_facet.get(value, 0) + 1
    return counts


def public():
    return search.registry.kind_named("practice").queryset()


def having(practice, chosen):
    values = facets(practice)
    return all(set(values[facet]) & set(some) for facet, some in chosen.items())


def without_zeros(counts):
    kept = {facet: {v: n for v, n in values.items() if n} for facet, values in counts.items()}
    return {facet: values for facet, values in kept.items() if values}


def test_counts_are_those_of_all_practices():
    found = find("", order="newest", counts=True)
    assert found.counts == counted(public())
    assert found.without == {}


@pytest.mark.parametrize("query", ["", "police", "الشباب والمدرسة", "polise"])
@pytest.mark.parametrize(
    "chosen",
    [
        {"country": ["de", "us"]},
        {"theme": ["youth"], "country": ["de", "us", "gb"]},
        {"language": ["en"], "evidence": ["limited", "none-found"], "theme": ["polarisation"]},
    ],
)
def test_the_counts_of_a_facet_ignore_its_own_choice(query, chosen):
    found = find(query, order="newest", chosen=chosen, counts=True)
    among = {
        practice.pk: practice
        for practice in public().filter(pk__in=find(query, order="newest").ids)
    }
    assert set(found.ids) == {key for key, each in among.items() if having(each, chosen)}
    for facet in found.counts:
        others = {name: values for name, values in chosen.items() if name != facet}
        narrowed = [each for each in among.values() if having(each, others)]
        expected = counted(narrowed).get(facet, {})
        assert without_zeros(found.counts).get(facet, {}) == expected
        if facet in chosen:
            assert found.without[facet] == len(narrowed)
    assert found.without.keys() == chosen.keys()


def test_the_counts_are_the_same_on_every_database():
    found = find(**HATE_CRIME_IN_GERMANY_OR_AMERICA, counts=True)
    assert without_zeros(found.counts) == EXPECTED_COUNTS
    assert found.without == EXPECTED_WITHOUT


def test_a_value_that_is_in_use_is_counted_with_zero_where_nothing_found_has_it():
    everywhere = find("", order="newest", counts=True).counts
    found = find("mosque mentors", chosen={"country": ["dk"]}, counts=True)
    assert {facet: values.keys() for facet, values in found.counts.items()} == {
        facet: values.keys() for facet, values in everywhere.items()
    }
    assert found.counts["theme"]["city-diplomacy"] == 0


def test_a_value_that_no_public_practice_has_is_not_counted():
    practice = change("aarhus-model", starts="1901")
    assert find("", order="newest", counts=True).counts["year"]["1901"] == 1
    change(practice.slug, state=State.WITHDRAWN)
    assert "1901" not in find("", order="newest", counts=True).counts["year"]


def test_a_facet_without_any_value_in_use_is_not_counted():
    Practice.objects.update(cost_band="")
    search.refresh(Practice.objects.all())
    assert "cost" not in find("", order="newest", counts=True).counts
    Practice.objects.filter(slug="aarhus-model").update(cost_band="low")
    search.refresh(Practice.objects.filter(slug="aarhus-model"))
    assert find("", order="newest", counts=True).counts["cost"] == {"low": 1}


@pytest.mark.parametrize(
    "chosen",
    [
        {"country": ["atlantis"]},
        {"country": ["\ud800", "\x00"]},
        {"mayor": ["1"]},
        {"__class__": ["__class__"]},
        {"country": ["dk"], "mayor": ["1"]},
    ],
)
@pytest.mark.parametrize("query", ["", "police"])
def test_unknown_values_and_facets_find_nothing(query, chosen):
    found = find(query, order="newest", chosen=chosen, counts=True)
    assert (found.total, found.hits) == (0, ())
    assert found.without.keys() == chosen.keys()


def test_dropping_an_unknown_value_brings_back_the_rest():
    found = find("police", chosen={"country": ["dk"], "mayor": ["1"]}, counts=True)
    assert found.without == {
        "mayor": find("police", chosen={"country": ["dk"]}).total,
        "country": 0,
    }


def test_a_known_value_is_found_beside_an_unknown_one():
    known = find("", order="newest", chosen={"country": ["dk"]})
    assert find("", order="newest", chosen={"country": ["dk", "atlantis"]}).ids == known.ids
    assert known.total > 0


def test_a_facet_without_a_choice_narrows_nothing():
    assert find("police", chosen={"country": []}).ids == find("police").ids
    assert find("police", chosen={"country": []}, counts=True).without == {}


def test_counts_follow_what_changes():
    before = find("", order="newest", counts=True).counts
    practice = change("aarhus-model", state=State.WITHDRAWN)
    after = find("", order="newest", counts=True).counts
    for facet, values in facets(practice).items():
        for value in values:
            assert after[facet].get(value, 0) == before[facet][value] - 1
    change("aarhus-model", state=State.PUBLISHED)
    assert find("", order="newest", counts=True).counts == before
