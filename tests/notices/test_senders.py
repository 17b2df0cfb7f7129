"""Several senders, senders that die, and everything that other connections see."""

import os
import signal
import subprocess
import sys
import threading
from datetime import timedelta

import pytest
from django.db import connection, connections, transaction
from django.utils import timezone
from post_office.models import STATUS, Email

from portal import notices
from portal.notices import leases
from portal.notices.models import Lease, Notice
from portal.notices.sending import LEASE, send_queued
from tests.common.servers import wait_until
from tests.notices.telling import CITY, person_named, tell, tell_many
from tests.notices.threads import in_threads
from tests.ops.tree import ROOT


@pytest.fixture
def sender(committed, mail_server):
    """Starts `manage.py send_notices` as another process on the database of the test."""
    processes = []

    def start() -> subprocess.Popen:
        environment = os.environ | {
            "DJANGO_SETTINGS_MODULE": "tests.notices.settings",
            "DATABASE_URL": address_of_database(),
            "MAIL_PORT": str(mail_server.server_address[1]),
        }
        command = [sys.executable, "manage.py", "send_notices"]
        process = subprocess.Popen(command, cwd=ROOT, env=environment, stdout=subprocess.DEVNULL)
        processes.append(process)
        return process

    yield start
    for process in processes:
        process.kill()
        process.wait()


def address_of_database() -> str:
    values = connection.settings_dict
    if connection.vendor == "sqlite":
        return f"sqlite:///{values['NAME']}"
    return "postgres://{USER}:{PASSWORD}@{HOST}:{PORT}/{NAME}".format(**values)


def queue(count: int) -> None:
    """Have `count` mails waiting, although each was sent when it was told."""
    tell_many(person_named("Astrid"), count)
    Email.objects.update(status=STATUS.queued)


def test_nobody_is_told_outside_a_transaction(committed):
    with pytest.raises(transaction.TransactionManagementError):
        notices.tell(person_named("Astrid"), "trial", key="first", **CITY)
    assert not Notice.objects.exists()


def test_one_key_told_by_many_at_once_is_one_notice_and_one_mail(committed):
    person = person_named("Astrid")
    told = in_threads(6, lambda _number: tell(person, "the same").pk)
    assert len(told) == 6
    assert len(set(told)) == 1
    assert (Notice.objects.count(), Email.objects.count()) == (1, 1)


def test_many_senders_at_once_send_each_mail_once(committed, mail_server):
    queue(30)
    mail_server.taken.clear()
    mail_server.seconds_a_mail = 0.01
    sent = in_threads(6, lambda _number: send_queued())
    assert sum(sent) == len(mail_server.ids) == len(set(mail_server.ids)) == 30


def test_a_lease_is_given_to_one_of_many_who_ask_at_once(committed):
    held = in_threads(6, lambda _number: leases.take("something"))
    assert len([lease for lease in held if lease]) == 1


def test_a_lease_that_ran_out_is_taken_and_not_renewed(committed):
    first = leases.take("something")
    assert first.renew()
    assert leases.take("something") is None
    Lease.objects.update(expires_at=timezone.now() - timedelta(seconds=1))
    assert not first.renew()
    second = leases.take("something")
    first.release()
    assert second.renew()
    second.release()
    assert leases.take("something")


def test_a_lease_that_was_given_back_is_free_within_the_same_moment(committed):
    for _turn in range(30):
        leases.take("something").release()


def test_a_sender_that_lost_its_lease_stops_at_once(committed, mail_server):
    queue(10)
    mail_server.taken.clear()
    mail_server.seconds_a_mail = 0.2
    thread = threading.Thread(target=lambda: (send_queued(), connections.close_all()))
    thread.start()
    wait_until(lambda: len(mail_server.taken) >= 2, seconds=10)
    Lease.objects.filter(name=LEASE).update(holder="another")
    thread.join()
    assert len(mail_server.taken) <= 4
    assert Lease.objects.get().holder == "another"


@pytest.mark.parametrize("_round", range(20 if os.environ.get("FULL") else 1))
def test_a_killed_sender_leaves_the_rest_to_the_next_one(sender, mail_server, _round):
    queue(12)
    mail_server.taken.clear()
    mail_server.seconds_a_mail = 0.05
    first = sender()
    wait_until(lambda: len(mail_server.taken) > _round % 10, seconds=60)
    first.send_signal(signal.SIGKILL)
    first.wait()
    # Its lease holds for a minute at most.
    assert Lease.objects.get().expires_at <= timezone.now() + timedelta(seconds=leases.SECONDS)
    assert send_queued() == 0
    Lease.objects.update(expires_at=timezone.now() - timedelta(seconds=1))
    second = sender()
    assert second.wait(timeout=60) == 0
    assert {email.status for email in Email.objects.all()} == {STATUS.sent}
    assert len(set(mail_server.ids)) == 12
    assert len(mail_server.ids) <= 13
