"""Production's settings for the portal that the bench serves, with a bare view beside it."""

from portal.settings.production import *  # noqa: F403

ROOT_URLCONF = "tests.bench.urls"
EMAIL_BACKEND = "django.core.mail.backends.dummy.EmailBackend"
