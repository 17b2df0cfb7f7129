"""Mail as the portal writes it, and how the demonstration catches it."""

import re
import sys
import threading
from email.headerregistry import Address
from email.utils import parseaddr
from pathlib import Path
from uuid import uuid4

from django.conf import settings
from django.core.mail import EmailMultiAlternatives
from django.core.mail.backends.base import BaseEmailBackend
from django.template.loader import render_to_string
from django.utils import timezone

from portal.common.languages import current_language, direction


def compose(
    subject: str,
    text: str,
    *,
    to: list[str],
    emphasised: str = "",
    headers: dict | None = None,
) -> EmailMultiAlternatives:
    """An unsent mail in the active language, as text and as HTML made from the same paragraphs.

    Blank lines separate paragraphs; the one that equals `emphasised` (a code) stands out. The
    sender is the portal, by its name in that language.
    """
    language = current_language()
    subject = " ".join(subject.split())
    paragraphs = [part.strip() for part in re.split(r"\n\s*\n", text) if part.strip()]
    message = EmailMultiAlternatives(
        subject,
        "\n\n".join(paragraphs) + "\n",
        sender(),
        to,
        headers={
            "Auto-Submitted": "auto-generated",
            "Content-Language": language,
            **(headers or {}),
        },
    )
    html = render_to_string(
        "common/mail.html",
        {
            "subject": subject,
            "paragraphs": paragraphs,
            "emphasised": emphasised,
            "language": language,
            "direction": direction(language),
        },
    )
    message.attach_alternative(html, "text/html")
    return message


def sender() -> str:
    """The portal's address with its name in the active language."""
    _name, address = parseaddr(settings.DEFAULT_FROM_EMAIL)
    return str(Address(str(settings.SITE_NAME), addr_spec=address))


class CaughtMail(BaseEmailBackend):
    """Sends nothing: prints each mail and keeps it as one .eml file in EMAIL_FILE_PATH."""

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        self._lock = threading.RLock()

    def send_messages(self, email_messages) -> int:
        """Catch the mails. Returns how many there were."""
        folder = Path(settings.EMAIL_FILE_PATH)
        folder.mkdir(parents=True, exist_ok=True)
        for message in email_messages:
            path = folder / f"{timezone.now():%Y%m%d-%H%M%S}-{uuid4().hex[:8]}.eml"
            path.write_bytes(message.message().as_bytes())
            with self._lock:
                sys.stdout.write(_as_printed(message, path))
                sys.stdout.flush()
        return len(email_messages)


def _as_printed(message: EmailMultiAlternatives, path: Path) -> str:
    """What the terminal shows: decoded, unlike the file."""
    line = "-" * 79
    heads = f"From: {message.from_email}\nTo: {', '.join(message.to)}\nSubject: {message.subject}"
    return f"{line}\n{heads}\n\n{message.body}\n({path})\n{line}\n"
