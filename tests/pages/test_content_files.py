"""Every key of the content files has its place, and the files agree with each other."""

from collections import Counter

import pytest

from portal.pages.seeding.mapping import FAMILIES, NOT_LOADED
from portal.pages.seeding.reader import keys_of
from tests.pages.content_copies import every_key, read_json


@pytest.mark.parametrize("family", FAMILIES, ids=lambda family: family.name)
def test_every_key_has_a_column_or_a_reason(family):
    content = read_json(family.file)
    tree = keys_of(family)
    allowed = {path for path in NOT_LOADED if path.startswith(f"{family.file}: ")}

    assert content.keys() <= {"meta", family.name}
    assert f"{family.file}: meta" in allowed
    unplaced = {path for record in content[family.name] for path in every_key(record, tree)}
    assert unplaced == set()


def test_every_reason_is_about_a_key_that_exists():
    for path, reason in NOT_LOADED.items():
        file, _, keys = path.partition(": ")
        value = read_json(file)
        for key in filter(None, keys.split(".")):
            value = value[key.removesuffix("[]")]
            value = value[0] if key.endswith("[]") else value
        assert reason


def test_every_placement_is_about_a_key_that_exists():
    for family in FAMILIES:
        records = read_json(family.file)[family.name]
        for path in family.placements:
            found = records
            for key in path.split("."):
                found = [value[key] for value in found if value and key in value]
            assert found, f"{family.file}: {path}"


def test_each_target_group_serves_some_practices_and_none_nearly_all():
    uses = Counter(
        slug
        for practice in read_json("practices.json")["practices"]
        for slug in practice["target_group_slugs"]
    )

    assert uses.keys() == {g["slug"] for g in read_json("target_groups.json")["target_groups"]}
    assert min(uses.values()) >= 2
    assert max(uses.values()) <= 25


def test_an_event_is_in_the_country_of_its_host():
    country = {city["id"]: city["country"] for city in read_json("cities.json")["cities"]}

    for event in read_json("events.json")["events"]:
        assert event["country"] == country[event["host_city"]]
