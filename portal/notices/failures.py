"""Why a mail was not sent, and what follows: try again, give up, or leave the server alone.

Exceptions of smtplib are kinds of OSError, so whatever a mail server does is one.
"""

from smtplib import SMTPRecipientsRefused, SMTPResponseException, SMTPSenderRefused

SERVICE_CLOSES = 421


def is_permanent(error: Exception) -> bool:
    """Whether the same mail would fail again: its recipient or content is refused, or unwritable.

    A refused sender is the portal's own trouble, and is mended without a change to the mail.
    """
    if isinstance(error, SMTPSenderRefused):
        return False
    return not isinstance(error, OSError) or (_answer(error)[0] or 0) >= 500


def ends_connection(error: Exception) -> bool:
    """Whether the server hung, cut the connection, or said that it will."""
    return isinstance(error, OSError) and _answer(error)[0] in (None, SERVICE_CLOSES)


def reason(error: Exception) -> str:
    """What curators are shown: the server's own words, or what went wrong on the way to it."""
    code, words = _answer(error)
    return f"{code} {words}" if code else words or type(error).__name__


def _answer(error: Exception) -> tuple[int | None, str]:
    """Code and words of the server's answer; code None where there was none."""
    if isinstance(error, SMTPRecipientsRefused):
        code, words = next(iter(error.recipients.values()))
    elif isinstance(error, SMTPResponseException):
        code, words = error.smtp_code, error.smtp_error
    else:
        return None, str(error)
    text = words.decode("utf-8", "replace") if isinstance(words, bytes) else str(words)
    # smtplib says -1 where what came was no answer.
    return (code if code > 0 else None), text
