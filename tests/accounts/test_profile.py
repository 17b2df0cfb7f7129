"""The person's own page: name, language, time zone; roles to read."""

import zoneinfo

import pytest
from django.utils import translation

from portal.accounts import time_zones
from portal.accounts.models import User
from portal.accounts.roles import set_roles
from tests.accounts.conftest import sign_in

PROFILE = "/en/accounts/profile/"


def save(client, path=PROFILE, **changes):
    data = {"name": "Astrid Lind", "language": "en", "time_zone": "UTC"} | changes
    return client.post(path, data)


@pytest.fixture
def signed_in(browser, person):
    sign_in(browser, person)
    return browser


def test_name_and_time_zone_are_saved(signed_in, person):
    response = save(signed_in, name="أستريد", time_zone="Europe/Oslo")
    assert response.headers["Location"] == PROFILE
    person.refresh_from_db()
    assert (person.name, person.time_zone) == ("أستريد", "Europe/Oslo")
    page = signed_in.get(PROFILE).text
    assert "Your settings are saved." in page
    assert 'value="أستريد"' in page


def test_a_chosen_language_is_used_at_once_and_remembered(signed_in, person):
    response = save(signed_in, language="ar")
    assert response.headers["Location"] == "/ar/accounts/profile/"
    assert response.cookies["language"].value == "ar"
    assert "حُفظت إعداداتكم." in signed_in.get("/ar/accounts/profile/").text
    assert signed_in.get("/").headers["Location"] == "/ar/"


def test_saving_anything_else_sets_no_language_cookie(signed_in):
    assert "language" not in save(signed_in, name="Astrid").cookies


def test_times_are_shown_in_the_zone_of_the_person(signed_in, person):
    User.objects.filter(pk=person.pk).update(time_zone="Pacific/Honolulu")
    page = signed_in.get("/en/accounts/sessions/")
    started = page.context["sessions"][0].created_at
    local = started.astimezone(zoneinfo.ZoneInfo("Pacific/Honolulu"))
    assert f"{local:%H:%M}" in page.text


@pytest.mark.parametrize(
    ("changes", "field"),
    [
        ({"name": " "}, "name"),
        ({"language": "tlh"}, "language"),
        ({"time_zone": "Atlantis/Capital"}, "time_zone"),
        ({"time_zone": ""}, "time_zone"),
    ],
)
def test_nonsense_is_refused_and_nothing_is_saved(signed_in, person, changes, field):
    response = save(signed_in, **({"name": "Changed"} | changes))
    assert list(response.context["form"].errors) == [field]
    person.refresh_from_db()
    assert person.name == "Astrid Lind"


def test_more_than_the_form_asks_for_is_ignored(signed_in, person):
    save(signed_in, email="other@example.org", is_staff="1", is_superuser="1", groups="1")
    person.refresh_from_db()
    assert (person.is_staff, person.is_superuser, person.groups.count()) == (False, False, 0)
    assert person.email != "other@example.org"


@pytest.mark.parametrize(
    ("roles", "words"),
    [
        ([], "You have no role yet."),
        (["official"], "Works for a city of the exchange."),
        (["curator", "translator"], "Reads everything and changes the texts"),
    ],
)
def test_roles_are_shown(signed_in, person, roles, words):
    set_roles(person, roles, by=None)
    assert words in signed_in.get(PROFILE).text


def test_every_zone_on_offer_exists_and_is_named_in_arabic_letters():
    with translation.override("ar"):
        zones = [zone for _part, zones in time_zones.choices()[1:] for zone in zones]
        assert {zone for zone, _name in zones} <= zoneinfo.available_timezones()
        assert [str(name) for _zone, name in zones if str(name).isascii()] == []
    assert len(zones) == len(dict(zones)) > 70


@pytest.mark.parametrize(("language", "first"), [("en", "Amsterdam"), ("ar", "أثينا")])
def test_zones_are_in_the_reading_order_of_the_page(language, first):
    with translation.override(language):
        _part, zones = time_zones.choices()[1]
        assert str(zones[0][1]) == first


def test_a_zone_that_is_not_on_offer_stays_with_whoever_has_it(signed_in, person):
    User.objects.filter(pk=person.pk).update(time_zone="Asia/Tokyo")
    assert '<option value="Asia/Tokyo" selected>' in signed_in.get(PROFILE).text
    assert save(signed_in, time_zone="Asia/Tokyo").status_code == 302


def test_the_page_costs_the_same_with_any_number_of_roles(
    signed_in, person, django_assert_num_queries
):
    for roles in ([], ["official", "curator", "translator"]):
        set_roles(person, roles, by=None)
        with django_assert_num_queries(7):
            signed_in.get(PROFILE)
