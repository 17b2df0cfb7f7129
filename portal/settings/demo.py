"""The demonstration that `make run` starts: this machine only, SQLite, caught mail, known accounts.

DEBUG stays off so that error pages and the security policy are the real ones.
"""

from portal.settings.base import *  # noqa: F403
from portal.settings.base import MIDDLEWARE, VAR_DIR, env

DEMO = True
STAFF_NEED_SECOND_FACTOR = False
PORT = env.int("PORT", default=8000)
SITE_URL = f"http://127.0.0.1:{PORT}"
SECRET_KEY = "only-for-the-demonstration-on-this-machine"
ALLOWED_HOSTS = ["127.0.0.1", "localhost"]
# No other machine is answered, and pages are compressed as the proxy does in production.
_BEHIND_STATIC = MIDDLEWARE.index("whitenoise.middleware.WhiteNoiseMiddleware") + 1
MIDDLEWARE = [
    *MIDDLEWARE[:_BEHIND_STATIC],
    "portal.common.middleware.ThisMachineOnly",
    "portal.common.middleware.CompressPages",
    *MIDDLEWARE[_BEHIND_STATIC:],
]
EMAIL_BACKEND = "portal.common.mail.CaughtMail"
EMAIL_FILE_PATH = VAR_DIR / "mail"
