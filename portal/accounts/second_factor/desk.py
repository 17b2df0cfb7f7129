"""The second step at the desk of people: what somebody has, and the page that takes it away."""

from django.contrib import admin, messages
from django.contrib.admin.utils import unquote
from django.core.exceptions import PermissionDenied
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.template.response import TemplateResponse
from django.urls import path, reverse
from django.utils.html import format_html
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext, pgettext
from django.views.decorators.http import require_http_methods

from portal.accounts.models import User
from portal.accounts.second_factor.acts import take_second_factor_away
from portal.accounts.second_factor.state import SecondStep, second_step_of
from portal.common.display import listing, number
from portal.common.refusals import Refused

PAGE = "accounts_user_second_step"


class SecondStepDesk:
    """Mixin for the desk of people."""

    def get_urls(self):
        take_away = require_http_methods(["GET", "HEAD", "POST"])(self.take_away)
        view = self.admin_site.admin_view(take_away)
        return [path("<path:object_id>/second-step/", view, name=PAGE), *super().get_urls()]

    @admin.display(description=gettext_lazy("second step"))
    def second_step(self, person: User) -> str:
        """What `person` has set up, with the way to take it away."""
        step = second_step_of(person)
        if not step:
            return in_words(step)
        return format_html(
            '{} · <a href="{}">{}</a>',
            in_words(step),
            reverse(f"admin:{PAGE}", args=[person.pk]),
            _("Take it away"),
        )

    def take_away(self, request: HttpRequest, object_id: str) -> HttpResponse:
        """Ask, then take away; back to the person, with what was done or why not."""
        person = self.get_object(request, unquote(object_id))
        if person is None:
            raise Http404
        if not self.has_change_permission(request, person):
            raise PermissionDenied
        if request.method == "POST":
            try:
                take_second_factor_away(person, by=request.user)
            except Refused as refusal:
                messages.error(request, str(refusal))
            else:
                messages.success(request, _("The second step was taken away; a mail says so."))
            return redirect("admin:accounts_user_change", person.pk)
        context = {
            **self.admin_site.each_context(request),
            "title": _("Take the second step away"),
            "opts": self.model._meta,
            "person": person,
            "second_step": in_words(second_step_of(person)),
        }
        return TemplateResponse(request, "admin/accounts/user/second_step.html", context)


def in_words(step: SecondStep) -> str:
    """ "authenticator app and 2 passkeys"; "none" for somebody who has nothing."""
    parts = [_("authenticator app")] if step.has_app else []
    if step.passkeys:
        words = ngettext("%(counter)s passkey", "%(counter)s passkeys", step.passkeys)
        parts.append(words % {"counter": number(step.passkeys)})
    return listing(parts) or pgettext("second step", "none")
