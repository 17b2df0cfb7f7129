"""The demonstration has an account a role, and nothing else has them."""

import io

import pytest
from allauth.account.models import EmailAddress
from django.contrib.auth import authenticate
from django.core.management import CommandError, call_command

from exchanges.models import Membership
from portal.accounts.models import User
from portal.accounts.roles import ROLES, roles_of
from portal.pages.demo_accounts import DEMO_ACCOUNTS, DEMO_CITY, DEMO_PASSWORD

pytestmark = pytest.mark.django_db


@pytest.fixture
def demonstration(settings):
    settings.DEMO = True


def test_one_account_a_role_and_an_administrator(demonstration):
    call_command("create_demo_accounts", stdout=io.StringIO())

    people = {person.email: person for person in User.objects.all()}
    assert {
        email: [role.slug for role in roles_of(person)] for email, person in people.items()
    } == {
        "official@example.org": ["official"],
        "curator@example.org": ["curator"],
        "translator@example.org": ["translator"],
        "administrator@example.org": [],
    }
    assert {email for email, person in people.items() if person.is_superuser} == {
        "administrator@example.org"
    }
    assert {email for email, person in people.items() if not person.is_staff} == {
        "official@example.org"
    }
    assert {account.role.slug for account in DEMO_ACCOUNTS if account.role} == ROLES.keys()


def test_the_official_is_the_focal_point_of_a_city_however_often_it_runs(demonstration):
    for _time in range(2):
        call_command("create_demo_accounts", stdout=io.StringIO())

    membership = Membership.objects.get()
    assert membership.person.email == "official@example.org"
    assert membership.city.slug == DEMO_CITY
    assert membership.is_confirmed
    assert membership.is_focal_point


def test_their_addresses_are_verified(demonstration):
    call_command("create_demo_accounts", stdout=io.StringIO())

    addresses = EmailAddress.objects.filter(verified=True, primary=True)
    assert set(addresses.values_list("email", flat=True)) == {a.email for a in DEMO_ACCOUNTS}


def test_they_sign_in_with_the_printed_password(demonstration, rf):
    output = io.StringIO()
    call_command("create_demo_accounts", stdout=output)

    assert output.getvalue().splitlines() == [
        f"Demo accounts, all with the password {DEMO_PASSWORD}",
        *(f"  {account.email}" for account in DEMO_ACCOUNTS),
    ]
    for account in DEMO_ACCOUNTS:
        person = authenticate(rf.post("/"), email=account.email, password=DEMO_PASSWORD)
        assert person.email == account.email


def test_a_second_run_restores_what_was_changed(demonstration):
    call_command("create_demo_accounts", stdout=io.StringIO())
    person = User.objects.get(email="curator@example.org")
    person.set_password("another-word-of-mine")
    person.is_active = False
    person.save()

    call_command("create_demo_accounts", stdout=io.StringIO())

    person.refresh_from_db()
    assert person.check_password(DEMO_PASSWORD)
    assert person.is_active
    assert User.objects.count() == EmailAddress.objects.count() == len(DEMO_ACCOUNTS)


def test_they_are_refused_outside_the_demonstration(settings):
    settings.DEMO = False

    with pytest.raises(CommandError, match="for the demonstration only"):
        call_command("create_demo_accounts")

    assert not User.objects.exists()
