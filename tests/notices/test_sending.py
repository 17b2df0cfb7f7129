"""Mails leave once, are tried again while there is hope, and fail where everybody can see it."""

import time
from datetime import timedelta
from email import message_from_bytes, policy

import pytest
from django.conf import settings as django_settings
from django.core import mail as django_mail
from django.core.management import call_command
from django.db import transaction
from django.utils import timezone
from post_office.models import STATUS, Email, Log

from portal import notices
from portal.common.refusals import Refused
from portal.notices.models import Lease
from portal.notices.old import remove_old_mails
from portal.notices.sending import LONGEST_WAIT, MOST_RETRIES, due, send_again, send_queued
from tests.local_servers import free_port
from tests.notices.mail_server import CUT, HANG
from tests.notices.telling import CITY, person_named, tell, tell_many

pytestmark = pytest.mark.django_db


def states() -> list[int]:
    return [*Email.objects.order_by("pk").values_list("status", flat=True)]


def rest_is_over() -> None:
    Lease.objects.all().delete()


def waits_are_over() -> None:
    rest_is_over()
    Email.objects.update(scheduled_time=timezone.now())


def test_what_is_queued_is_sent_over_one_connection_in_the_order_of_the_acts(person, mail_server):
    tell_many(person, 5)
    assert send_queued() == 5
    assert states() == [STATUS.sent] * 5
    assert mail_server.ids == [*Email.objects.order_by("pk").values_list("message_id", flat=True)]
    assert mail_server.connections == 1
    assert send_queued() == 0


def test_a_mail_arrives_as_text_and_html_with_the_headers_of_its_kind(arabic_person, mail_server):
    tell(arabic_person, "first")
    send_queued()
    (message,) = mail_server.taken
    assert message["From"].addresses[0].display_name == "ملتقى المدن عبر الأطلسي"
    assert message["To"].addresses[0].addr_spec == arabic_person.email
    assert "Oslo" in message["Subject"]
    assert (message["Auto-Submitted"], message["Content-Language"]) == ("auto-generated", "ar")
    assert "/ar/cities/oslo/" in message.get_body(("plain",)).get_content()
    assert 'dir="rtl"' in message.get_body(("html",)).get_content()


@pytest.mark.parametrize(
    "fault",
    [
        {"MAIL": "421 Closing"},
        {"RCPT": "421 Closing"},
        {"END": "421 Closing"},
        {"MAIL": "451 Busy"},
        {"MAIL": "550 The sender is not known here"},
        {"RCPT": "450 Greylisted"},
        {"DATA": "451 Busy"},
        {"END": "452 Disk full"},
        {"MAIL": CUT},
        {"DATA": HANG},
    ],
    ids=str,
)
def test_what_may_pass_is_tried_again_and_leaves_once(person, mail_server, fault):
    tell_many(person, 3)
    mail_server.faults.append(fault)
    send_queued()
    assert states()[0] == STATUS.requeued
    rest_is_over()
    send_queued()
    assert states() == [STATUS.requeued, STATUS.sent, STATUS.sent]
    assert len(mail_server.ids) == 2
    waits_are_over()
    send_queued()
    assert states() == [STATUS.sent] * 3
    assert len(mail_server.ids) == len(set(mail_server.ids)) == 3


@pytest.mark.parametrize("fault", [CUT, HANG])
def test_a_mail_whose_arrival_is_not_known_comes_again_as_the_same(person, mail_server, fault):
    tell(person, "first")
    mail_server.faults.append({"END": fault})
    send_queued()
    waits_are_over()
    send_queued()
    assert states() == [STATUS.sent]
    assert len(mail_server.ids) == 2
    assert len(set(mail_server.ids)) == 1


@pytest.mark.parametrize("fault", [{"RCPT": "550 No such user"}, {"END": "554 No thanks"}], ids=str)
def test_what_cannot_pass_fails_at_once_and_says_why(person, mail_server, fault):
    tell_many(person, 2)
    mail_server.faults.append(fault)
    assert send_queued() == 1
    assert states() == [STATUS.failed, STATUS.sent]
    assert Log.objects.get().message == next(iter(fault.values()))
    waits_are_over()
    assert send_queued() == 0


def test_a_mail_goes_to_one_address_whatever_that_contains(mail_server):
    strange = person_named("Strange")
    strange.email = '"a,victim@example.org,b"@example.org'
    tell(strange, "first")
    assert send_queued() == 1
    assert mail_server.recipients == [strange.email]


def test_a_mail_that_cannot_be_written_does_not_stop_the_others(person, mail_server):
    tell(person, "1")
    Email.objects.update(headers={"X-Kind": "two\nlines"})
    tell(person, "2")
    assert send_queued() == 1
    assert states() == [STATUS.failed, STATUS.sent]
    assert "newlines" in Log.objects.get().message


def test_waits_grow_to_hours_and_end_after_a_day(person, mail_server):
    tell(person, "first")
    waits = []
    mail_server.faults.extend([{"RCPT": "451 Busy"}] * (MOST_RETRIES + 1))
    for _attempt in range(MOST_RETRIES):
        send_queued()
        email = Email.objects.get()
        assert email.status == STATUS.requeued
        waits.append(email.scheduled_time - timezone.now())
        waits_are_over()
    send_queued()
    assert states() == [STATUS.failed]
    assert timedelta(seconds=50) < waits[0] <= timedelta(minutes=1)
    minutes = [round(wait.total_seconds() / 60) for wait in waits]
    assert minutes == sorted(minutes)
    assert max(waits) <= LONGEST_WAIT
    assert timedelta(hours=24) <= sum(waits, timedelta(minutes=1)) < timedelta(hours=25)


