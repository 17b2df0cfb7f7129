"""Forms of those who decide who speaks for a city."""

from django import forms
from django.conf import settings
from django.utils.translation import get_language_info
from django.utils.translation import gettext_lazy as _

from exchanges.choices import MembershipRole
from exchanges.models.membership import REASON_LENGTH
from portal.accounts.forms import Email, LanguageSelect
from portal.common.formfields import CleanedCharField
from portal.common.languages import current_language


class InvitationForm(forms.Form):
    """Whom to invite in which language; curators choose the role too."""

    email = Email(label=_("E-mail address of your colleague"))
    language = forms.ChoiceField(
        label=_("Language of the e-mail"),
        choices=[(code, get_language_info(code)["name_local"]) for code, _n in settings.LANGUAGES],
        widget=LanguageSelect,
    )
    role = forms.ChoiceField(
        label=_("Role in the city"),
        help_text=_("Focal points decide who else speaks for the city."),
        choices=MembershipRole,
    )

    def __init__(self, *args, may_choose_role: bool, **kwargs):
        super().__init__(*args, initial={"language": current_language()}, **kwargs)
        # The address asked for is another's: neither the browser's nor "yours".
        self.fields["email"].widget.attrs["autocomplete"] = "off"
        self.fields["email"].error_messages["required"] = _(
            "Enter the address to which the invitation goes."
        )
        if not may_choose_role:
            del self.fields["role"]


class ReasonForm(forms.Form):
    """Why somebody may not, or no longer, speak for a city."""

    reason = CleanedCharField(
        label=_("Reason"),
        help_text=_("The person reads it, in the language in which you write it."),
        max_length=REASON_LENGTH,
        single_line=False,
        widget=forms.Textarea(attrs={"rows": 3, "dir": "auto"}),
        error_messages={"required": _("Say why, so that the person knows what to do next.")},
    )

    def __init__(self, *args, is_needed: bool, **kwargs):
        super().__init__(*args, **kwargs)
        self.fields["reason"].required = is_needed
