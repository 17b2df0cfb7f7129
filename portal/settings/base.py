"""Settings shared by every way to run the portal. The other modules only override."""

from csp.constants import NONE, SELF
from django.utils.translation import gettext_lazy as _

from portal.common.desk.naming import name_of_column
from portal.settings.environment import BASE_DIR, VAR_DIR, database, env
from portal.settings.people import *  # noqa: F403

# What runs -------------------------------------------------------------------------------------
ROOT_URLCONF = "portal.urls"
WSGI_APPLICATION = "portal.wsgi.application"
DEFAULT_AUTO_FIELD = "django.db.models.BigAutoField"
SITE_NAME = _("Transatlantic City Exchange")
SITE_URL = env("SITE_URL", default="http://127.0.0.1:8000")
DEMO = False
DEBUG = False
SECRET_KEY = env("SECRET_KEY", default="")
SECRET_KEY_FALLBACKS = env.list("SECRET_KEY_FALLBACKS", default=[])
ALLOWED_HOSTS = env.list("ALLOWED_HOSTS", default=[])

INSTALLED_APPS = [
    # Before admin: it adds a tab a language to admin's forms.
    "modeltranslation",
    "portal.pages",
    "practices",
    "findings",
    "exchanges",
    "portal.search",
    "portal.notices",
    "portal.accounts",
    "portal.common",
    "portal.common.desk.apps.DeskConfig",
    "django.contrib.auth",
    "django.contrib.contenttypes",
    "django.contrib.sessions",
    "django.contrib.messages",
    "django.contrib.sitemaps",
    "django.contrib.staticfiles",
    "allauth",
    "allauth.account",
    "allauth.mfa",
    "allauth.usersessions",
    "csp",
    "django_htmx",
    "import_export",
    "post_office",
    "simple_history",
]

MIDDLEWARE = [
    # Headers first, so that every answer has them: redirects, static files and refusals too.
    "portal.common.middleware.SecurityHeaders",
    "csp.middleware.CSPMiddleware",
    "django.middleware.security.SecurityMiddleware",
    "django.middleware.clickjacking.XFrameOptionsMiddleware",
    "portal.common.middleware.KnownMethodsOnly",
    "whitenoise.middleware.WhiteNoiseMiddleware",
    "portal.common.middleware.RefuseUnreadableInput",
    "django.contrib.sessions.middleware.SessionMiddleware",
    "django.middleware.locale.LocaleMiddleware",
    "django.middleware.common.CommonMiddleware",
    "django.middleware.csrf.CsrfViewMiddleware",
    "django.contrib.auth.middleware.AuthenticationMiddleware",
    "portal.accounts.middleware.PersonalPages",
    "allauth.account.middleware.AccountMiddleware",
    "portal.accounts.second_factor.middleware.SecondFactorAtTheDesk",
    "allauth.usersessions.middleware.UserSessionsMiddleware",
    "django.contrib.messages.middleware.MessageMiddleware",
    "django_htmx.middleware.HtmxMiddleware",
    "simple_history.middleware.HistoryRequestMiddleware",
]

TEMPLATES = [
    {
        "BACKEND": "django.template.backends.django.DjangoTemplates",
        "DIRS": [BASE_DIR / "templates"],
        "APP_DIRS": True,
        "OPTIONS": {
            "context_processors": [
                "django.template.context_processors.request",
                "django.contrib.auth.context_processors.auth",
                "django.contrib.messages.context_processors.messages",
                "portal.common.context_processors.site",
            ],
            "builtins": [
                "django.templatetags.i18n",
                "django.templatetags.static",
                "portal.common.templatetags.text",
                "portal.common.templatetags.interface",
            ],
        },
    }
]

