"""Each check of the settings fires for its fault, and a production start has none."""

import ast
import os
import subprocess
import sys

import pytest
from django.core.checks import Tags, run_checks

from portal.settings.environment import BASE_DIR

PRODUCTION = {
    "DJANGO_SETTINGS_MODULE": "portal.settings.production",
    "SECRET_KEY": "zuJ8xG4Ahx0RwH2mVtq9Yb7Lk3PdNf5Uc1Es6Io_jKaQpTyWnBvCrDeMg",
    "SITE_URL": "https://exchange.example.org",
    "ALLOWED_HOSTS": "exchange.example.org",
    "EMAIL_URL": "smtp+tls://user:word@mail.example.org:587",
}
SAFE = {
    "ALLOWED_HOSTS": ["exchange.example.org"],
    "CONTENT_SECURITY_POLICY": {
        "DIRECTIVES": {
            "default-src": ["'none'"],
            "base-uri": ["'none'"],
            "form-action": ["'self'"],
            "frame-ancestors": ["'none'"],
            "script-src": ["'self'"],
        }
    },
    "CSRF_COOKIE_NAME": "__Host-csrf",
    "CSRF_COOKIE_SECURE": True,
    "DEBUG": False,
    "DEMO": False,
    "EMAIL_BACKEND": "django.core.mail.backends.smtp.EmailBackend",
    "LANGUAGE_COOKIE_NAME": "__Host-language",
    "LANGUAGE_COOKIE_SECURE": True,
    "MESSAGES_COOKIE_NAME": "__Host-messages",
    "SECRET_KEY": PRODUCTION["SECRET_KEY"],
    "SECURE_HSTS_INCLUDE_SUBDOMAINS": True,
    "SECURE_HSTS_SECONDS": 63_072_000,
    "SESSION_COOKIE_NAME": "__Host-session",
    "SESSION_COOKIE_SECURE": True,
    "SITE_URL": "https://exchange.example.org",
}


def policy(**directives):
    named = {name.replace("_", "-"): sources for name, sources in directives.items()}
    return {"DIRECTIVES": {**SAFE["CONTENT_SECURITY_POLICY"]["DIRECTIVES"], **named}}


FAULTS = [
    ("portal.E002", {"ALLOWED_HOSTS": ["*"]}),
    ("portal.E002", {"ALLOWED_HOSTS": [".example.org", "exchange.example.org"]}),
    ("portal.E002", {"ALLOWED_HOSTS": []}),
    ("portal.E002", {"ALLOWED_HOSTS": ["exchange.example.org", ""]}),
    ("portal.E002", {"ALLOWED_HOSTS": ["exchange.example.org", "*.example.org"]}),
    ("portal.E003", {"SITE_URL": "http://exchange.example.org"}),
    ("portal.E003", {"SITE_URL": "https://exchange.example.org/portal"}),
    ("portal.E003", {"SITE_URL": "https://exchange.example.org/"}),
    ("portal.E003", {"SITE_URL": "https://exchange.example.org?x"}),
    ("portal.E003", {"SITE_URL": "https://someone@exchange.example.org"}),
    ("portal.E003", {"SITE_URL": "https://other.example.org"}),
    ("portal.E003", {"SITE_URL": ""}),
    ("portal.E004", {"SECRET_KEY": "short"}),
    ("portal.E004", {"SECRET_KEY": "only-for-the-demonstration-on-this-machine" * 2}),
    ("portal.E004", {"SECRET_KEY": "django-insecure-" + "x" * 50}),
    ("portal.E005", {"DEMO": True}),
    ("portal.E005", {"DEBUG": True}),
    ("portal.E006", {"EMAIL_BACKEND": "django.core.mail.backends.console.EmailBackend"}),
    ("portal.E006", {"EMAIL_BACKEND": "portal.common.mail.CaughtMail"}),
    ("portal.E006", {"EMAIL_BACKEND": "django.core.mail.backends.dummy.EmailBackend"}),
    ("portal.E007", {"SESSION_COOKIE_NAME": "sessionid"}),
    ("portal.E007", {"SESSION_COOKIE_SECURE": False}),
    ("portal.E007", {"SESSION_COOKIE_HTTPONLY": False}),
    ("portal.E007", {"SESSION_COOKIE_SAMESITE": "None"}),
    ("portal.E007", {"SESSION_COOKIE_DOMAIN": "example.org"}),
    ("portal.E007", {"CSRF_COOKIE_SAMESITE": None}),
    ("portal.E007", {"CSRF_COOKIE_PATH": "/en/"}),
    ("portal.E007", {"LANGUAGE_COOKIE_SECURE": False}),
    ("portal.E007", {"MESSAGES_COOKIE_NAME": "messages"}),
    ("portal.E008", {"CONTENT_SECURITY_POLICY": policy(script_src=["'self'", "'unsafe-inline'"])}),
    ("portal.E008", {"CONTENT_SECURITY_POLICY": policy(style_src=["'unsafe-inline'"])}),
    ("portal.E008", {"CONTENT_SECURITY_POLICY": policy(script_src=["'unsafe-eval'"])}),
    ("portal.E008", {"CONTENT_SECURITY_POLICY": policy(img_src=["https://cdn.example.org"])}),
    ("portal.E008", {"CONTENT_SECURITY_POLICY": policy(img_src=["data:"])}),
    ("portal.E008", {"CONTENT_SECURITY_POLICY": policy(connect_src=["*"])}),
    ("portal.E008", {"CONTENT_SECURITY_POLICY": {"DIRECTIVES": {"default-src": ["'none'"]}}}),
    ("portal.E008", {"CONTENT_SECURITY_POLICY": None}),
    ("portal.W009", {"SECURE_HSTS_SECONDS": 3600}),
    ("portal.W009", {"SECURE_HSTS_INCLUDE_SUBDOMAINS": False}),
]  # fmt: skip


