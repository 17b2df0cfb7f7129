"""Sending what is queued: by one sender at a time, each mail once, whatever happens on the way."""

import logging
import time
from contextlib import suppress
from datetime import timedelta
from math import inf

from django.core.mail import get_connection
from django.db import transaction
from django.db.models import Model, Q, QuerySet
from django.utils import timezone
from django.utils.translation import gettext_lazy as _
from post_office.models import STATUS, Email, Log

from portal.common import journal
from portal.common.refusals import Refused
from portal.notices import failures, leases
from portal.notices.models import Notice
from portal.notices.nudge import nudge_after_commit

logger = logging.getLogger(__name__)

LEASE = "mail"
BATCH = 50
# How long a server that did not answer is left alone.
REST_SECONDS = 30
# The waits double from a minute to four hours; together they are a day.
LONGEST_WAIT = timedelta(hours=4)
MOST_RETRIES = 13
WAITING = (STATUS.queued, STATUS.requeued)

journal.name_acts({"mail-sent-again": _("The e-mail of a notice was queued again")})


def send_queued(for_seconds: float = inf) -> int:
    """Send every mail that is due, for about `for_seconds` at most. Returns how many were sent.

    Does nothing while another sender is at work, and for REST_SECONDS after the mail server was
    away. What it did with a mail is committed before it begins with the next, so that a crash
    repeats one mail at most, under the same Message-ID. Never call it inside a transaction.
    """
    ends_at = time.monotonic() + for_seconds
    sent = 0
    # Asked again after the lease was given back: who queued a mail meanwhile found it taken.
    while time.monotonic() < ends_at and due().exists() and (lease := leases.take(LEASE)):
        run = _Run(lease, ends_at)
        run.send_all()
        sent += run.sent
    return sent


def due() -> QuerySet[Email]:
    """The mails that should be on their way by now, the longest queued first."""
    is_time = Q(scheduled_time=None) | Q(scheduled_time__lte=timezone.now())
    # A mail whose notice went with an account is nobody's any more.
    return Email.objects.filter(is_time, status__in=WAITING, notice__isnull=False).order_by("pk")


@transaction.atomic
def send_again(notice: Notice, *, by: Model) -> None:
    """Queue the mail of `notice` anew, after it had failed for good; `by` is noted in the journal.

    Raises Refused ("not-failed") for any other mail. It leaves after commit.
    """
    failed = Email.objects.filter(notice=notice, status=STATUS.failed)
    if not failed.update(status=STATUS.queued, scheduled_time=None, number_of_retries=0):
        raise Refused(_("This e-mail has not failed."), code="not-failed")
    journal.record("mail-sent-again", notice, by=by)
    nudge_after_commit()


class _Run:
    """What one sender does while it holds the lease, over one connection to the mail server."""

    def __init__(self, lease: leases.Held, ends_at: float):
        self.lease = lease
        self.ends_at = ends_at
        self.sent = 0
        self.connection = get_connection()

    def send_all(self) -> None:
        """Send until nothing is due, time is up, the lease is lost, or the server is away."""
        try:
            self.connection.open()
            while self._may_go_on() and (batch := list(due().select_related("notice")[:BATCH])):
                self._send_batch(batch)
        except OSError as error:
            logger.warning("The mail server is away: %s", failures.reason(error))
            self.lease.renew(REST_SECONDS)
        else:
            self.lease.release()
        finally:
            with suppress(OSError):
                self.connection.close()

    def _may_go_on(self) -> bool:
        return time.monotonic() < self.ends_at and self.lease.renew()

    def _send_batch(self, batch: list[Email]) -> None:
        for mail in batch:
            if not self._may_go_on():
                return
            self._send(mail)

    def _send(self, mail: Email) -> None:
        """Send one mail and note what became of it. Raises OSError where the connection ended."""
        message = mail.email_message()
        # post-office parts addresses at commas, which one in quotation marks may have.
        message.to = [mail.notice.email]
        try:
            self.connection.send_messages([message])
        except Exception as error:  # whatever is wrong with one mail, the next ones are sent
            _note_failure(mail, error)
            if failures.ends_connection(error):
                raise
        else:
            self.sent += 1
            _note_sent(mail)


def _note_sent(mail: Email) -> None:
    texts = {"message": "", "html_message": ""} if mail.notice.is_secret else {}
    _note(mail, status=STATUS.sent, **texts)


def _note_failure(mail: Email, error: Exception) -> None:
    """Have `mail` tried again later, or given up where that would not help; keep the reason."""
    retries = mail.number_of_retries or 0
    wait = min(timedelta(minutes=2**retries), LONGEST_WAIT)
    with transaction.atomic():
        if failures.is_permanent(error) or retries >= MOST_RETRIES:
            logger.error("A mail was given up: %s", mail.message_id)
            _note(mail, status=STATUS.failed)
        else:
            when = timezone.now() + wait
            _note(
                mail,
                status=STATUS.requeued,
                scheduled_time=when,
                number_of_retries=retries + 1,
            )
        Log.objects.create(
            email=mail,
            status=STATUS.failed,
            exception_type=type(error).__name__,
            message=failures.reason(error)[:1000],
        )


def _note(mail: Email, **columns) -> None:
    waiting = Email.objects.filter(pk=mail.pk, status__in=WAITING)
    waiting.update(last_updated=timezone.now(), **columns)
