"""Account pages that allauth does not have."""

from allauth.account import views as allauth_views
from allauth.account.adapter import get_adapter
from allauth.usersessions.models import UserSession
from django.contrib import messages
from django.contrib.auth.mixins import LoginRequiredMixin
from django.forms import BaseForm
from django.forms.utils import ErrorDict
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import override
from django.views.generic import UpdateView

from portal.accounts.forms import ProfileForm
from portal.accounts.models import User
from portal.accounts.roles import roles_of
from portal.common.languages import remember_language

RETRY_AFTER_SECONDS = 60
# Pages whose form can be shown again as it was sent, without anything that a step before settled.
FORM_PAGES = (
    allauth_views.EmailView,
    allauth_views.LoginView,
    allauth_views.PasswordChangeView,
    allauth_views.PasswordResetView,
    allauth_views.PasswordSetView,
    allauth_views.ReauthenticateView,
    allauth_views.RequestLoginCodeView,
    allauth_views.SignupView,
)


class ProfileView(LoginRequiredMixin, UpdateView):
    """The person's own settings, and ways to address, password and devices.

    A changed language is remembered as if the switch had been used; signing in sets no cookie.
    """

    form_class = ProfileForm
    template_name = "account/profile.html"

    def get_object(self, queryset=None) -> User:
        # A second copy: what is typed must not show in the frame of the page until it is saved.
        return User.objects.get(pk=self.request.user.pk)

    def form_valid(self, form: ProfileForm) -> HttpResponse:
        person = form.save()
        with override(person.language):
            messages.success(self.request, _("Your settings are saved."))
            response = HttpResponseRedirect(reverse("account-profile"))
        if "language" in form.changed_data:
            remember_language(response, person.language)
        return response

    def get_context_data(self, **kwargs) -> dict:
        return super().get_context_data(
            roles=roles_of(self.request.user),
            session_count=UserSession.objects.filter(user=self.request.user).count(),
            **kwargs,
        )


def too_many_requests(request: HttpRequest, exception=None) -> HttpResponse:
    """429: the form as it was sent, passwords excepted, and the reason; else a page of its own."""
    view_class = getattr(request.resolver_match.func, "view_class", None)
    if request.method == "POST" and view_class in FORM_PAGES:
        response = _form_again(request, view_class)
    else:
        response = render(request, "account/too_many_requests.html", status=429)
    response["Retry-After"] = str(RETRY_AFTER_SECONDS)
    return response


def _form_again(request: HttpRequest, view_class: type) -> HttpResponse:
    view = view_class()
    view.setup(request, *request.resolver_match.args, **request.resolver_match.kwargs)
    form = _refused(view.get_form())
    response = view.render_to_response(view.get_context_data(form=form))
    response.status_code = 429
    return response


def _refused(form: BaseForm) -> BaseForm:
    """`form` with its data and one error, and without having been validated."""
    form.cleaned_data = {}
    form._errors = ErrorDict()  # validating would count as one more try
    form.add_error(None, get_adapter().error_messages["rate_limited"])
    return form
