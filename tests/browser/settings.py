"""The demonstration's settings for the served portal of the browser tests."""

from portal.settings.demo import *  # noqa: F403
from portal.settings.demo import env

if env("BROWSER_LOCALE", default=""):
    LOCALE_PATHS = [env("BROWSER_LOCALE")]
