"""While the database is away, everybody gets a friendly page at once."""

import sqlite3
import time
from http import HTTPStatus

import psycopg
import pytest
from django.db import DataError, InterfaceError, OperationalError, ProgrammingError

from portal.accounts.models import User
from portal.common.outage import is_outage
from tests.common.faults import database_away

PATHS = ["/{}/", "/{}/practices/", "/{}/findings/", "/{}/cities/", "/{}/events/", "/{}/search/?q=x",
         "/files/practicephoto/x.png"]  # fmt: skip


@pytest.mark.django_db
@pytest.mark.parametrize("language", ["en", "ar"])
@pytest.mark.parametrize("path", PATHS)
def test_every_page_says_so_and_when_to_come_back(client, path, language):
    client.raise_request_exception = False
    started = time.monotonic()
    response = database_away(lambda: client.get(path.format(language)))
    assert time.monotonic() - started <= 1.5
    assert response.status_code == HTTPStatus.SERVICE_UNAVAILABLE
    assert response["Retry-After"].isdecimal()
    assert response["Cache-Control"] == "no-store"
    assert "default-src 'none'" in response["Content-Security-Policy"]
    if "{}" in path:
        assert f'<html lang="{language}"' in response.content.decode()


@pytest.mark.django_db
@pytest.mark.parametrize(
    "path", ["/ar/", "/ar/nothing-here/", "/ar/accounts/profile/", "/ar/admin/"]
)
def test_a_signed_in_person_is_told_the_same(client, path):
    client.raise_request_exception = False
    client.force_login(User.objects.create_user("someone@example.org", name="Someone"))
    response = database_away(lambda: client.get(path))
    assert response.status_code == HTTPStatus.SERVICE_UNAVAILABLE
    assert '<html lang="ar"' in response.content.decode()


@pytest.mark.django_db
def test_signing_in_is_told_the_same(client):
    client.raise_request_exception = False
    response = database_away(
        lambda: client.post("/en/accounts/login/", {"login": "a@example.org", "password": "x" * 20})
    )
    assert response.status_code == HTTPStatus.SERVICE_UNAVAILABLE


def raised(error, cause):
    """`error` as Django raises it for what the driver raised."""
    error.__cause__ = cause
    return error


def sqlite_error(act):
    try:
        act(sqlite3.connect(":memory:"))
    except sqlite3.Error as error:
        return error


def test_what_is_away_is_told_from_what_is_wrong():
    missing_table = sqlite_error(lambda database: database.execute("SELECT * FROM nothing"))
    missing_file = sqlite_error(lambda _: sqlite3.connect("/nonexistent/x.sqlite3"))
    assert is_outage(raised(OperationalError(), missing_file))
    assert is_outage(raised(OperationalError(), psycopg.OperationalError("refused")))
    assert is_outage(raised(OperationalError(), psycopg.errors.AdminShutdown()))
    assert is_outage(InterfaceError("connection already closed"))
    assert is_outage(raised(RuntimeError("while rendering"), OperationalError("refused")))
    assert not is_outage(raised(OperationalError(), missing_table))
    assert not is_outage(raised(ProgrammingError(), psycopg.errors.UndefinedTable()))
    assert not is_outage(DataError("NUL"))
    assert not is_outage(ZeroDivisionError())
    assert not is_outage(None)
