"""Pages on which focal points and curators decide who speaks for a city, and invite."""

import pytest

from exchanges import membership
from exchanges.models import City, CityInvitation
from exchanges.permissions import may_confirm, speaks_for
from tests.exchanges.people import (
    a_curator,
    a_focal_point,
    a_request,
    address_of,
    an_official,
    browser_of,
    invited,
    membership_of,
    page_of,
    somebody,
)

pytestmark = pytest.mark.django_db


@pytest.mark.parametrize("who", ["nobody", "somebody", "official", "translator", "elsewhere"])
def test_the_people_of_a_city_are_seen_by_those_who_decide_only(city, focal_point, who):
    asked = a_request(city)
    invitation, _token = invited(city, "astrid@example.org", by=focal_point)
    person = {
        "nobody": lambda: None,
        "somebody": somebody,
        "official": lambda: an_official(city),
        "translator": lambda: somebody(roles=["translator"]),
        "elsewhere": lambda: a_focal_point(City.objects.get(slug="aarhus")),
    }[who]()
    browser = browser_of(person)
    pages = [
        address_of("people", city),
        address_of("people", city, asked.pk),
        address_of("people", City.objects.get(slug="aarhus"), asked.pk),
    ]
    for page in pages:
        for answer in (browser.get(page), browser.post(page, {"confirm": "1"})):
            if person is None:
                assert answer.url == f"/en/accounts/login/?next={page}"
            else:
                assert answer.status_code in ([404, 200] if "aarhus" in page else [404])
                assert asked.person.name not in answer.content.decode()
    browser.post(address_of("people", city, "invitations", invitation.pk, "withdraw"))
    assert membership_of(asked.person, city).is_waiting
    assert city.invitations.open().count() == 1


@pytest.mark.parametrize("decides", ["focal point", "curator"])
def test_those_who_decide_see_who_waits_who_speaks_and_who_is_invited(city, focal_point, decides):
    asked, official = a_request(city), an_official(city)
    invited(city, "layla@example.org", by=focal_point)
    browser = browser_of(focal_point if decides == "focal point" else a_curator())
    page = page_of(browser.get(address_of("people", city)))
    for shown in (asked.person.email, official.email, "layla@example.org"):
        assert shown in page
    assert ('name="role"' in page) == (decides == "curator")


def test_a_request_is_confirmed_with_a_button(city, focal_point):
    asked = a_request(city)
    browser, address = browser_of(focal_point), address_of("people", city, asked.pk)
    assert "Confirm the request" in page_of(browser.get(address))
    response = browser.post(address, {"confirm": "1"}, follow=True)
    assert response.redirect_chain == [(address_of("people", city), 302)]
    assert "The request is confirmed." in page_of(response)
    assert speaks_for(asked.person, city)
    assert "This request has been decided already." in page_of(
        browser.post(address, {"confirm": "1"}, follow=True)
    )


def test_a_refusal_needs_a_reason_and_keeps_what_was_typed(city, focal_point):
    asked = a_request(city)
    browser, address = browser_of(focal_point), address_of("people", city, asked.pk)
    for reason in ("", " \u200b\n", "x" * 1001):
        page = page_of(browser.post(address, {"refuse": "1", "reason": reason}))
        assert '<a href="#id_reason">' in page
        assert "<title>Error: " in page
        assert reason.strip() in page
    assert membership_of(asked.person, city).is_waiting
    browser.post(address, {"refuse": "1", "reason": "Write from your\r\nwork\u202e address."})
    assert membership_of(asked.person, city).reason == "Write from your\nwork address."


def test_a_membership_is_ended_and_a_role_given(city, focal_point):
    official = an_official(city)
    address = address_of("people", city, membership_of(official, city).pk)
    browser = browser_of(focal_point)
    browser.post(address, {"role": "mayor"})
    assert not may_confirm(official, city)
    browser.post(address, {"role": "focal-point"})
    assert may_confirm(official, city)
    browser.post(address, {"end": "1", "reason": "Left the post."})
    assert not speaks_for(official, city)