@pytest.mark.parametrize("state", ["refused", HANG, CUT, "421 Closing", "554 Not you"])
def test_a_server_that_is_away_costs_no_mail_its_hope(person, mail_server, settings, state):
    tell_many(person, 3)
    port = settings.EMAIL_PORT
    if state == "refused":
        settings.EMAIL_PORT = free_port()
    else:
        mail_server.greeting = state
    started = time.monotonic()
    assert send_queued() == 0
    assert time.monotonic() - started < 1.5
    assert set(Email.objects.values_list("status", "number_of_retries")) == {(STATUS.queued, None)}
    # It is left alone for a while, so that readers do not wait for it one after the other.
    settings.EMAIL_PORT, mail_server.greeting = port, "220 Welcome"
    assert send_queued() == 0
    rest_is_over()
    assert send_queued() == 3


def test_a_hanging_server_is_waited_for_ten_seconds_at_most():
    assert django_settings.EMAIL_TIMEOUT <= 10


def test_the_text_of_a_secret_is_gone_once_it_was_sent(mail_server, person):
    tell(person, "open")
    with transaction.atomic():
        secret = notices.tell_address(
            "new@example.org", "en", "trial", key="secret", is_secret=True, **CITY
        )
    mail_server.faults.extend([{}, {"RCPT": "451 Busy"}])
    send_queued()
    secret.mail.refresh_from_db()
    assert "/en/cities/oslo/" in secret.mail.message
    waits_are_over()
    send_queued()
    secret.mail.refresh_from_db()
    assert (secret.mail.message, secret.mail.html_message) == ("", "")
    assert "/en/cities/oslo/" in mail_server.taken[-1].get_body(("plain",)).get_content()
    assert "/en/cities/oslo/" in Email.objects.get(notice__key="open").message


def test_a_failed_mail_is_sent_again_when_somebody_says_so(person, mail_server):
    notice = tell(person, "first")
    mail_server.faults.append({"RCPT": "550 No such user"})
    send_queued()
    send_again(notice, by=person)
    with pytest.raises(Refused) as refusal:
        send_again(notice, by=person)
    assert refusal.value.code == "not-failed"
    assert send_queued() == 1
    assert states() == [STATUS.sent]


def test_the_command_says_what_it_did(person, mail_server, capsys):
    tell_many(person, 2)
    call_command("send_notices")
    assert capsys.readouterr().out == "Mails sent: 2\n"
    tell(person, "another")
    Lease.objects.update(expires_at=timezone.now() + timedelta(minutes=1))
    call_command("send_notices")
    left = "Mails left: 1. Another sender is at work, or the mail server is away.\n"
    assert capsys.readouterr().out == f"Mails sent: 0\n{left}"


def test_old_mails_go_and_their_notices_stay(person, mail_server):
    old, recent, waiting = (tell(person, key) for key in ("old", "recent", "waiting"))
    months_ago = timezone.now() - timedelta(days=91)
    emails = Email.objects.filter(notice__in=[old, recent])
    emails.update(status=STATUS.sent)
    Email.objects.exclude(notice=recent).update(last_updated=months_ago)
    assert remove_old_mails() == 1
    kept = [(notice.key, bool(notice.mail)) for notice in notices.newest_for(person)]
    assert kept == [("waiting", True), ("recent", True), ("old", False)]
    assert waiting.mail in due()


def test_the_mails_of_a_deleted_account_are_not_sent_and_go(person, mail_server):
    tell(person, "first")
    person.delete()
    assert send_queued() == 0
    assert mail_server.taken == []
    assert remove_old_mails() == 1


def test_the_demonstration_catches_notices_as_other_mail(person, settings, tmp_path, capsys):
    settings.EMAIL_BACKEND = "portal.common.mail.CaughtMail"
    settings.EMAIL_FILE_PATH = tmp_path
    tell(person, "first")
    assert send_queued() == 1
    (path,) = tmp_path.glob("*.eml")
    message = message_from_bytes(path.read_bytes(), policy=policy.default)
    assert message["Message-ID"] == Email.objects.get().message_id
    assert "Subject: Your password was changed: Oslo\n" in capsys.readouterr().out


def test_without_a_broker_the_mail_leaves_after_commit(
    person, without_broker, django_capture_on_commit_callbacks
):
    with django_capture_on_commit_callbacks(execute=True) as callbacks:
        tell_many(person, 3)
        assert django_mail.outbox == []
    assert len(django_mail.outbox) == 3
    # One nudge for all, which hands over one task.
    assert len(callbacks) == 2


def test_a_reader_does_not_wait_for_a_long_queue(
    person, mail_server, without_broker, django_capture_on_commit_callbacks
):
    mail_server.seconds_a_mail = 0.3
    with django_capture_on_commit_callbacks(execute=True):
        tell_many(person, 20)
        started = time.monotonic()
    assert 3 < time.monotonic() - started < 5
    assert 8 <= len(mail_server.taken) <= 11
