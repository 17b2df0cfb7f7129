"""People who speak for cities, or want to, and what they were told; made by the portal's acts."""

import re
import secrets

from django.contrib.admin.models import LogEntry
from django.core import mail
from django.test import Client
from post_office.models import Email

from exchanges import membership
from exchanges.choices import MembershipRole
from exchanges.models import City, CityInvitation, Membership
from portal.accounts.models import User
from portal.accounts.people import open_account
from portal.common.journal import act_in
from portal.notices.models import Notice


def oslo() -> City:
    return City.objects.get(slug="oslo")


def somebody(
    name: str = "Astrid Lind", *, email: str = "", language: str = "en", roles=(), verified=True
) -> User:
    """An account with a confirmed address that no other test has."""
    email = email or f"{secrets.token_hex(6)}@example.org"
    return open_account(
        email, name=name, language=language, roles=roles, is_verified=verified, by=None
    )


def a_curator() -> User:
    return somebody("Ragnhild Moe", roles=["curator"])


def an_official(city: City, name: str = "Nora Berg", *, language: str = "en") -> User:
    """Somebody who speaks for `city`."""
    person = somebody(name, language=language)
    membership.appoint(person, city, by=a_curator())
    return person


def a_focal_point(city: City, name: str = "Ingrid Dahl", *, language: str = "en") -> User:
    """Somebody who decides who speaks for `city`."""
    person = somebody(name, language=language)
    membership.appoint(person, city, by=a_curator(), role=MembershipRole.FOCAL_POINT)
    return person


def a_request(city: City, person: User | None = None) -> Membership:
    """A request that waits."""
    return membership.ask_to_speak(person or somebody(), city)


def membership_of(person: User, city: City) -> Membership:
    """The newest membership of a person in a city."""
    return city.memberships.filter(person=person).latest("pk")


def invited(
    city: City, email: str, *, by: User, role: str = "official", language: str = "en"
) -> tuple[CityInvitation, str]:
    """An invitation by the act, and the token in the mail about it."""
    invitation = membership.invite(city, email, by=by, role=role, language=language)
    return invitation, token_in_mail(invitation)


def token_in_mail(invitation: CityInvitation) -> str:
    """The token in the mail that waits; once that is sent, only who got it has it."""
    waiting = Notice.objects.get(key=f"city-invitation-{invitation.pk}").mail.message
    sent = [message.body for message in mail.outbox if message.to == [invitation.email]]
    tokens = [re.search(r"/invitations/([\w-]+)/", text) for text in [waiting, *reversed(sent)]]
    return next(filter(None, tokens)).group(1)


def mails_to(person: User) -> list[str]:
    """The subjects of all mails to a person, in their order."""
    mails = Email.objects.filter(to=person.email).order_by("pk")
    return list(mails.values_list("subject", flat=True))


def acts_on(record) -> list[str]:
    """What the journal has of a record, oldest first."""
    entries = LogEntry.objects.filter(object_id=str(record.pk)).order_by("pk")
    of_kind = [e for e in entries if e.content_type.model == record._meta.model_name]
    return [act_in(entry) for entry in of_kind]


def browser_of(person: User | None = None) -> Client:
    """A browser at an address of its own, in which `person` is signed in."""
    ip = ".".join(["10", *(str(secrets.randbelow(250) + 1) for _ in range(3))])
    client = Client(REMOTE_ADDR=ip)
    if person:
        client.force_login(person)
    return client


def address_of(page: str, city: City, *parts: object, language: str = "en") -> str:
    """An address of a page of a city: address_of("people", city, 3)."""
    return "/".join(["", language, "cities", city.slug, page, *map(str, parts), ""])


def page_of(response) -> str:
    """The page that was answered, which is no error."""
    assert response.status_code == 200
    return response.content.decode()
