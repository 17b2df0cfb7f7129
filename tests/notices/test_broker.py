"""Acts while the broker is away: each is done, shows no error, and its mail leaves afterwards."""

import os
import time

import pytest
from post_office.models import STATUS, Email

from portal.notices.models import Notice
from portal.notices.sending import due, send_queued
from tests.common.servers import redis_on
from tests.local_servers import free_port
from tests.notices.brokers import CUT, REFUSED, SILENT, Way
from tests.notices.jobs import hand_jobs_to
from tests.notices.telling import person_named, tell
from tests.notices.threads import in_threads

ACTS = 1000 if os.environ.get("FULL") else 50
# Fewer than a pool of connections holds.
READERS = 6


@pytest.fixture
def broker(settings, monkeypatch):
    """Jobs go to a Redis of this test, over a way that may be broken."""
    port = free_port()
    with redis_on(port), Way(port) as way:
        hand_jobs_to(settings, monkeypatch, broker=f"redis://127.0.0.1:{way.port}/0")
        yield way


@pytest.mark.parametrize("fault", [REFUSED, SILENT, CUT])
def test_acts_without_a_broker_are_done_and_their_mails_leave_afterwards(
    committed, mail_server, broker, caplog, fault
):
    person = person_named("Astrid")
    tell(person, "before")
    broker.break_with(fault)

    def act(reader: int) -> None:
        for number in range(reader, ACTS, READERS):
            tell(person, f"act-{number}")

    in_threads(READERS, act)
    assert caplog.text.count("Task was not handed over: portal.notices.send_queued") == ACTS
    assert mail_server.taken == []

    broker.mend()
    recovered = time.monotonic()
    sent = send_queued()
    # On a busy machine the mail server may be slow to answer, and is asked again after a rest.
    while due().exists() and time.monotonic() - recovered <= 60:
        time.sleep(0.5)
        sent += send_queued()
    assert time.monotonic() - recovered <= 60
    assert sent == ACTS + 1
    assert Notice.objects.count() == ACTS + 1
    assert {email.status for email in Email.objects.all()} == {STATUS.sent}
    assert len(mail_server.ids) == len(set(mail_server.ids)) == ACTS + 1
