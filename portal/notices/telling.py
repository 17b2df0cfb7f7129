"""Telling somebody: a notice and its queued mail, written with the act that causes them."""

from collections.abc import Sequence
from hashlib import sha256
from urllib.parse import urlsplit
from zoneinfo import ZoneInfo, ZoneInfoNotFoundError

from django.conf import settings
from django.db import connection, transaction
from django.db.models import Model
from django.urls import reverse
from django.utils import timezone, translation
from post_office.models import PRIORITY, STATUS, Email

from portal.common.mail import compose
from portal.notices import texts
from portal.notices.models import Notice
from portal.notices.nudge import nudge_after_commit


def tell(
    person: Model,
    kind: str,
    *,
    key: str,
    to: str,
    to_args: Sequence = (),
    context: dict[str, texts.Value] | None = None,
) -> Notice:
    """Tell `person` (an account): a line on the dashboard, and a mail in the account's language.

    `kind` names the two templates (see Notice), which are given `context`, `person_name` and, for
    the message, `url`: the page with the URL name `to`. Dates and moments of `context` are written
    out in the reader's language and time zone; of what people typed, control characters go.

    Returns the notice. `key` is unique: a second call with it returns the first notice and sends
    nothing. Raises TransactionManagementError outside a transaction. The mail leaves after commit.
    """
    return _tell(
        key,
        {**(context or {}), "person_name": person.get_full_name()},
        to_args,
        _zone_of(person),
        person=person,
        email=person.email,
        language=person.language,
        kind=kind,
        to=to,
    )


def tell_address(
    email: str,
    language: str,
    kind: str,
    *,
    key: str,
    to: str,
    to_args: Sequence = (),
    context: dict[str, texts.Value] | None = None,
    is_secret: bool = False,
) -> Notice:
    """Like `tell`, for somebody without an account; `person_name` is empty.

    Where the way to the page `is_secret` (`to_args` hold a token), it stands in the mail only, and
    there until it has been sent. Raises ValidationError for what is no address.
    """
    return _tell(
        key,
        {**(context or {}), "person_name": ""},
        to_args,
        timezone.get_default_timezone(),
        email=email,
        language=language,
        kind=kind,
        to=to,
        is_secret=is_secret,
    )


def _tell(key: str, context: dict, to_args: Sequence, zone, **columns) -> Notice:
    if not connection.in_atomic_block:
        raise transaction.TransactionManagementError("told outside the transaction of an act")
    columns["context"] = texts.stored(context)
    if not columns.get("is_secret"):
        columns["to_args"] = [*to_args]
    told, is_first = Notice.objects.get_or_create(key=key, defaults=columns)
    if is_first:
        with translation.override(told.language), timezone.override(zone):
            told.mail = _queued_mail(told, settings.SITE_URL + reverse(told.to, args=to_args))
        told.save(update_fields=["mail"])
        nudge_after_commit()
    return told


def _queued_mail(notice: Notice, url: str) -> Email:
    """The mail of `notice` in the active language, saved as waiting to be sent.

    The row is made here: post-office's own functions would run what people typed as a template.
    """
    text = texts.message(notice.kind, notice.context, notice.language, url=url)
    composed = compose(
        notice.line, f"{text}\n\n{settings.SITE_NAME}\n{settings.SITE_URL}", to=[notice.email]
    )
    mail = Email(
        from_email=composed.from_email,
        to=composed.to,
        subject=composed.subject,
        message=composed.body,
        html_message=composed.alternatives[0][0],
        headers=composed.extra_headers,
        message_id=_message_id(notice.key),
        status=STATUS.queued,
        priority=PRIORITY.medium,
    )
    mail.save()
    return mail


def _message_id(key: str) -> str:
    """Always the same for one key, so that mail programs show a mail that came twice once."""
    digest = sha256(key.encode()).hexdigest()[:32]
    return f"<{digest}@{urlsplit(settings.SITE_URL).hostname}>"


def _zone_of(person: Model):
    try:
        return ZoneInfo(person.time_zone)
    except (ZoneInfoNotFoundError, ValueError):
        return timezone.get_default_timezone()