# Where things are kept --------------------------------------------------------------------------
DATABASES = {"default": database(f"sqlite:///{VAR_DIR / 'portal.sqlite3'}")}
# `default` holds rate limits and counters, so it must answer even when Redis does not;
# `pages` holds what can be made again, so its errors are muted.
REDIS_URL = env("REDIS_URL", default="")
CACHES = {
    "default": {
        "BACKEND": "portal.common.cache.ResilientCache",
        "LOCATION": REDIS_URL,
        "KEY_PREFIX": "counters",
        "OPTIONS": {"fallback": "database"},
    },
    "database": {
        "BACKEND": "portal.common.cache.CountingDatabaseCache",
        "LOCATION": "cache_entries",
        # Above this many entries the expired ones go, so one visitor cannot push out all limits.
        "OPTIONS": {"MAX_ENTRIES": 100_000},
    },
    "pages": {
        "BACKEND": "portal.common.cache.ForgivingCache",
        "LOCATION": REDIS_URL,
        "KEY_PREFIX": "pages",
        "OPTIONS": {"MAX_ENTRIES": 10_000},
    },
}
SESSION_ENGINE = "django.contrib.sessions.backends.db"
MEDIA_ROOT = env.path("MEDIA_ROOT", default=str(VAR_DIR / "media"))
MEDIA_URL = "/files/"
STATIC_URL = "/static/"
STATIC_ROOT = env.path("STATIC_ROOT", default=str(VAR_DIR / "static"))
STATICFILES_DIRS = [BASE_DIR / "static"]
STORAGES = {
    "default": {"BACKEND": "django.core.files.storage.FileSystemStorage"},
    "staticfiles": {
        "BACKEND": "portal.common.staticfiles.JoinedManifestStorage",
        # A web server reads them as another user.
        "OPTIONS": {"file_permissions_mode": 0o644, "directory_permissions_mode": 0o755},
    },
}

# Languages ---------------------------------------------------------------------------------------
LANGUAGES = [("en", "English"), ("ar", "العربية")]
LANGUAGE_CODE = "en"
LANGUAGE_COOKIE_NAME = "language"
LANGUAGE_COOKIE_AGE = 365 * 24 * 3600
LANGUAGE_COOKIE_SAMESITE = "Lax"
LOCALE_PATHS = [BASE_DIR / "locale"]
FORMAT_MODULE_PATH = ["portal.common.formats"]
USE_TZ = True
TIME_ZONE = "UTC"
MODELTRANSLATION_DEFAULT_LANGUAGE = "en"
MODELTRANSLATION_FALLBACK_LANGUAGES = tuple(code for code, _name in LANGUAGES)
# Numbering system a language, as CLDR names them; "arab" here would change every number and date
# of Arabic pages at once. A language that is not named has Western digits.
NUMBERING = {"ar": "latn"}
# Plural rule of each language that has a translation file, as CLDR gives it.
PLURAL_FORMS = {
    "ar": (
        "nplurals=6; plural=n==0 ? 0 : n==1 ? 1 : n==2 ? 2 : "
        "n%100>=3 && n%100<=10 ? 3 : n%100>=11 && n%100<=99 ? 4 : 5;"
    ),
}
# The font that a page's first paint needs, by language; others have that of LANGUAGE_CODE.
LANGUAGE_FONTS = {
    "en": "fonts/source-sans-3-latin.woff2",
    "ar": "fonts/vazirmatn-arabic.woff2",
}

# Mail --------------------------------------------------------------------------------------------
EMAIL_CONFIG = env.email_url("EMAIL_URL", default="consolemail://")
vars().update(EMAIL_CONFIG)
EMAIL_TIMEOUT = 10
DEFAULT_FROM_EMAIL = env("MAIL_FROM", default="Transatlantic City Exchange <exchange@example.org>")
# Where readers write to; named on the pages about the portal.
CONTACT_EMAIL = env("CONTACT_EMAIL", default="contact@example.org")
SERVER_EMAIL = DEFAULT_FROM_EMAIL
# The portal has a sender of its own, portal.notices.sending: this one loses mail with the broker.
POST_OFFICE = {"CELERY_ENABLED": False}

