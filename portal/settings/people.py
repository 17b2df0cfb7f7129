"""Settings of accounts: who signs in how, what is sent, how often one may try."""

from portal.settings.environment import env

AUTH_USER_MODEL = "accounts.User"
AUTHENTICATION_BACKENDS = ["allauth.account.auth_backends.AuthenticationBackend"]
PASSWORD_HASHERS = ["portal.accounts.hashers.Argon2id"]
AUTH_PASSWORD_VALIDATORS = [
    {
        "NAME": "django.contrib.auth.password_validation.UserAttributeSimilarityValidator",
        "OPTIONS": {"user_attributes": ("email", "name")},
    },
    {
        "NAME": "django.contrib.auth.password_validation.MinimumLengthValidator",
        "OPTIONS": {"min_length": 15},
    },
    {"NAME": "django.contrib.auth.password_validation.CommonPasswordValidator"},
]
LOGIN_URL = "account_login"
LOGIN_REDIRECT_URL = "pages:home"
LOGOUT_REDIRECT_URL = "pages:home"
ACCOUNT_ADAPTER = "portal.accounts.adapter.AccountAdapter"
ACCOUNT_USER_MODEL_USERNAME_FIELD = None
ACCOUNT_LOGIN_METHODS = {"email"}
ACCOUNT_SIGNUP_FIELDS = ["email*", "password1*"]
ACCOUNT_FORMS = {
    "add_email": "portal.accounts.forms.ChangeEmailForm",
    "change_password": "portal.accounts.forms.ChangePasswordForm",
    "confirm_email_verification_code": "portal.accounts.forms.ConfirmEmailForm",
    "confirm_login_code": "portal.accounts.forms.ConfirmLoginForm",
    "confirm_password_reset_code": "portal.accounts.forms.ConfirmResetForm",
    "login": "portal.accounts.forms.LoginForm",
    "reauthenticate": "portal.accounts.forms.ReauthenticateForm",
    "request_login_code": "portal.accounts.forms.RequestLoginCodeForm",
    "reset_password": "portal.accounts.forms.ResetPasswordForm",
    "reset_password_from_key": "portal.accounts.forms.NewPasswordForm",
    "set_password": "portal.accounts.forms.SetPasswordForm",
    "signup": "portal.accounts.forms.SignupForm",
}
ACCOUNT_EMAIL_VERIFICATION = "mandatory"
ACCOUNT_EMAIL_VERIFICATION_BY_CODE_ENABLED = True
ACCOUNT_EMAIL_VERIFICATION_SUPPORTS_RESEND = True
ACCOUNT_LOGIN_BY_CODE_ENABLED = True
ACCOUNT_LOGIN_BY_CODE_SUPPORTS_RESEND = True
ACCOUNT_PASSWORD_RESET_BY_CODE_ENABLED = True
# Codes are digits, so that no keyboard has to be switched to type one, and live ten minutes.
ALLAUTH_USER_CODE_FORMAT = {"numeric": True, "length": 8}
ACCOUNT_EMAIL_VERIFICATION_BY_CODE_TIMEOUT = 600
ACCOUNT_LOGIN_BY_CODE_TIMEOUT = 600
ACCOUNT_PASSWORD_RESET_BY_CODE_TIMEOUT = 600
ACCOUNT_CHANGE_EMAIL = True
ACCOUNT_REAUTHENTICATION_REQUIRED = True
ACCOUNT_EMAIL_NOTIFICATIONS = True
ACCOUNT_EMAIL_SUBJECT_PREFIX = ""
ACCOUNT_SESSION_REMEMBER = False
# Tries in a time: per address of the network ("ip"), per e-mail address ("key"), per account
# ("user"). Counted in the cache `default`.
ACCOUNT_RATE_LIMITS = {
    "change_password": "5/m/user",
    "confirm_email": "1/10s/key",
    "login": "30/m/ip",
    "login_failed": "10/m/ip,5/5m/key",
    "manage_email": "10/m/user",
    "reauthenticate": "10/m/user",
    "request_login_code": "20/m/ip,3/10m/key",
    "reset_password": "20/m/ip,3/10m/key",
    "reset_password_from_key": "20/m/ip",
    "signup": "20/m/ip",
}
# How many proxies of ours stand in front: decides which address of X-Forwarded-For is counted.
ALLAUTH_TRUSTED_PROXY_COUNT = env.int("TRUSTED_PROXY_COUNT", default=0)
USERSESSIONS_TRACK_ACTIVITY = False
# Whoever may open the desk has a second factor and has shown it in this session.
STAFF_NEED_SECOND_FACTOR = True
MFA_ADAPTER = "portal.accounts.second_factor.adapter.SecondFactorAdapter"
MFA_SUPPORTED_TYPES = ["totp", "webauthn", "recovery_codes"]
MFA_PASSKEY_LOGIN_ENABLED = True
# A code of the app holds for half a minute before and after its own: telephones are not on time.
MFA_TOTP_TOLERANCE = 1
MFA_FORMS = {
    "activate_totp": "portal.accounts.second_factor.forms.ActivateAppForm",
    "add_webauthn": "portal.accounts.second_factor.forms.AddPasskeyForm",
    "authenticate": "portal.accounts.second_factor.forms.AuthenticateForm",
    "authenticate_webauthn": "portal.accounts.second_factor.forms.AuthenticateByPasskeyForm",
    "edit_webauthn": "portal.accounts.second_factor.forms.RenamePasskeyForm",
    "login_webauthn": "portal.accounts.second_factor.forms.LoginByPasskeyForm",
    "reauthenticate": "portal.accounts.second_factor.forms.ReauthenticateForm",
    "reauthenticate_webauthn": "portal.accounts.second_factor.forms.ReauthenticateByPasskeyForm",
}
