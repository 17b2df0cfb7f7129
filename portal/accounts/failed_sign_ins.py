"""What the log says of sign-ins that failed: enough to see a pattern, and no address."""

import logging

from django.contrib.auth.signals import user_login_failed
from django.utils.crypto import salted_hmac

logger = logging.getLogger(__name__)

_SHOWN = 12


def begin_logging() -> None:
    """Log every sign-in with a wrong password or for an address that has no account."""
    user_login_failed.connect(log_failure, dispatch_uid="failed-sign-ins")


def log_failure(sender, credentials: dict, **signal) -> None:
    """Receives user_login_failed."""
    logger.warning("Sign-in failed for address %s", fingerprint(credentials.get("email") or ""))


def log_wrong_code() -> None:
    """Log that a code from a mail was mistyped, or guessed at."""
    logger.warning("Wrong code from an e-mail")


def fingerprint(address: str) -> str:
    """What tells one address from another for whoever does not know the secret of the site."""
    return salted_hmac(__name__, address.strip().lower(), algorithm="sha256").hexdigest()[:_SHOWN]
