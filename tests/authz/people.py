"""The people of the tests, and who of them speaks for which city, by the acts of the portal."""

import re

from allauth.mfa.models import Authenticator
from post_office.models import Email

from exchanges import membership
from exchanges.choices import MembershipRole
from exchanges.models import City, CityInvitation, Membership
from portal.accounts.models import User
from portal.accounts.people import set_address
from tests.accounts.passkeys import add_passkey
from tests.accounts.second_steps import set_up_app
from tests.authz.canary import Canary
from tests.authz.roles import ROLES, SETS, open_account_of
from tests.authz.visiting import session_of

# They ask to speak for Oslo; one waits, one was refused.
ASKING = ("applicant", "refused")
# Writes with the author.
WRITING = ("coauthor",)
# Who may know the name of somebody beside that person and staff.
CIRCLES = {
    "author": "focal_point coauthor invited_writer",
    "coauthor": "author",
    "curator": "author coauthor",
    "focal_point": "invited_official",
} | dict.fromkeys(ASKING, "focal_point")
# Who decides whether somebody speaks for a city, and by the address too.
DECIDERS = dict.fromkeys(("author", *ASKING), "focal_point")


class People:
    """An account a role, with canaries for name and address; a session for each that has one."""

    def __init__(self, canary: Canary):
        self._canary = canary
        roles = [role for role in (*ROLES, *ASKING, *WRITING) if role != "anonymous"]
        self.accounts = {role: self._open(role) for role in roles}
        self.passkey = self._add_passkey(self.accounts["author"])
        self.sessions = {role: session_of(person) for role, person in self.accounts.items()}
        self.sessions["anonymous"] = ""
        closed = self.accounts["deactivated"]
        closed.is_active = False
        closed.save()

    def __getitem__(self, role: str) -> User:
        return self.accounts[role]

    def _open(self, role: str) -> User:
        person = open_account_of(role)
        who = {"owner": role, "circle": CIRCLES.get(role, ""), "decider": DECIDERS.get(role, "")}
        self._canary.plant(person, role, **who)
        set_address(person, person.email, is_verified=role != "unverified")
        if role in SETS["staff"]:
            set_up_app(person)
        return person

    def _add_passkey(self, person: User) -> Authenticator:
        name = self._canary.text("name of a passkey", readers="author")
        passkey, _key_pair = add_passkey(person, name)
        return passkey


class CityPeople:
    """Who speaks for Oslo, asks to, was refused, and is invited."""

    def __init__(self, people: People, canary: Canary, oslo: City):
        curator, focal_point = people["curator"], people["focal_point"]
        elsewhere = City.objects.exclude(pk=oslo.pk).earliest("pk")
        membership.appoint(people["author"], oslo, by=curator)
        membership.appoint(people["other"], elsewhere, by=curator)
        membership.appoint(focal_point, oslo, by=curator, role=MembershipRole.FOCAL_POINT)
        self.waiting = membership.ask_to_speak(people["applicant"], oslo)
        self.refused = self._refused(people, canary, oslo)
        self.invitation = membership.invite(
            oslo,
            canary.address(
                "address of an invited official", readers="focal_point curators invited_official"
            ),
            by=focal_point,
            role=MembershipRole.OFFICIAL,
            language="en",
        )
        self.token = token_in_mail_to(self.invitation)

    def _refused(self, people: People, canary: Canary, oslo: City) -> Membership:
        asked = membership.ask_to_speak(people["refused"], oslo)
        reason = canary.text("reason of a refusal", readers="refused focal_point curators")
        membership.refuse(asked, by=people["focal_point"], reason=reason)
        return asked


def token_in_mail_to(invitation: CityInvitation) -> str:
    """The token of the link that was mailed: it is kept nowhere else."""
    mail = Email.objects.filter(to=invitation.email).latest("pk")
    return re.search(r"/(?:invitations|join)/([\w-]+)/", mail.message).group(1)
