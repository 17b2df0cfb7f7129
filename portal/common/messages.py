"""Messages that the next page shows."""

from django.conf import settings
from django.contrib.messages.storage.cookie import CookieStorage
from django.contrib.messages.storage.fallback import FallbackStorage
from django.contrib.messages.storage.session import SessionStorage


class NamedCookieStorage(CookieStorage):
    """A signed cookie under the name that settings give it."""

    cookie_name = settings.MESSAGES_COOKIE_NAME


class Messages(FallbackStorage):
    """Messages in a cookie, so that no session is begun for them; long ones in the session."""

    storage_classes = (NamedCookieStorage, SessionStorage)
