"""How somebody is helped who has lost the device of the second step."""

import logging

from allauth.mfa.models import Authenticator
from allauth.usersessions.models import UserSession
from django.conf import settings
from django.db import transaction
from django.template.loader import render_to_string
from django.utils import translation
from django.utils.translation import gettext_lazy as _

from portal.accounts.models import User
from portal.common import journal
from portal.common.mail import compose
from portal.common.refusals import Refused

logger = logging.getLogger(__name__)

TAKEN_AWAY = "second-factor-taken-away"
MAIL = "mfa/email/taken_away"
journal.name_acts({TAKEN_AWAY: _("The second step was taken away")})


@transaction.atomic
def take_second_factor_away(person: User, *, by: User | None) -> None:
    """Remove app, passkeys and recovery codes of `person`, and end every session.

    `by` is the administrator who decides; None is whoever runs the server. `person` gets a mail.
    Raises Refused with the code "own" for one's own, "none" where there is nothing to remove.
    """
    if by == person:
        raise Refused(
            _("Your own second step is changed on the pages of your account."), code="own"
        )
    removed, _models = Authenticator.objects.filter(user=person).delete()
    if not removed:
        raise Refused(_("%(person)s has no second step.") % {"person": person}, code="none")
    for session in UserSession.objects.filter(user=person):
        session.end()
    if by:
        journal.record(TAKEN_AWAY, person, by=by)
    logger.info(
        "Second factor of account %s taken away by %s",
        person.pk,
        f"account {by.pk}" if by else "the system",
    )
    transaction.on_commit(lambda: _tell(person))


def _tell(person: User) -> None:
    """Send the mail; what was done stands where that fails."""
    values = {
        "site_name": settings.SITE_NAME,
        "site_url": settings.SITE_URL,
        "contact_email": settings.CONTACT_EMAIL,
    }
    with translation.override(person.language):
        message = compose(
            render_to_string(f"{MAIL}_subject.txt", values),
            render_to_string(f"{MAIL}_message.txt", values),
            to=[person.email],
        )
    try:
        message.send()
    except OSError:
        logger.exception("Account %s was not told that its second factor is gone", person.pk)
