"""Cities and practices that a curator picks on the review page, with and without a script."""

import pytest

from exchanges.choices import MembershipState
from exchanges.models import City
from practices.choices import SubmissionState
from practices.models import Practice
from practices.review_pickers import NEAREST_SHOWN
from tests.admin.conftest import desk
from tests.admin.reviewing import again, faults, page_of, press
from tests.practices.submitting import (
    SALTO,
    answers_like,
    person,
    proposed_change,
    sent_submission,
    taken_submission,
)


def offered(response, name: str) -> list[str]:
    """The records that the picker `name` offers before anything is searched."""
    widget = response.context["desk"].fields[name].widget
    options = [option for _name, group, _place in widget.optgroups(name, []) for option in group]
    return [str(option["value"]) for option in options if option["value"]]


@pytest.mark.parametrize("language", ["en", "ar"])
def test_the_practice_that_is_there_already_is_named_first(curator, language):
    taken = taken_submission(curator.person, language=language)
    response = curator.get(page_of(taken))
    nearest = response.context["nearest"]
    salto = Practice.objects.get(slug=SALTO)
    assert nearest[0] == salto
    assert len(nearest) == NEAREST_SHOWN
    assert salto.get_absolute_url() in response.text
    assert offered(response, "merge_into") == [str(practice.pk) for practice in nearest]


def test_a_new_version_has_no_practice_beside_it(curator):
    assert curator.get(page_of(proposed_change(title="SaLTo anew"))).context["nearest"] == []


def test_a_practice_is_found_by_the_address_of_its_page(curator):
    taken = taken_submission(curator.person)
    salto = Practice.objects.get(slug=SALTO)
    address = f"https://exchange.example.org{salto.get_absolute_url()}?from=mail"
    press(curator, taken, "merge", merge_into_typed=address)
    assert (again(taken).state, again(taken).practice) == (SubmissionState.MERGED, salto)


@pytest.mark.parametrize("typed", ["what I read yesterday", "/en/practices/999999-gone/", "0", "٣"])
def test_what_names_no_practice_is_refused_and_stays(curator, typed):
    taken = taken_submission(curator.person)
    refused = press(curator, taken, "merge", merge_into_typed=typed)
    assert list(faults(refused)) == ["id_merge_into"]
    assert f'name="merge_into_typed" value="{typed}"' in refused.text
    assert again(taken).state == SubmissionState.IN_REVIEW


@pytest.mark.parametrize("typed", ["aarhus", "آرهوس", " Aarhus, Denmark "])
def test_a_city_is_found_by_its_name_in_any_language(curator, typed):
    taken = taken_submission(curator.person)
    assert press(curator, taken, "save", city_typed=typed).status_code == 302
    assert again(taken).city.slug == "aarhus"


def test_a_name_that_several_cities_have_needs_the_country(curator):
    taken = taken_submission(curator.person)
    oslo = City.objects.get(slug="oslo")
    twin = City.objects.get(slug="aarhus")
    City.objects.filter(pk=twin.pk).update(spellings=oslo.spellings)
    refused = press(curator, taken, "save", city_typed="Oslo")
    assert "Type the country too" in faults(refused)["id_city"]
    assert press(curator, taken, "save", city_typed="Oslo, Denmark").status_code == 302
    assert again(taken).city == twin


def test_whoever_wrote_for_a_city_that_is_added_then_waits_to_be_confirmed(curator):
    author = person("Samar Haddad")
    sent = sent_submission(author, answers_like() | {"city": "Halden & Sarpsborg"})
    page = curator.get(page_of(sent)).text
    assert desk("exchanges.city", "add") + "?name_en=Halden%20%26%20Sarpsborg" in page
    aarhus = City.objects.get(slug="aarhus")
    press(curator, sent, "save", city=str(aarhus.pk))
    assert author.memberships.get().state == MembershipState.ASKED
    assert "Confirm or refuse" in curator.get(page_of(sent)).text
