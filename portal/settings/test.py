"""The suite's settings: real database, real policy, mail kept in memory."""

import os

from portal.settings.base import *  # noqa: F403
from portal.settings.base import CACHES, VAR_DIR

SECRET_KEY = "only-for-the-test-suite"
SITE_URL = "http://testserver"
# The tests of the second factor switch it on and walk every page of the desk.
STAFF_NEED_SECOND_FACTOR = False
ALLOWED_HOSTS = ["testserver", "127.0.0.1", "localhost"]
EMAIL_BACKEND = "django.core.mail.backends.locmem.EmailBackend"
MEDIA_ROOT = VAR_DIR / "test-media"
# Same algorithm as in production at its smallest cost: the suite signs in hundreds of times.
PASSWORD_HASHERS = ["portal.accounts.hashers.CheapArgon2id"]
# Tests that run side by side on one Redis do not count each other's attempts.
CACHES = {
    alias: cache | {"KEY_PREFIX": os.environ.get("PYTEST_XDIST_WORKER", "")}
    for alias, cache in CACHES.items()
}
