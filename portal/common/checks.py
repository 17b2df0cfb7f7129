"""Checks of settings that Django's own deploy checks only look at for presence."""

import re
from urllib.parse import urlsplit

from django.conf import settings
from django.core import checks
from django.core.checks import Error, Tags, register

YEAR = 365 * 24 * 3600
LOCAL_HOSTS = {"127.0.0.1", "localhost", "[::1]"}
HOST = re.compile(r"(?!-)[a-z0-9-]+(\.[a-z0-9-]+)*|\[[0-9a-f:.]+\]", re.IGNORECASE)
# Keywords of a policy that name no host. Everything else is a host, a scheme or a wildcard.
HARMLESS_SOURCES = {"'self'", "'none'", "'report-sample'"}
DEFAULT_KEY_PARTS = ("django-insecure", "only-for-the", "change-me", "secret")
# Mail that reaches nobody.
DEAF_BACKENDS = ("console", "dummy", "filebased", "locmem", "CaughtMail")
COOKIES = {"SESSION": "session", "CSRF": "CSRF", "LANGUAGE": "language"}


@register(Tags.security)
def check_demonstration_stays_local(app_configs, **kwargs):
    """The demonstration has known passwords: it names no host but this machine's."""
    if not settings.DEMO:
        return []
    named = {*settings.ALLOWED_HOSTS, urlsplit(settings.SITE_URL).hostname}
    if named <= LOCAL_HOSTS:
        return []
    return [Error("The demonstration may name this machine only.", id="portal.E001")]


@register(Tags.security, deploy=True)
def check_hosts(app_configs, **kwargs):
    """Hosts are named one by one; with a pattern, mail would link to whatever a request claims."""
    hosts = settings.ALLOWED_HOSTS
    if hosts and all(HOST.fullmatch(host) for host in hosts):
        return []
    return [
        Error("ALLOWED_HOSTS must name hosts: no '*', no leading dot, not empty.", id="portal.E002")
    ]


@register(Tags.security, deploy=True)
def check_site_url(app_configs, **kwargs):
    """Links in mail begin with SITE_URL, so it is https, a host that is allowed, and no more."""
    address = urlsplit(settings.SITE_URL)
    is_bare = address == ("https", address.netloc, "", "", "") and "@" not in address.netloc
    if is_bare and address.hostname in settings.ALLOWED_HOSTS:
        return []
    return [
        Error(
            "SITE_URL must be https://, one of ALLOWED_HOSTS, and no path after it.",
            id="portal.E003",
        )
    ]


@register(Tags.security, deploy=True)
def check_secret_key(app_configs, **kwargs):
    """The key is of this installation only."""
    key = settings.SECRET_KEY.lower()
    if len(key) >= 50 and not any(part in key for part in DEFAULT_KEY_PARTS):
        return []
    return [Error("SECRET_KEY must be 50 random characters or more.", id="portal.E004")]


@register(Tags.security, deploy=True)
def check_not_demonstration(app_configs, **kwargs):
    """Neither the demonstration nor DEBUG is for others to reach."""
    if not settings.DEMO and not settings.DEBUG:
        return []
    return [Error("DEMO and DEBUG must be off in production.", id="portal.E005")]


@register(Tags.security, deploy=True)
def check_mail_is_sent(app_configs, **kwargs):
    """People sign in by mail, so mail must leave this machine."""
    backend = settings.EMAIL_BACKEND
    if not any(deaf in backend for deaf in DEAF_BACKENDS):
        return []
    return [Error(f"EMAIL_URL must send mail; {backend} does not.", id="portal.E006")]


@register(Tags.security, deploy=True)
def check_cookies(app_configs, **kwargs):
    """Every cookie is bound to this host and to https, and out of reach of scripts."""
    faulty = [
        label
        for prefix, label in COOKIES.items()
        if not (
            getattr(settings, f"{prefix}_COOKIE_NAME").startswith("__Host-")
            and getattr(settings, f"{prefix}_COOKIE_SECURE")
            and getattr(settings, f"{prefix}_COOKIE_HTTPONLY")
            and getattr(settings, f"{prefix}_COOKIE_SAMESITE") in ("Lax", "Strict")
            and getattr(settings, f"{prefix}_COOKIE_PATH") == "/"
            and not getattr(settings, f"{prefix}_COOKIE_DOMAIN")
        )
    ]
    if not settings.MESSAGES_COOKIE_NAME.startswith("__Host-"):
        faulty.append("messages")
    return [
        Error(
            f"The {label} cookie must be __Host-, Secure, HttpOnly and SameSite.", id="portal.E007"
        )
        for label in faulty
    ]


@register(Tags.security, deploy=True)
def check_content_policy(app_configs, **kwargs):
    """Pages load from the portal only, and nothing written into a page runs."""
    directives = (settings.CONTENT_SECURITY_POLICY or {}).get("DIRECTIVES", {})
    faulty = [
        f"{name} {source}"
        for name, sources in directives.items()
        for source in sources
        if source not in HARMLESS_SOURCES
    ]
    missing = {"default-src", "base-uri", "form-action", "frame-ancestors"} - directives.keys()
    faults = [*faulty, *(f"no {name}" for name in sorted(missing))]
    return [Error(f"CONTENT_SECURITY_POLICY: {fault}", id="portal.E008") for fault in faults]


@register(Tags.security, deploy=True)
def check_https_is_lasting(app_configs, **kwargs):
    """Browsers remember for a year or more that the portal speaks https only."""
    if settings.SECURE_HSTS_SECONDS >= YEAR and settings.SECURE_HSTS_INCLUDE_SUBDOMAINS:
        return []
    return [
        checks.Warning(
            "SECURE_HSTS_SECONDS must be a year or more and include subdomains.", id="portal.W009"
        )
    ]
