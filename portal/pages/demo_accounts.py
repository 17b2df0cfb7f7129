"""The accounts of the demonstration: one a role, all with one password that everybody may know.

The official is the focal point of a city, where the content has it.
"""

from dataclasses import dataclass

from django.db import transaction

from exchanges import membership
from exchanges.choices import MembershipRole
from exchanges.models import City
from exchanges.permissions import speaks_for
from portal.accounts.models import User
from portal.accounts.people import open_account, set_address
from portal.accounts.roles import CURATOR, OFFICIAL, TRANSLATOR, Role, set_roles

DEMO_PASSWORD = "crossing-the-atlantic"  # noqa: S105 - printed for whoever tries the portal
DEMO_CITY = "oslo"


@dataclass(frozen=True)
class DemoAccount:
    """An account of the demonstration; without a role it is an administrator's."""

    email: str
    name: str
    role: Role | None = None


DEMO_ACCOUNTS = [
    DemoAccount("official@example.org", "Demo official", OFFICIAL),
    DemoAccount("curator@example.org", "Demo curator", CURATOR),
    DemoAccount("translator@example.org", "Demo translator", TRANSLATOR),
    DemoAccount("administrator@example.org", "Demo administrator"),
]


@transaction.atomic
def create_demo_accounts() -> list[DemoAccount]:
    """Make sure that each demo account is there with its role, a verified address and the known
    password, whatever was done to it since. Returns them all."""
    for account in DEMO_ACCOUNTS:
        person = User.objects.filter(email=account.email).first() or open_account(
            account.email, name=account.name, password=DEMO_PASSWORD, is_verified=True, by=None
        )
        person.is_active = True
        person.is_superuser = account.role is None
        if not person.check_password(DEMO_PASSWORD):
            person.set_password(DEMO_PASSWORD)
        person.save()
        set_address(person, account.email, is_verified=True)
        set_roles(person, [account.role.slug] if account.role else [], by=None)
    _let_the_official_speak()
    return DEMO_ACCOUNTS


def _let_the_official_speak() -> None:
    official, curator, *_others = (
        User.objects.get(email=account.email) for account in DEMO_ACCOUNTS
    )
    city = City.objects.filter(slug=DEMO_CITY).first()
    if city and not speaks_for(official, city):
        membership.appoint(official, city, by=curator, role=MembershipRole.FOCAL_POINT)