# Background work ---------------------------------------------------------------------------------
JOBS_APPLICATION = "portal.celery.app"
CELERY_BROKER_URL = REDIS_URL or None
CELERY_TASK_ALWAYS_EAGER = not REDIS_URL
CELERY_TASK_IGNORE_RESULT = True
CELERY_TASK_ACKS_LATE = True
CELERY_BROKER_CONNECTION_RETRY_ON_STARTUP = True
# A broker that is away or silent may cost a request one second, not half a minute.
CELERY_BROKER_TRANSPORT_OPTIONS = {
    "socket_connect_timeout": 0.5,
    "socket_timeout": 0.5,
    "retry_on_timeout": False,
    "max_retries": 0,
}
CELERY_TASK_PUBLISH_RETRY = False
CELERY_BEAT_SCHEDULE = {
    "send-queued-mail": {
        "task": "portal.notices.send_queued",
        "schedule": 30,
        # A worker that comes back finds one of these, not all that it missed.
        "options": {"expires": 30},
    },
    "remove-old-mails": {
        "task": "portal.notices.remove_old_mails",
        "schedule": 24 * 3600,
    },
    "clear-expired-sessions": {
        "task": "portal.accounts.clear_expired_sessions",
        "schedule": 24 * 3600,
    },
    "remove-orphaned-files": {
        "task": "portal.common.remove_orphaned_files",
        "schedule": 24 * 3600,
    },
    "learn-search-lexicon": {
        "task": "portal.search.learn_lexicon",
        "schedule": 24 * 3600,
    },
    "prune-search-misses": {
        "task": "portal.search.prune_misses",
        "schedule": 24 * 3600,
    },
    "remove-unclaimed-drafts": {
        "task": "practices.remove_unclaimed_drafts",
        "schedule": 24 * 3600,
    },
    "remind-curators": {
        "task": "practices.remind_of_promises",
        "schedule": 24 * 3600,
    },
}

# Safety ------------------------------------------------------------------------------------------
CONTENT_SECURITY_POLICY = {
    "DIRECTIVES": {
        "default-src": [NONE],
        "script-src": [SELF],
        "style-src": [SELF],
        "img-src": [SELF],
        "font-src": [SELF],
        "connect-src": [SELF],
        "manifest-src": [SELF],
        "form-action": [SELF],
        "base-uri": [NONE],
        "object-src": [NONE],
        "frame-ancestors": [NONE],
    }
}
X_FRAME_OPTIONS = "DENY"
SECURE_CONTENT_TYPE_NOSNIFF = True
SECURE_REFERRER_POLICY = "strict-origin-when-cross-origin"
SECURE_CROSS_ORIGIN_OPENER_POLICY = "same-origin"
SESSION_COOKIE_HTTPONLY = True
SESSION_COOKIE_SAMESITE = "Lax"
SESSION_COOKIE_AGE = 12 * 3600
CSRF_COOKIE_HTTPONLY = True
CSRF_COOKIE_SAMESITE = "Lax"
LANGUAGE_COOKIE_HTTPONLY = True
MESSAGE_STORAGE = "portal.common.messages.Messages"
MESSAGES_COOKIE_NAME = "messages"
CSRF_FAILURE_VIEW = "portal.pages.errors.csrf_failure"
DATA_UPLOAD_MAX_MEMORY_SIZE = 5 * 1024 * 1024
DATA_UPLOAD_MAX_NUMBER_FIELDS = 2000
FILE_UPLOAD_PERMISSIONS = 0o640
FILE_UPLOAD_DIRECTORY_PERMISSIONS = 0o750
# Uploads: one file, and one picture, may be this large.
UPLOAD_MAX_BYTES = 20 * 1024 * 1024
UPLOAD_MAX_PIXELS = 40_000_000

# Admin -------------------------------------------------------------------------------------------
MODELTRANSLATION_BUILD_LOCALIZED_VERBOSE_NAME = name_of_column
# Files of records to be imported.
IMPORT_MAX_BYTES = 5 * 1024 * 1024
# Practices are read again this many years after they were last reviewed.
REVIEW_AFTER_YEARS = 2
# What is promised to a city that sends a text: an answer, and a decision.
FIRST_ANSWER_WORKING_DAYS = env.int("FIRST_ANSWER_WORKING_DAYS", default=3)
DECISION_DAYS = env.int("DECISION_DAYS", default=14)
# Drafts that were begun without an account and that nobody claimed live so long.
UNCLAIMED_DRAFT_DAYS = 7
PAGE_SIZE = 20

LOGGING = {
    "version": 1,
    "disable_existing_loggers": False,
    "formatters": {
        "plain": {
            "class": "portal.common.logs.OneLine",
            "format": "{asctime} {levelname} {name}: {message}",
            "style": "{",
        }
    },
    "filters": {"without_tokens": {"()": "portal.common.logs.WithoutTokens"}},
    "handlers": {
        "console": {
            "class": "logging.StreamHandler",
            "formatter": "plain",
            "filters": ["without_tokens"],
        }
    },
    "root": {"handlers": ["console"], "level": env("LOG_LEVEL", default="INFO")},
}
