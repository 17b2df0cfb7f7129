"""The log has every sign-in that failed, without addresses, and one line an entry."""

import logging

import pytest

from portal.accounts.failed_sign_ins import fingerprint
from portal.accounts.roles import set_roles
from portal.common.logs import OneLine
from tests.accounts.conftest import PASSWORD, new_address, sign_in


def lines(caplog) -> list[str]:
    return [r.getMessage() for r in caplog.records if r.name == "portal.accounts.failed_sign_ins"]


@pytest.mark.parametrize("typed", [str, str.upper])
def test_a_wrong_password_is_logged_without_the_address(browser, person, caplog, typed):
    data = {"login": typed(person.email), "password": "not the password at all"}
    browser.post("/en/accounts/login/", data)
    assert lines(caplog) == [f"Sign-in failed for address {fingerprint(person.email)}"]
    assert person.email.partition("@")[0] not in caplog.text.lower()


def test_an_address_without_an_account_is_logged_alike(browser, caplog):
    address = new_address()
    browser.post("/en/accounts/login/", {"login": address, "password": PASSWORD})
    assert lines(caplog) == [f"Sign-in failed for address {fingerprint(address)}"]


def test_a_wrong_code_is_logged(browser, person, caplog):
    browser.post("/en/accounts/login/code/", {"email": person.email})
    browser.post("/en/accounts/login/code/confirm/", {"code": "00000000"})
    assert lines(caplog) == ["Wrong code from an e-mail"]


def test_a_sign_in_that_succeeds_is_no_failure(browser, person, caplog):
    sign_in(browser, person)
    assert lines(caplog) == []


def test_what_is_denied_is_logged_with_its_address(browser, person, caplog):
    set_roles(person, ["curator"], by=None)
    sign_in(browser, person)
    browser.get("/en/admin/accounts/user/")
    denied = [record.getMessage() for record in caplog.records if record.name == "django.request"]
    assert denied == ["Forbidden (Permission denied): /en/admin/accounts/user/"]


@pytest.mark.parametrize(
    "typed", ["a\r\nb", "a\nb", "a\x0bb", "a\x85b", "a\u2028b", "a\x1b[2Jb", "a\x00b"]
)
def test_an_entry_is_one_line_whatever_was_typed(typed):
    record = logging.LogRecord("x", logging.INFO, "", 0, "typed: %s", (typed,), None)
    written = OneLine("{levelname} {message}", style="{").format(record)
    assert len(written.splitlines()) == 1
    assert written.isprintable()
    assert written.startswith("INFO typed: a\\")


def test_tracebacks_keep_their_lines():
    try:
        raise ValueError("why")
    except ValueError as error:
        exc_info = (type(error), error, error.__traceback__)
    record = logging.LogRecord("x", logging.INFO, "", 0, "failed", (), exc_info)
    assert OneLine().format(record).splitlines()[-1] == "ValueError: why"
