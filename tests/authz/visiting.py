"""Opening an address as somebody, and noting all that the answer tells, without consequences."""

import re
import secrets
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass

from allauth.account.internal.flows.login import record_authentication
from django.conf import settings
from django.db import connection, transaction
from django.http import HttpResponseBase
from django.test import Client, RequestFactory
from django.test.client import ClientHandler
from django.urls import reverse
from django.utils import translation

from portal.accounts.models import User
from tests.authz.canary import Canary, Token

WRITING = re.compile(r'\s*(?:INSERT(?: OR \w+)? INTO|UPDATE|DELETE FROM)\s+"?(\w+)', re.IGNORECASE)


@dataclass(frozen=True)
class Answer:
    """What a visitor got: "login" stands for the way to the page where one signs in."""

    status: int | str
    body: bytes
    cookies: frozenset[str]
    written: frozenset[str]
    tokens: frozenset[Token]


class Browser(RequestFactory):
    """Sends requests through all middleware. Unlike Client it keeps nothing of how the answer was
    made, and an error is an answer: 500.
    """

    def __init__(self, *, enforce_csrf_checks: bool):
        super().__init__()
        self._handler = ClientHandler(enforce_csrf_checks=enforce_csrf_checks)

    def request(self, **environ) -> HttpResponseBase:
        return self._handler(self._base_environ(**environ))


class Visitor:
    """A browser in which the person of a role is signed in. What it does is undone at once."""

    def __init__(
        self, role: str, session: str, canary: Canary, *, enforce_csrf_checks: bool = False
    ):
        self.role = role
        self._session = session
        self._canary = canary
        self._browser = Browser(enforce_csrf_checks=enforce_csrf_checks)

    def open(self, method: str, address: str, data: dict | None = None, **headers: str) -> Answer:
        """The answer to one request from an address of the network that was never seen before."""
        if self._session:
            self._browser.cookies[settings.SESSION_COOKIE_NAME] = self._session
        send = getattr(self._browser, method.lower())
        given = {} if data is None else {"data": data}
        with _undone(), _writes_noted() as written:
            response = send(address, headers=headers, REMOTE_ADDR=_new_ip(), **given)
            body = b"".join(response) if response.streaming else response.content
        translation.deactivate()
        told = body + str(sorted(response.items())).encode()
        return Answer(
            _status_of(response),
            body,
            frozenset(response.cookies),
            frozenset(written),
            frozenset(self._canary.found_in(told)),
        )

    def leaks(self, answer: Answer) -> set[str]:
        """The private places that `answer` tells, and this visitor may not read."""
        return {token.place for token in answer.tokens if self.role not in token.readers}


def session_of(person: User) -> str:
    """The key of a new session in which `person` has signed in just now, both steps shown."""
    client = Client()
    client.force_login(person)
    request = RequestFactory().get("/")
    request.session, request.user = client.session, person
    for method in ("password", "mfa"):
        record_authentication(request, person, method, reauthenticated=True)
    request.session.save()
    return request.session.session_key


def _status_of(response: HttpResponseBase) -> int | str:
    if response.status_code != 302:
        return response.status_code
    path = response["Location"].partition("?")[0]
    with translation.override("en" if path.startswith("/en/") else "ar"):
        doors = {reverse("account_login"), reverse("admin:login")}
    return "login" if path in doors else 302


def _new_ip() -> str:
    """Counts of rate limits outlive a request where the cache is Redis."""
    return ".".join(["10", *(str(secrets.randbelow(250) + 1) for _place in range(3))])


@contextmanager
def _undone() -> Iterator[None]:
    with transaction.atomic():
        yield
        transaction.set_rollback(True)


@contextmanager
def _writes_noted() -> Iterator[set[str]]:
    """Names of the tables to which statements write meanwhile."""
    tables: set[str] = set()

    def note(execute, sql, params, many, context):
        if match := WRITING.match(sql):
            tables.add(match.group(1))
        return execute(sql, params, many, context)

    with connection.execute_wrapper(note):
        yield tables
