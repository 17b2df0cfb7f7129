"""What people hold in their hands for the second step, for its tests."""

import time

from allauth.mfa import app_settings
from allauth.mfa.recovery_codes.internal.auth import RecoveryCodes
from allauth.mfa.totp.internal.auth import TOTP, format_hotp_value, hotp_value
from django.contrib.admin.models import LogEntry

from portal.accounts.models import User
from portal.accounts.people import open_account
from portal.common.journal import act_in
from tests.accounts.conftest import PASSWORD, new_address, sign_in

STEP = "/en/accounts/2fa/authenticate/"
SECRET = "JBSWY3DPEHPK3PXPJBSWY3DPEHPK3PXP"
INDIC = str.maketrans("0123456789", "٠١٢٣٤٥٦٧٨٩")


def code_of_app(secret: str = SECRET, *, steps: int = 0) -> str:
    """The code that an app shows now, or `steps` half minutes later."""
    if steps and time.time() % 30 > 27:
        # The next half minute must not begin before the code is used.
        time.sleep(3.1)
    return format_hotp_value(hotp_value(secret, int(time.time()) // 30 + steps))


def wrong_code(secret: str = SECRET) -> str:
    """A code that is none of those that hold now."""
    right = {code_of_app(secret, steps=step) for step in (-2, -1, 0, 1, 2)}
    return next(code for code in map(str, range(100_000, 100_009)) if code not in right)


def set_up_app(person) -> list[str]:
    """Give `person` an app with SECRET, and recovery codes, which it returns."""
    TOTP.activate(person, SECRET)
    codes = RecoveryCodes.activate(person).generate_codes()
    assert len(codes) == app_settings.RECOVERY_CODE_COUNT
    return codes


def staff_with(role: str) -> User:
    roles = [] if role == "administrator" else [role]
    person = open_account(
        new_address(), name="Maya", roles=roles, password=PASSWORD, is_verified=True, by=None
    )
    if role == "administrator":
        User.objects.filter(pk=person.pk).update(is_staff=True, is_superuser=True)
        person.refresh_from_db()
    return person


def came_through_both_steps(client, person):
    codes = set_up_app(person)
    sign_in(client, person)
    client.post(STEP, {"code": codes[0]})
    return client


def confirm(client):
    """Show the password once more, as the pages ask before they change anything."""
    client.post("/en/accounts/reauthenticate/", {"password": PASSWORD})


def signed_in(client, person):
    client.force_login(person)
    confirm(client)
    return client


def acts() -> list[str]:
    return [act_in(entry) for entry in LogEntry.objects.order_by("pk") if act_in(entry)]
