"""How long a session lives, and the removal of those that have ended."""

from datetime import timedelta

from allauth.usersessions.models import UserSession
from django.conf import settings
from django.contrib.sessions.backends.base import SessionBase
from django.contrib.sessions.models import Session
from django.core.management import call_command
from django.utils import timezone


def limit_session(session: SessionBase) -> None:
    """Let `session` end SESSION_COOKIE_AGE from now, however often it is written until then."""
    session.set_expiry(timezone.now() + timedelta(seconds=settings.SESSION_COOKIE_AGE))


def clear_expired_sessions() -> None:
    """Remove sessions that have ended, and what was noted of the devices that had them."""
    call_command("clearsessions")
    UserSession.objects.exclude(session_key__in=Session.objects.values("session_key")).delete()
