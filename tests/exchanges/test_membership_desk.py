"""The curators' desk for memberships: the queue, the acts, and nothing else."""

import pytest
from django.contrib.admin.models import LogEntry

from exchanges import membership
from exchanges.choices import MembershipState
from exchanges.models import City, Membership
from exchanges.permissions import may_confirm, speaks_for
from tests.exchanges.people import (
    a_curator,
    a_focal_point,
    a_request,
    acts_on,
    an_official,
    browser_of,
    mails_to,
    membership_of,
    somebody,
)

pytestmark = pytest.mark.django_db
DESK = "/en/admin/exchanges/membership/"


@pytest.fixture
def curator():
    return a_curator()


@pytest.fixture
def browser(curator):
    return browser_of(curator)


def run(browser, action, *memberships, reason=""):
    data = {
        "action": action,
        "_selected_action": [each.pk for each in memberships],
        "reason": reason,
    }
    return browser.post(DESK, data, follow=True)


@pytest.mark.parametrize("language", ["en", "ar"])
def test_what_waits_stands_first(browser, city, language):
    first, second = a_request(city), a_request(city)
    an_official(city)
    membership.refuse(a_request(city), by=a_focal_point(city), reason="No.")
    response = browser.get(DESK.replace("/en/", f"/{language}/"))
    listed = list(response.context["cl"].result_list)
    assert listed[:2] == [first, second]
    assert len(listed) == 5
    assert f"/{language}/cities/oslo/people/{first.pk}/" in response.content.decode()


def test_the_queue_is_filtered_and_searched(browser, city):
    asked, official = a_request(city, somebody("Layla Haddad")), an_official(city, "Nora Berg")
    for query, found in (
        ("state__exact=asked", [asked]),
        ("state__exact=confirmed", [membership_of(official, city)]),
        ("q=layla", [asked]),
        ("q=oslo", [asked, membership_of(official, city)]),
    ):
        assert list(browser.get(f"{DESK}?{query}").context["cl"].result_list) == found


def test_curators_confirm_what_they_chose(browser, curator, city):
    asked = [a_request(city), a_request(city)]
    page = run(browser, "confirm_chosen", *asked).content.decode()
    assert "2 done." in page
    assert all(speaks_for(each.person, city) for each in asked)
    assert acts_on(asked[0]) == ["membership-asked", "membership-confirmed"]
    assert mails_to(asked[0].person) == ["You speak for Oslo now"]


@pytest.mark.parametrize(
    ("action", "state"),
    [("refuse_chosen", MembershipState.REFUSED), ("end_chosen", MembershipState.ENDED)],
)
def test_refusing_and_ending_need_a_reason(browser, city, action, state):
    waiting = a_request(city)
    speaking = membership_of(an_official(city), city)
    chosen = waiting if action == "refuse_chosen" else speaking
    assert "Nothing was done." in run(browser, action, chosen).content.decode()
    assert Membership.objects.get(pk=chosen.pk).state == chosen.state
    run(browser, action, chosen, reason="  Left\nthe post. ")
    done = Membership.objects.get(pk=chosen.pk)
    assert (done.state, done.reason) == (state, "Left the post.")


def test_what_cannot_be_done_is_named_and_the_rest_is_done(browser, curator, city):
    own = a_request(city, curator)
    asked, official = a_request(city), membership_of(an_official(city), city)
    page = run(browser, "confirm_chosen", own, asked, official).content.decode()
    assert "1 done." in page
    assert "Nobody decides this for themselves." in page
    assert "This request has been decided already." in page
    assert not speaks_for(curator, city)


def test_nothing_is_edited_or_deleted_not_even_by_administrators(browser, city):
    asked = a_request(city)
    administrator = somebody()
    administrator.is_staff = administrator.is_superuser = True
    administrator.save()
    for client in (browser, browser_of(administrator)):
        page = client.get(f"{DESK}{asked.pk}/change/")
        assert page.status_code == 200
        assert 'name="state"' not in page.content.decode()
        data = {"state": "confirmed", "role": "focal-point"}
        assert client.post(f"{DESK}{asked.pk}/change/", data).status_code == 403
        assert client.post(f"{DESK}{asked.pk}/delete/", {"post": "yes"}).status_code == 403
    run(browser, "delete_selected", asked)
    assert Membership.objects.get(pk=asked.pk).is_waiting


def test_curators_let_somebody_speak_who_has_not_asked(browser, city):
    person = somebody()
    data = {"email": person.email.upper(), "city": city.pk, "role": "focal-point"}
    response = browser.post(f"{DESK}add/", {**data, "state": "ended"}, follow=True)
    assert response.redirect_chain == [(DESK, 302)]
    assert may_confirm(person, city)
    assert mails_to(person) == ["You speak for Oslo now"]
    appointed = membership_of(person, city)
    assert acts_on(appointed) == ["membership-confirmed"]
    assert LogEntry.objects.filter(object_id=str(appointed.pk)).count() == 1


@pytest.mark.parametrize("reason", ["unknown account", "speaks already", "themselves"])
def test_nobody_is_let_who_may_not_and_the_form_says_why(browser, curator, city, reason):
    email = {
        "unknown account": lambda: "nobody@example.org",
        "speaks already": lambda: an_official(city).email,
        "themselves": lambda: curator.email,
    }[reason]()
    before = Membership.objects.count()
    data = {"email": email, "city": city.pk, "role": "official"}
    page = browser.post(f"{DESK}add/", data, follow=True).content.decode()
    says = {
        "unknown account": "There is no account with this address.",
        "speaks already": "This person speaks for the city already.",
        "themselves": "Nobody decides this for themselves.",
    }[reason]
    assert says in page
    assert Membership.objects.count() == before


@pytest.mark.parametrize("roles", [[], ["official"], ["translator"]])
def test_nobody_else_has_this_desk(city, roles):
    asked = a_request(city)
    client = browser_of(somebody(roles=roles))
    for path in ("", "add/", f"{asked.pk}/change/", f"{asked.pk}/history/"):
        answer = client.get(DESK + path, follow=True)
        assert answer.status_code == 403
    assert run(client, "confirm_chosen", asked).status_code == 403
    assert Membership.objects.get(pk=asked.pk).is_waiting


def test_translators_do_not_see_it_among_the_desks():
    client = browser_of(somebody(roles=["translator"]))
    assert "/admin/exchanges/membership/" not in client.get("/en/admin/").content.decode()


def test_curators_find_the_cities_whose_people_need_them(browser, city):
    waiting, without, with_all = City.objects.order_by("pk")[:3]
    a_request(waiting)
    an_official(without)
    a_focal_point(with_all)
    for value, found in (("waiting", {waiting}), ("no-focal-point", {without})):
        listed = browser.get(f"/en/admin/exchanges/city/?people={value}").context["cl"]
        assert set(listed.queryset) == found
    nobody = browser.get("/en/admin/exchanges/city/?people=none").context["cl"].queryset
    assert set(City.objects.exclude(pk__in=[without.pk, with_all.pk])) == set(nobody)
