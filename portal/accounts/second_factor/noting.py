"""What is noted when people change or use their second factor: journal, session and log."""

import logging

from allauth.mfa import signals
from allauth.mfa.models import Authenticator
from django.http import HttpRequest
from django.utils.translation import gettext_lazy as _

from portal.accounts.models import User
from portal.accounts.second_factor.state import FACTORS, note_shown
from portal.common import journal

logger = logging.getLogger(__name__)

ADDED, REMOVED, RENEWED = "second-factor-added", "second-factor-removed", "recovery-codes-renewed"
journal.name_acts(
    {
        ADDED: _("A second step was set up"),
        REMOVED: _("A second step was removed"),
        RENEWED: _("New recovery codes were made"),
    }
)


def note_added(sender, request: HttpRequest, user: User, authenticator: Authenticator, **signal):
    """Receives authenticator_added. Who sets up a factor has shown it in this session."""
    if authenticator.type in FACTORS:
        note_shown(request, authenticator)
        journal.record(ADDED, user, by=user, factor=authenticator.type)


def note_removed(sender, user: User, authenticator: Authenticator, **signal):
    """Receives authenticator_removed. Recovery codes go along with the last factor."""
    if authenticator.type in FACTORS:
        journal.record(REMOVED, user, by=user, factor=authenticator.type)


def note_renewed(sender, user: User, **signal):
    """Receives authenticator_reset."""
    journal.record(RENEWED, user, by=user)


def note_failed(sender, user: User, authenticator: Authenticator, **signal):
    """Receives authentication_failed."""
    logger.warning("Wrong code for the second factor of account %s", user.pk)


def begin_noting() -> None:
    """Listen to what allauth says of second factors."""
    signals.authenticator_added.connect(note_added, dispatch_uid="second-factor-added")
    signals.authenticator_removed.connect(note_removed, dispatch_uid="second-factor-removed")
    signals.authenticator_reset.connect(note_renewed, dispatch_uid="recovery-codes-renewed")
    signals.authentication_failed.connect(note_failed, dispatch_uid="second-factor-failed")
