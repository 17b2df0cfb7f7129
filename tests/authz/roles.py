"""Who opens the routes: one person a role.

`author` is an official of Oslo, to whom all private records of the tests belong; `focal_point`
decides who speaks for Oslo, and writes nothing with the author; `other` speaks for another city,
with the same rights there. `unverified` has never confirmed the address, so that no sign-in would
let them in: their session is forced. `deactivated` was signed in when the account was closed, and
must be answered as `anonymous` is.
"""

from portal.accounts.models import User
from portal.accounts.people import open_account
from portal.accounts.roles import CURATOR, OFFICIAL, TRANSLATOR

ROLES = (
    "anonymous",
    "deactivated",
    "unverified",
    "author",
    "focal_point",
    "other",
    "translator",
    "curator",
    "superuser",
)
# People who open nothing here, but are named, and have mail: two who asked to speak for Oslo, one
# who is invited to, one who is invited to write with the author, and one who does.
OUTSIDE = ("applicant", "refused", "invited_official", "invited_writer", "coauthor")
# Names that the tables use for several roles at once.
SETS = {
    "everyone": ROLES,
    "nobody": (),
    "outsiders": ("anonymous", "deactivated"),
    "officials": ("author", "focal_point", "other"),
    "staff": ("translator", "curator", "superuser"),
    "curators": ("curator", "superuser"),
} | {role: (role,) for role in (*ROLES, *OUTSIDE)}
_ROLES_OF_THE_PORTAL = {
    "author": OFFICIAL,
    "focal_point": OFFICIAL,
    "other": OFFICIAL,
    "translator": TRANSLATOR,
    "curator": CURATOR,
}


def roles_in(names: str) -> frozenset[str]:
    """The roles that `names` stand for: roles and sets of roles with blanks between them."""
    return frozenset(role for name in names.split() for role in SETS[name])


def open_account_of(role: str) -> User:
    """A new account with what the portal gives to `role`."""
    slugs = [_ROLES_OF_THE_PORTAL[role].slug] if role in _ROLES_OF_THE_PORTAL else []
    is_verified = role != "unverified"
    person = open_account(
        f"{role}@example.org", name=role, roles=slugs, is_verified=is_verified, by=None
    )
    if role == "superuser":
        person.is_superuser = person.is_staff = True
        person.save()
    return person
