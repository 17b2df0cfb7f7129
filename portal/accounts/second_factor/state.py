"""Who has a second factor, who needs one, and whether it was shown in this session."""

from dataclasses import dataclass
from urllib.parse import urlsplit

from allauth.account.authentication import get_authentication_records
from allauth.account.internal.flows.login import record_authentication
from allauth.mfa import app_settings
from allauth.mfa.models import Authenticator
from django.conf import settings
from django.http import HttpRequest
from fido2.rpid import verify_rp_id

from portal.accounts.models import User
from portal.accounts.second_factor.adapter import relying_party

# Recovery codes stand in for one of these, and never alone.
FACTORS = (Authenticator.Type.TOTP, Authenticator.Type.WEBAUTHN)
METHOD = "mfa"
WAY_ON_KEY = "way_on_after_second_factor"


@dataclass(frozen=True)
class SecondStep:
    """What a person has set up."""

    has_app: bool
    passkeys: int
    recovery_codes: int

    def __bool__(self) -> bool:
        return self.has_app or self.passkeys > 0


def second_step_of(person: User) -> SecondStep:
    """What `person` has set up, and how many recovery codes are left. One query."""
    rows = list(Authenticator.objects.filter(user_id=person.pk).values_list("type", "data"))
    types = [type_ for type_, _data in rows]
    used = [data["used_mask"] for type_, data in rows if type_ == Authenticator.Type.RECOVERY_CODES]
    return SecondStep(
        has_app=Authenticator.Type.TOTP in types,
        passkeys=types.count(Authenticator.Type.WEBAUTHN),
        recovery_codes=sum(app_settings.RECOVERY_CODE_COUNT - mask.bit_count() for mask in used),
    )


def has_app(person: User) -> bool:
    """Whether `person` has set up an authenticator app. One query."""
    return _of(person, Authenticator.Type.TOTP).exists()


def has_second_factor(person: User) -> bool:
    """Whether `person` has an app or a passkey. One query."""
    return _of(person, *FACTORS).exists()


def needs_second_factor(person: User) -> bool:
    """Whether the rights of `person` are for those only who have a second factor."""
    return settings.STAFF_NEED_SECOND_FACTOR and (person.is_staff or person.is_superuser)


def was_shown(request: HttpRequest) -> bool:
    """Whether the person of this session has shown a second factor in it."""
    records = get_authentication_records(request, request.user)
    return any(record.get("method") == METHOD for record in records)


def note_shown(request: HttpRequest, authenticator: Authenticator) -> None:
    """Remember in the session that its person has just shown `authenticator`."""
    record_authentication(
        request, request.user, METHOD, id=authenticator.pk, type=authenticator.type
    )


def remember_way_on(request: HttpRequest, address: str) -> None:
    """Keep `address`, a path of ours, until its visitor has set up a second factor."""
    request.session[WAY_ON_KEY] = address


def forget_way_on(request: HttpRequest) -> None:
    """Forget what `remember_way_on` kept: its visitor has arrived."""
    if WAY_ON_KEY in request.session:
        del request.session[WAY_ON_KEY]


def way_on(request: HttpRequest) -> str:
    """Where somebody wanted to go who had to set up a second factor first; empty for others."""
    return request.session.get(WAY_ON_KEY, "") if was_shown(request) else ""


def passkey_address(request: HttpRequest) -> str:
    """The one address at which passkeys work; empty where the request came to it already."""
    host = relying_party()
    if verify_rp_id(host, f"{request.scheme}://{request.get_host()}"):
        return ""
    if host == urlsplit(settings.SITE_URL).hostname:
        return settings.SITE_URL
    return f"http://{host}:{request.get_port()}"


def _of(person: User, *types: str):
    return Authenticator.objects.filter(user_id=person.pk, type__in=types)
