"""Background work of the accounts."""

from celery import shared_task

from portal.accounts import sessions


@shared_task(name="portal.accounts.clear_expired_sessions")
def clear_expired_sessions() -> None:
    """Remove sessions that have ended. Running it twice does what running it once does."""
    sessions.clear_expired_sessions()
