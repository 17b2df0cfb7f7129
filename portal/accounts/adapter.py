"""How allauth meets the portal: addresses, limits, sessions and mail as the portal has them."""

import logging

from allauth.account.adapter import DefaultAccountAdapter
from allauth.account.models import EmailAddress
from allauth.core import context as allauth_context
from allauth.core.exceptions import ImmediateHttpResponse
from django.conf import settings
from django.core.exceptions import ValidationError
from django.core.mail import EmailMultiAlternatives
from django.http import HttpRequest
from django.shortcuts import render, resolve_url
from django.template.loader import render_to_string
from django.urls import reverse
from django.utils import timezone, translation
from django.utils.http import url_has_allowed_host_and_scheme
from django.utils.translation import gettext_lazy as _

from portal.accounts.failed_sign_ins import log_wrong_code
from portal.accounts.models import User
from portal.accounts.sessions import limit_session
from portal.accounts.time_zones import zone_of
from portal.common.languages import current_language
from portal.common.mail import compose

logger = logging.getLogger(__name__)

RETRY_AFTER_SECONDS = 120


class AccountAdapter(DefaultAccountAdapter):
    """allauth's decisions that the portal takes differently."""

    error_messages = DefaultAccountAdapter.error_messages | {
        "duplicate_email": _("This is the address of your account already."),
        "email_password_mismatch": _("The e-mail address or the password is not right."),
        "email_taken": _("This address belongs to another account."),
        "enter_current_password": _("This is not your current password."),
        "incorrect_code": _(
            "This is not the code that we sent. Type the digits of the newest e-mail."
        ),
        "incorrect_password": _("This is not your password."),
        "rate_limited": _("Too many tries. Wait a minute, then try again."),
        "too_many_login_attempts": _(
            "Too many tries. Wait a few minutes, or ask for a new code by e-mail."
        ),
    }

    def is_ajax(self, request: HttpRequest) -> bool:
        """Every account page is a page, whatever a client says that it accepts.

        One answers a script as well: what a passkey is to sign, asked for when its button is used.
        """
        asks = "application/json" in request.headers.get("Accept", "")
        return asks and request.resolver_match.url_name == "mfa_login_webauthn"

    def is_safe_url(self, url: str) -> bool:
        """Whether `url` may be redirected to: a path of this site, never a host."""
        return url_has_allowed_host_and_scheme(url, allowed_hosts=None)

    def validation_error(self, code: str, *args) -> ValidationError:
        """What a form says of a wrong entry; the log has wrong codes."""
        if code == "incorrect_code":
            log_wrong_code()
        return super().validation_error(code, *args)

    def get_login_redirect_url(self, request: HttpRequest) -> str:
        """Home, in the language of the account."""
        with translation.override(request.user.language):
            return resolve_url(settings.LOGIN_REDIRECT_URL)

    def get_signup_redirect_url(self, request: HttpRequest) -> str:
        return self.get_login_redirect_url(request)

    def get_password_change_redirect_url(self, request: HttpRequest) -> str:
        return reverse("account-profile")

    def get_email_verification_redirect_url(self, email_address: EmailAddress) -> str:
        return reverse("account-profile")

    def login(self, request: HttpRequest, user: User) -> None:
        super().login(request, user)
        limit_session(request.session)

    def render_mail(
        self,
        template_prefix: str,
        email: str | list[str],
        context: dict,
        headers: dict | None = None,
    ) -> EmailMultiAlternatives:
        """The mail of `template_prefix` in the active language; every link starts with SITE_URL."""
        values = {
            **context,
            "site_name": settings.SITE_NAME,
            "site_url": settings.SITE_URL,
            "time_zone": timezone.get_current_timezone_name(),
        }
        return compose(
            render_to_string(f"{template_prefix}_subject.txt", values),
            render_to_string(f"{template_prefix}_message.txt", values),
            to=[email] if isinstance(email, str) else email,
            emphasised=context.get("code", ""),
            headers=headers,
        )

    def send_mail(self, template_prefix: str, email: str, context: dict) -> None:
        """Send a mail in the language of the account that has `email`, else in the page's.

        Raises ImmediateHttpResponse with a page that says so where the mail cannot be sent.
        """
        person = context.get("user") or User.objects.filter(email=email.lower()).first()
        language = person.language if person else current_language()
        with translation.override(language), timezone.override(zone_of(person)):
            message = self.render_mail(template_prefix, email, context)
        try:
            message.send()
        except OSError:
            logger.exception("Mail was not sent: %s", template_prefix)
            response = render(allauth_context.request, "account/mail_unsent.html", status=503)
            response["Retry-After"] = str(RETRY_AFTER_SECONDS)
            raise ImmediateHttpResponse(response)

    def send_notification_mail(
        self,
        template_prefix: str,
        user: User,
        context: dict | None = None,
        email: str | None = None,
    ) -> None:
        """Tell somebody of a change to the account; the change stands where that fails."""
        try:
            super().send_notification_mail(
                template_prefix, user, {"user": user, **(context or {})}, email
            )
        except ImmediateHttpResponse:
            logger.warning("A change was made without its notice: %s", template_prefix)

    def _get_login_attempts_cache_key(self, request: HttpRequest, **credentials) -> str:
        # allauth puts the Host header before the address: each spelling of it would be counted
        # on its own.
        return credentials.get("email", "").lower()