def found():
    """The ids of our own messages for the settings as they are."""
    messages = run_checks(tags=[Tags.security], include_deployment_checks=True)
    return {message.id for message in messages if message.id.startswith("portal.")}


def manage(*arguments, **environment):
    command = [sys.executable, "manage.py", *arguments]
    inherited = {name: os.environ[name] for name in ("PATH", "HOME") if name in os.environ}
    return subprocess.run(
        command, cwd=BASE_DIR, env=inherited | environment, capture_output=True, text=True
    )


@pytest.fixture
def safe_settings(settings):
    for name, value in SAFE.items():
        setattr(settings, name, value)
    return settings


def test_safe_settings_are_not_complained_about(safe_settings):
    assert found() == set()


@pytest.mark.parametrize(("fault", "change"), FAULTS)
def test_each_fault_is_found(safe_settings, fault, change):
    for name, value in change.items():
        setattr(safe_settings, name, value)
    assert fault in found()


@pytest.mark.parametrize(
    "change", [{"ALLOWED_HOSTS": ["127.0.0.1", "exchange.example.org"]}, {"ALLOWED_HOSTS": ["*"]},
               {"SITE_URL": "https://exchange.example.org"}],
)  # fmt: skip
def test_the_demonstration_may_name_this_machine_only(settings, change):
    settings.DEMO = True
    settings.ALLOWED_HOSTS = ["127.0.0.1", "localhost"]
    settings.SITE_URL = "http://127.0.0.1:8000"
    messages = run_checks(tags=[Tags.security])
    assert "portal.E001" not in {message.id for message in messages}
    for name, value in change.items():
        setattr(settings, name, value)
    messages = run_checks(tags=[Tags.security])
    assert "portal.E001" in {message.id for message in messages}


def test_production_has_no_warning_at_all():
    outcome = manage("check", "--deploy", "--fail-level", "WARNING", **PRODUCTION)
    assert (outcome.returncode, outcome.stdout) == (
        0,
        "System check identified no issues (0 silenced).\n",
    ), outcome.stderr


@pytest.mark.parametrize("missing", ["SECRET_KEY", "SITE_URL", "ALLOWED_HOSTS", "EMAIL_URL"])
def test_production_does_not_start_without_what_it_needs(missing):
    environment = {name: value for name, value in PRODUCTION.items() if name != missing}
    outcome = manage("check", **environment)
    assert outcome.returncode != 0
    assert missing in outcome.stderr


def test_production_never_reads_the_demonstration():
    source = (BASE_DIR / "portal/settings/production.py").read_text()
    modules = {
        node.module for node in ast.walk(ast.parse(source)) if isinstance(node, ast.ImportFrom)
    }
    assert modules == {"portal.settings.base"}
    outcome = manage(
        "shell", "--no-imports", "-c",
        "import sys; from django.conf import settings;"
        "print(settings.DEMO, settings.DEBUG, 'portal.settings.demo' in sys.modules)",
        **PRODUCTION,
    )  # fmt: skip
    assert outcome.stdout == "False False False\n"
