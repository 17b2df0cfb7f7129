"""Accounts at the desk: for administrators only, since no role has permissions for them.

The desk has no door of its own: signing in, signing out and passwords are the account pages'.
"""

from importlib import import_module

from allauth.account.decorators import secure_admin_login
from allauth.account.models import EmailAddress
from allauth.mfa.models import Authenticator
from allauth.usersessions.models import UserSession
from django import forms
from django.contrib import admin
from django.contrib.auth.models import Group
from django.db.models import QuerySet
from django.http import HttpRequest
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy
from django.views.generic import RedirectView

from portal.accounts import time_zones
from portal.accounts.journal_admin import JournalAdmin
from portal.accounts.models import JournalEntry, User
from portal.accounts.people import set_address
from portal.accounts.roles import ROLES, roles_of, set_roles
from portal.accounts.second_factor.desk import SecondStepDesk
from portal.common.desk.history import HistoryInJournal
from portal.common.desk.lists import yes_or_no
from portal.common.display import listing

admin.site.login = secure_admin_login(admin.site.login)
admin.site.password_change = RedirectView.as_view(pattern_name="account_change_password")
# These register models on import that have no desk here: groups follow from the table of roles,
# addresses, second factors and sessions from the person's own pages.
for _name in ("allauth.account", "allauth.mfa", "allauth.usersessions", "django.contrib.auth"):
    import_module(f"{_name}.admin")
for _model in (Authenticator, Group, EmailAddress, UserSession):
    admin.site.unregister(_model)


class PersonForm(forms.ModelForm):
    """An account with its roles and whether its address is known to be its owner's."""

    roles = forms.MultipleChoiceField(
        label=_("Roles"),
        required=False,
        choices=[(role.slug, role.name) for role in ROLES.values()],
        widget=forms.CheckboxSelectMultiple,
    )
    is_verified = forms.BooleanField(
        label=_("The address is confirmed"),
        required=False,
        help_text=_("Otherwise the first code that its owner types confirms it."),
    )
    time_zone = forms.ChoiceField(label=_("Time zone"), initial="UTC")

    class Meta:
        model = User
        fields = ["email", "name", "language", "time_zone", "is_active", "is_superuser"]
        labels = {"is_superuser": pgettext_lazy("role", "Administrator")}
        help_texts = {
            "is_superuser": _("May do everything, accounts included."),
            "is_active": _(
                "Take this away when somebody leaves. Accounts are not deleted: the journal says "
                "who did what."
            ),
        }

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        person = self.instance
        self.fields["time_zone"].choices = time_zones.choices(person.time_zone)
        if person.pk:
            self.initial["roles"] = [role.slug for role in roles_of(person)]
            self.initial["is_verified"] = EmailAddress.objects.filter(
                user=person, email=person.email, verified=True
            ).exists()

    def clean_email(self) -> str:
        return self.cleaned_data["email"].lower()


class RoleFilter(admin.SimpleListFilter):
    title = _("role")
    parameter_name = "role"

    def lookups(self, request, model_admin):
        return [(role.slug, role.name) for role in ROLES.values()]

    def queryset(self, request, queryset):
        return queryset.filter(groups__name=self.value()) if self.value() in ROLES else queryset


@admin.register(User)
class PersonAdmin(SecondStepDesk, HistoryInJournal, admin.ModelAdmin):
    form = PersonForm
    active = yes_or_no("is_active", _("active"))
    list_display = ["name", "email", "roles", "language", "active", "last_login"]
    list_filter = [RoleFilter, "is_active", "language", "is_superuser"]
    search_fields = ["name", "email"]
    ordering = ["name", "pk"]
    readonly_fields = ["signs_in", "second_step", "last_login", "date_joined"]
    fieldsets = [
        (None, {"fields": ["name", "email", "is_verified", "language", "time_zone"]}),
        (
            _("Rights"),
            {
                "fields": ["roles", "is_superuser", "is_active"],
                "description": _("Rights follow from the roles. They hold from the next page on."),
            },
        ),
        (
            _("Signing in"),
            {
                "fields": ["signs_in", "second_step", "last_login", "date_joined"],
                "description": _("A password is set by its owner only, on the account pages."),
            },
        ),
    ]

    def get_queryset(self, request: HttpRequest) -> QuerySet[User]:
        return super().get_queryset(request).prefetch_related("groups")

    def save_model(self, request, obj, form, change):
        if not change:
            obj.set_unusable_password()
        super().save_model(request, obj, form, change)
        set_address(obj, obj.email, is_verified=form.cleaned_data["is_verified"])
        set_roles(obj, form.cleaned_data["roles"], by=request.user)

    def has_delete_permission(self, request, obj=None):
        return False

    @admin.display(description=_("roles"))
    def roles(self, person: User) -> str:
        names = {group.name for group in person.groups.all()}
        return listing([str(role.name) for slug, role in ROLES.items() if slug in names])

    @admin.display(description=_("signs in"))
    def signs_in(self, person: User):
        if person.has_usable_password():
            return pgettext_lazy("signs in", "with a password or a code by e-mail")
        return pgettext_lazy("signs in", "with a code by e-mail")


# After people on the desk's page.
admin.site.register(JournalEntry, JournalAdmin)