def test_nobody_decides_the_own_request_on_the_page(city):
    curator = a_curator()
    asked = a_request(city, curator)
    browser, address = browser_of(curator), address_of("people", city, asked.pk)
    assert "Confirm the request" not in page_of(browser.get(address))
    assert "Nobody decides this for themselves." in page_of(
        browser.post(address, {"confirm": "1"}, follow=True)
    )
    assert not speaks_for(curator, city)


def test_authority_ends_between_two_clicks(city, focal_point):
    asked, browser = a_request(city), browser_of(focal_point)
    address = address_of("people", city, asked.pk)
    page_of(browser.get(address))
    membership.end(membership_of(focal_point, city), by=a_curator())
    assert browser.post(address, {"confirm": "1"}).status_code == 404
    assert not speaks_for(asked.person, city)


def test_a_colleague_is_invited(city, focal_point):
    browser = browser_of(focal_point)
    data = {"email": "Layla@Example.org", "language": "ar", "role": "focal-point", "city": "1"}
    response = browser.post(address_of("people", city), data, follow=True)
    assert "The invitation is on its way." in page_of(response)
    invitation = CityInvitation.objects.get()
    assert (invitation.email, invitation.language) == ("layla@example.org", "ar")
    assert (invitation.role, invitation.city) == ("official", city)


def test_a_curator_invites_a_focal_point(city):
    data = {"email": "layla@example.org", "language": "ar", "role": "focal-point"}
    browser_of(a_curator()).post(address_of("people", city), data)
    assert CityInvitation.objects.get().is_focal_point


@pytest.mark.parametrize(
    "typed",
    [
        {"email": ""},
        {"email": "layla"},
        {"email": "a" * 250 + "@example.org"},
        {"email": "layla@example.org\r\nBcc: all@example.org"},
        {"language": "tlh"},
    ],
)
def test_a_wrong_invitation_says_where_and_keeps_what_was_typed(city, focal_point, typed):
    data = {"email": "layla@example.org", "language": "ar", **typed}
    response = browser_of(focal_point).post(address_of("people", city), data)
    page = page_of(response)
    (field,) = typed
    assert f'<a href="#id_{field}">' in page
    assert "<title>Error: " in page
    assert 'role="alert" tabindex="-1" autofocus' in page
    if field == "email":
        assert response.context["form"]["email"].value() == typed["email"]
    assert not CityInvitation.objects.exists()


def test_who_speaks_already_is_named_beside_the_field(city, focal_point):
    data = {"email": an_official(city).email, "language": "en"}
    page = page_of(browser_of(focal_point).post(address_of("people", city), data))
    assert "The owner of this address speaks for the city already." in page
    assert data["email"] in page


def test_the_thirty_first_invitation_in_an_hour_is_refused_and_the_address_kept(city, focal_point):
    browser, address = browser_of(focal_point), address_of("people", city)
    for _time in range(30):
        browser.post(address, {"email": "layla", "language": "en"})
    response = browser.post(address, {"email": "layla@example.org", "language": "en"})
    assert response.status_code == 429
    page = response.content.decode()
    assert "Too many invitations at once." in page
    assert "layla@example.org" in page
    assert not CityInvitation.objects.exists()


def test_an_invitation_is_withdrawn_by_post_only(city, focal_point):
    invitation, _token = invited(city, "layla@example.org", by=focal_point)
    browser = browser_of(focal_point)
    address = address_of("people", city, "invitations", invitation.pk, "withdraw")
    assert browser.get(address).status_code == 405
    assert "The invitation is withdrawn." in page_of(browser.post(address, follow=True))
    assert not city.invitations.open().exists()
    elsewhere = City.objects.get(slug="aarhus")
    wrong = address_of("people", elsewhere, "invitations", invitation.pk, "withdraw")
    assert browser.post(wrong).status_code == 404


def test_the_pages_cost_the_same_with_any_number_of_people(
    city, focal_point, django_assert_num_queries, django_assert_max_num_queries
):
    browser, address = browser_of(focal_point), address_of("people", city)
    with django_assert_max_num_queries(12) as first:
        browser.get(address)
    for number in range(5):
        a_request(city)
        an_official(city)
        invited(city, f"{number}@example.org", by=focal_point)
    with django_assert_num_queries(len(first)):
        browser.get(address)
