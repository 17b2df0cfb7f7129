"""Forms of the account pages: allauth's, with our fields, and the person's own settings.

Every password is typed once: whoever mistypes it has a code by e-mail as a second door.
"""

from allauth.account import forms as allauth_forms
from allauth.account.adapter import get_adapter
from django import forms
from django.conf import settings
from django.contrib.auth import get_user_model
from django.core.exceptions import ValidationError
from django.db import IntegrityError, transaction
from django.utils.translation import get_language_info
from django.utils.translation import gettext_lazy as _

from portal.accounts import time_zones
from portal.accounts.sessions import limit_session
from portal.common.fields import CleanedCharField
from portal.common.languages import current_language, direction
from portal.common.text import has_letter_or_digit, western_digits


class Name(CleanedCharField):
    """A person's name, in any script."""

    def __init__(self, **kwargs):
        kwargs.setdefault("label", _("Name"))
        kwargs.setdefault("help_text", _("As colleagues should see it."))
        super().__init__(
            max_length=150,
            widget=forms.TextInput(attrs={"class": "input", "autocomplete": "name", "dir": "auto"}),
            error_messages={"required": _("Enter your name.")},
            **kwargs,
        )

    def validate(self, value):
        super().validate(value)
        if value and not has_letter_or_digit(value):
            raise ValidationError(_("Enter a name that has letters."), code="invalid")


class Email(forms.EmailField):
    """An e-mail address, in lower case."""

    def __init__(self, **kwargs):
        kwargs.setdefault("label", _("E-mail address"))
        super().__init__(
            max_length=254,
            widget=forms.EmailInput(
                attrs={"class": "input", "autocomplete": "email", "dir": "ltr"}
            ),
            error_messages={
                "required": _("Enter your e-mail address."),
                "invalid": _("Enter an e-mail address like name@example.org."),
            },
            **kwargs,
        )

    def clean(self, value):
        return super().clean(value).lower()


class Password(forms.CharField):
    """A password as it is: any characters, no outer space lost."""

    autocomplete = "current-password"
    missing = _("Enter your password.")

    def __init__(self, **kwargs):
        kwargs.setdefault("label", _("Password"))
        super().__init__(
            strip=False,
            widget=forms.PasswordInput(
                attrs={"class": "input", "autocomplete": self.autocomplete, "dir": "ltr"}
            ),
            error_messages={"required": self.missing},
            **kwargs,
        )


class ChosenPassword(Password):
    """A password to be; whether it is good enough is checked by the form that knows the person."""

    autocomplete = "new-password"
    missing = _("Choose a password.")

    def __init__(self, **kwargs):
        kwargs.setdefault(
            "help_text",
            _(
                "At least 15 characters. A sentence that only you know is good; capitals, "
                "digits and signs are not asked for."
            ),
        )
        super().__init__(**kwargs)


class NewPassword(ChosenPassword):
    """A password that replaces another; `user` is set by allauth's forms."""

    user = None

    def __init__(self, **kwargs):
        kwargs.setdefault("label", _("New password"))
        super().__init__(**kwargs)

    def clean(self, value):
        return get_adapter().clean_password(super().clean(value), user=self.user)


class Code(forms.CharField):
    """A code, from a mail unless said otherwise, typed in either set of digits."""

    def __init__(self, **kwargs):
        kwargs.setdefault("label", _("Code from the e-mail"))
        kwargs.setdefault("help_text", _("Eight digits. The dash may be left out."))
        kwargs.setdefault("error_messages", {"required": _("Enter the code from the e-mail.")})
        super().__init__(
            widget=forms.TextInput(
                attrs={
                    "class": "input input--s",
                    "autocomplete": "one-time-code",
                    "inputmode": "numeric",
                    "dir": "ltr",
                }
            ),
            **kwargs,
        )

    def to_python(self, value):
        return western_digits(super().to_python(value))


class LoginForm(allauth_forms.LoginForm):
    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        self.fields["login"] = Email()
        self.fields["password"] = Password()

    def login(self, request, redirect_url=None):
        response = super().login(request, redirect_url)
        # allauth has just set an end that moves with every write of the session.
        limit_session(request.session)
        return response


class RequestLoginCodeForm(allauth_forms.RequestLoginCodeForm):
    email = Email()


class SignupForm(allauth_forms.SignupForm):
    """Asks for a name beside address and password; the language is that of the page."""

    name = Name()
    field_order = ["name", "email", "password1"]

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        self.fields["email"] = Email(help_text=_("We send a code to this address."))
        self.fields["password1"] = ChosenPassword()

    def try_save(self, request):
        """As allauth's, and taking as long where there is an account with this address."""
        if not self.account_already_exists:
            try:
                with transaction.atomic():
                    return super().try_save(request)
            except IntegrityError:
                # Somebody signed up with the address since it was looked up.
                self.account_already_exists = True
        get_user_model()().set_password(self.cleaned_data["password1"])
        return super().try_save(request)

    def save(self, request):
        user = super().save(request)
        user.name = self.cleaned_data["name"]
        user.language = current_language()
        user.save(update_fields=["name", "language"])
        return user


class ConfirmEmailForm(allauth_forms.ConfirmEmailVerificationCodeForm):
    code = Code()


class ConfirmLoginForm(allauth_forms.ConfirmLoginCodeForm):
    code = Code()


class ConfirmResetForm(allauth_forms.ConfirmPasswordResetCodeForm):
    code = Code()


class ResetPasswordForm(allauth_forms.ResetPasswordForm):
    email = Email()


class NewPasswordForm(allauth_forms.ResetPasswordKeyForm):
    password1 = NewPassword()
    password2 = None


class ChangePasswordForm(allauth_forms.ChangePasswordForm):
    oldpassword = Password(label=_("Current password"))
    password1 = NewPassword()
    password2 = None


class SetPasswordForm(allauth_forms.SetPasswordForm):
    password1 = NewPassword()
    password2 = None


class ReauthenticateForm(allauth_forms.ReauthenticateForm):
    password = Password()


class ChangeEmailForm(allauth_forms.AddEmailForm):
    email = Email(
        label=_("New e-mail address"),
        help_text=_("We send a code to it. Until you type the code, the old address stays."),
    )


class LanguageSelect(forms.Select):
    """Names each language in itself, marked up as such."""

    def create_option(self, name, value, *args, **kwargs):
        option = super().create_option(name, value, *args, **kwargs)
        option["attrs"] |= {"lang": value, "dir": direction(value)}
        return option


class ProfileForm(forms.ModelForm):
    """What people settle about themselves."""

    name = Name()
    language = forms.ChoiceField(
        label=_("Language"),
        help_text=_("For pages after signing in, and for mail."),
        choices=[(code, get_language_info(code)["name_local"]) for code, _n in settings.LANGUAGES],
        widget=LanguageSelect,
    )
    time_zone = forms.ChoiceField(
        label=_("Time zone"),
        help_text=_("The one in which you read times. Choose a city near you."),
    )

    class Meta:
        model = get_user_model()
        fields = ["name", "language", "time_zone"]

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        self.fields["time_zone"].choices = time_zones.choices(self.instance.time_zone)
