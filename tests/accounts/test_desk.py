"""The desk has the same door as every page, and accounts are for administrators."""

import pytest
from allauth.account.models import EmailAddress
from django.contrib.admin.models import LogEntry
from django.db import connection
from django.test.utils import CaptureQueriesContext

from portal.accounts.models import User
from portal.accounts.people import open_account
from portal.accounts.roles import roles_of
from tests.accounts.conftest import PASSWORD, is_signed_in, new_address, sign_in

PEOPLE = "/en/admin/accounts/user/"


@pytest.fixture
def staff(db, request):
    person = open_account(
        new_address(),
        name="Maya Cohen",
        roles=[request.param] if request.param in ("curator", "translator") else [],
        password=PASSWORD,
        is_verified=True,
        by=None,
    )
    if request.param == "administrator":
        User.objects.filter(pk=person.pk).update(is_staff=True, is_superuser=True)
    return person


@pytest.fixture
def administrator(browser, db):
    person = open_account(new_address(), name="Admin", password=PASSWORD, is_verified=True, by=None)
    User.objects.filter(pk=person.pk).update(is_staff=True, is_superuser=True)
    sign_in(browser, person)
    return browser


@pytest.mark.parametrize("path", ["/en/admin/", "/ar/admin/practices/practice/", PEOPLE])
def test_the_desk_sends_to_the_one_page_for_signing_in(browser, path):
    response = browser.get(path, follow=True)
    language = path[1:3]
    login_path, query = response.redirect_chain[-1][0].split("?")
    assert login_path == f"/{language}/accounts/login/"
    assert query.removeprefix("next=").replace("%2F", "/") == path


def test_there_is_no_second_page_for_signing_in(browser, person):
    data = {"username": person.email, "password": PASSWORD}
    response = browser.post("/en/admin/login/", data)
    assert response.headers["Location"].startswith("/en/accounts/login/?next=")
    assert not is_signed_in(browser)


@pytest.mark.parametrize("staff", ["curator", "translator", "administrator"], indirect=True)
def test_those_who_work_on_content_come_to_the_desk(browser, staff):
    response = sign_in(browser, staff, next="/en/admin/")
    assert response.headers["Location"] == "/en/admin/"
    assert browser.get("/en/admin/").status_code == 200


@pytest.mark.parametrize("path", ["/en/admin/", PEOPLE, "/ar/admin/practices/practice/"])
def test_everybody_else_is_told_no_instead_of_being_sent_round(browser, person, path):
    sign_in(browser, person)
    response = browser.get(path, follow=True)
    assert response.status_code == 403
    assert len(response.redirect_chain) <= 1


@pytest.mark.parametrize("staff", ["curator", "translator"], indirect=True)
@pytest.mark.parametrize("path", [PEOPLE, f"{PEOPLE}add/"])
def test_accounts_are_closed_to_every_role(browser, staff, path):
    sign_in(browser, staff)
    assert browser.get(path).status_code == 403


def test_groups_addresses_and_sessions_have_no_desk_of_their_own(administrator):
    for path in ("auth/group", "account/emailaddress", "usersessions/usersession"):
        assert administrator.get(f"/en/admin/{path}/").status_code == 404


def test_the_desk_s_link_to_change_the_password_leads_to_the_account_page(administrator):
    response = administrator.get("/en/admin/password_change/")
    assert response.headers["Location"] == "/en/accounts/password/change/"


def account_data(**changes):
    return {
        "name": "Leïla Haddad",
        "email": new_address(),
        "language": "ar",
        "time_zone": "Europe/Paris",
        "is_active": "on",
        "roles": ["translator"],
    } | changes


def test_an_administrator_opens_an_account(administrator):
    data = account_data(email=f"{new_address().upper()}")
    assert administrator.post(f"{PEOPLE}add/", data).status_code == 302
    person = User.objects.get(name="Leïla Haddad")
    assert person.email == data["email"].lower()
    assert (person.language, person.time_zone, person.is_staff) == ("ar", "Europe/Paris", True)
    assert [role.slug for role in roles_of(person)] == ["translator"]
    assert not person.has_usable_password()
    address = EmailAddress.objects.get(user=person)
    assert (address.email, address.primary, address.verified) == (person.email, True, False)


def test_an_administrator_changes_roles_address_and_confirmation(administrator, person):
    data = account_data(roles=["curator", "official"], is_verified="on")
    response = administrator.post(f"{PEOPLE}{person.pk}/change/", data)
    assert response.status_code == 302
    person.refresh_from_db()
    assert [role.slug for role in roles_of(person)] == ["official", "curator"]
    assert person.is_staff
    assert list(EmailAddress.objects.filter(user=person).values_list("email", "verified")) == [
        (data["email"], True)
    ]
    assert person.check_password(PASSWORD)
    assert LogEntry.objects.filter(object_id=person.pk).count() == 1


def test_an_address_that_is_taken_is_refused(administrator, person, arabic_person):
    data = account_data(email=arabic_person.email)
    response = administrator.post(f"{PEOPLE}{person.pk}/change/", data)
    errors = response.context["adminform"].form.errors
    assert errors["email"] == ["Person with this E-mail address already exists."]


def test_taking_the_tick_from_active_signs_the_person_out(administrator, another_browser, person):
    sign_in(another_browser, person)
    data = account_data(email=person.email)
    del data["is_active"]
    administrator.post(f"{PEOPLE}{person.pk}/change/", data)
    assert not is_signed_in(another_browser)


@pytest.mark.parametrize("language", ["en", "ar"])
def test_no_password_hash_is_on_the_page(administrator, person, language):
    page = administrator.get(f"/{language}/admin/accounts/user/{person.pk}/change/")
    assert page.status_code == 200
    assert "argon2" not in page.text


@pytest.mark.parametrize("role", ["official", "curator", "translator"])
def test_people_are_listed_by_role(administrator, person, role):
    other = open_account(new_address(), name="Other", roles=[role], by=None)
    page = administrator.get(PEOPLE, {"role": role})
    assert list(page.context["cl"].queryset) == [other]


def test_the_list_costs_the_same_for_any_number_of_people(administrator):
    counts = []
    for _ in range(2):
        for number in range(3):
            open_account(new_address(), name=f"Person {number}", roles=["official"], by=None)
        with CaptureQueriesContext(connection) as queries:
            administrator.get(PEOPLE)
        counts.append(len(queries))
    assert counts[0] == counts[1]
