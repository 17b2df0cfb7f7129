"""People and browsers for the tests of the account pages.

Every browser has a network address and every person an e-mail address that no other test has: the
counts of rate limits outlive a test where the cache is Redis.
"""

import re
import secrets

import pytest
from django.core import mail
from django.db import transaction
from django.test import Client

from portal.accounts.people import open_account

PASSWORD = "the bridge has seven arches"


def new_address() -> str:
    return f"{secrets.token_hex(6)}@example.org"


def new_client(**headers) -> Client:
    ip = ".".join(["10", *(str(secrets.randbelow(250) + 1) for _ in range(3))])
    return Client(REMOTE_ADDR=ip, HTTP_USER_AGENT="Mozilla/5.0 (Windows NT 10.0) Firefox/140.0")


def code_of(message) -> str:
    """The code that a mail contains."""
    return re.search(r"^(\d{4}-\d{4})$", message.body, re.MULTILINE).group(1)


def newest_code(address: str) -> str:
    """The code in the newest mail to `address`."""
    return code_of([message for message in mail.outbox if message.to == [address]][-1])


@pytest.fixture
def browser(db):
    """A browser of somebody who is not signed in."""
    return new_client()


@pytest.fixture
def another_browser(db):
    return new_client()


@pytest.fixture
def commits_at_once(monkeypatch):
    """What waits for the commit is done at once, within the request as it is for people.

    The transaction around a test commits never, and what is done after a request misses its
    session.
    """
    monkeypatch.setattr(transaction, "on_commit", lambda act, **_options: act())


@pytest.fixture
def person(db):
    """Somebody with a confirmed address, a password, and English as language."""
    return open_account(
        new_address(), name="Astrid Lind", password=PASSWORD, is_verified=True, by=None
    )


@pytest.fixture
def arabic_person(db):
    return open_account(
        new_address(),
        name="ليلى حداد",
        language="ar",
        password=PASSWORD,
        is_verified=True,
        by=None,
    )


def sign_in(client: Client, person, *, language="en", **query):
    """Sign in by password on the page in `language`."""
    return client.post(
        f"/{language}/accounts/login/",
        {"login": person.email, "password": PASSWORD},
        query_params=query,
    )


def is_signed_in(client: Client) -> bool:
    return client.get("/en/accounts/profile/").status_code == 200
