"""Work for the background is handed over after commit and never breaks the page that asked."""

import time

import pytest
from celery import Celery, shared_task
from django.db import transaction
from redis import Redis

from portal.common.jobs import enqueue
from tests.common.servers import redis_on, silent_server
from tests.local_servers import free_port

DONE = []


@shared_task(name="tests.note")
def note(text):
    DONE.append(text)


@shared_task(name="tests.fail")
def fail():
    raise RuntimeError("on purpose")


@pytest.fixture(autouse=True)
def _nothing_done():
    DONE.clear()


@pytest.fixture
def without_broker(settings, monkeypatch):
    use(settings, monkeypatch, always_eager=True)


@pytest.fixture
def broker(request, settings, monkeypatch):
    """A broker that is away in the way that the parameter names."""
    with silent_server() as silent_port:
        port = silent_port if request.param == "silent" else free_port()
        use(settings, monkeypatch, always_eager=False, broker=f"redis://127.0.0.1:{port}/0")
        yield


def use(settings, monkeypatch, *, always_eager, broker=None):
    """Have jobs handed to an application of this test, otherwise set up like the portal's."""
    application = Celery("tests", set_as_current=False)
    application.config_from_object("django.conf:settings", namespace="CELERY")
    application.conf.update(task_always_eager=always_eager, broker_url=broker)
    monkeypatch.setattr(f"{__name__}.APPLICATION", application, raising=False)
    settings.JOBS_APPLICATION = f"{__name__}.APPLICATION"


def test_without_a_broker_the_task_runs_here_and_after_commit(
    db, without_broker, django_capture_on_commit_callbacks
):
    with django_capture_on_commit_callbacks(execute=True):
        enqueue("tests.note", text="مدينة")
        assert DONE == []
    assert DONE == ["مدينة"]


def test_what_is_rolled_back_is_not_handed_over(
    db, without_broker, django_capture_on_commit_callbacks
):
    with django_capture_on_commit_callbacks(execute=True), transaction.atomic():
        enqueue("tests.note", text="never")
        transaction.set_rollback(True)
    assert DONE == []


@pytest.mark.parametrize("name", ["tests.fail", "tests.unknown"])
def test_a_task_that_fails_here_is_logged_only(
    db, without_broker, django_capture_on_commit_callbacks, caplog, name
):
    with django_capture_on_commit_callbacks(execute=True):
        enqueue(name)
    assert name in caplog.text


@pytest.mark.parametrize("broker", ["refused", "silent"], indirect=True)
def test_a_broker_that_is_away_costs_at_most_a_second_and_the_next_reader_nothing(
    db, broker, django_capture_on_commit_callbacks, caplog
):
    for seconds in (1.2, 0.1):
        started = time.monotonic()
        with django_capture_on_commit_callbacks(execute=True):
            enqueue("tests.note", text="lost")
        assert time.monotonic() - started < seconds
    assert caplog.text.count("Task was not handed over: tests.note") == 2


def test_a_broker_that_is_back_is_given_tasks_after_a_rest(
    db, settings, monkeypatch, django_capture_on_commit_callbacks
):
    monkeypatch.setattr("portal.common.jobs.REST_SECONDS", 0.5)
    port = free_port()
    use(settings, monkeypatch, always_eager=False, broker=f"redis://127.0.0.1:{port}/0")
    with django_capture_on_commit_callbacks(execute=True):
        enqueue("tests.note", text="lost")
    with redis_on(port):
        time.sleep(0.5)
        with django_capture_on_commit_callbacks(execute=True):
            enqueue("tests.note", text="taken")
        assert Redis(port=port).llen("celery") == 1
