"""The two health addresses: what they say, how soon, and that they leave nothing behind."""

import time
from http import HTTPStatus

import pytest
from django.db import connection
from django.db.migrations.recorder import MigrationRecorder

from portal.common import health
from tests.common.faults import database_away
from tests.common.servers import redis_on, silent_server
from tests.local_servers import free_port

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def _nothing_known_yet(monkeypatch):
    monkeypatch.setattr(health, "_found_migrated", False)


@pytest.mark.parametrize("path", ["/healthz", "/readyz"])
def test_health_is_no_page(client, path):
    response = client.get(path)
    assert response.status_code == HTTPStatus.OK
    assert response["Content-Type"] == "application/json"
    assert response["X-Robots-Tag"] == "noindex"
    assert response["Cache-Control"] == "no-store"
    assert response.cookies == {}


def test_a_process_that_answers_is_alive_without_a_database(client, django_assert_num_queries):
    with django_assert_num_queries(0):
        assert client.get("/healthz").json() == {"process": "ok"}


def test_a_migrated_database_is_asked_one_question_once_it_is_known(
    client, django_assert_num_queries
):
    client.get("/readyz")
    with django_assert_num_queries(1):
        assert client.get("/readyz").json()["database"] == "ok"


def test_a_database_that_lacks_a_migration_is_not_ready(client):
    recorder = MigrationRecorder(connection)
    recorder.record_unapplied("common", "0001_cache_entries")
    response = client.get("/readyz")
    assert response.status_code == HTTPStatus.SERVICE_UNAVAILABLE
    assert response.json()["database"] == "not migrated"


def test_a_database_that_is_away_is_not_ready(client):
    started = time.monotonic()
    response = database_away(lambda: client.get("/readyz"))
    assert response.status_code == HTTPStatus.SERVICE_UNAVAILABLE
    assert response.json()["database"] == "away"
    assert time.monotonic() - started <= 2
    assert database_away(lambda: client.get("/healthz")).status_code == HTTPStatus.OK


def test_redis_is_reported_and_never_fatal(client, settings):
    settings.REDIS_URL = ""
    assert client.get("/readyz").json()["redis"] == "not used"
    settings.REDIS_URL = f"redis://127.0.0.1:{free_port()}/0"
    response = client.get("/readyz")
    assert (response.status_code, response.json()["redis"]) == (HTTPStatus.OK, "away")
    with silent_server() as port:
        settings.REDIS_URL = f"redis://127.0.0.1:{port}/0"
        started = time.monotonic()
        assert client.get("/readyz").json()["redis"] == "away"
        assert time.monotonic() - started <= 1
    with redis_on(free_port()) as settings.REDIS_URL:
        assert client.get("/readyz").json()["redis"] == "ok"
