"""The suite's settings for processes that send to a mail server of a test, on MAIL_PORT."""

from pathlib import Path

from portal.settings.test import *  # noqa: F403
from portal.settings.test import TEMPLATES, env

EMAIL_BACKEND = "django.core.mail.backends.smtp.EmailBackend"
EMAIL_HOST = "127.0.0.1"
EMAIL_PORT = env.int("MAIL_PORT")
(_TEMPLATES,) = TEMPLATES
_FOLDERS = [*_TEMPLATES["DIRS"], Path(__file__).parent / "templates"]
TEMPLATES = [{**_TEMPLATES, "DIRS": _FOLDERS}]
