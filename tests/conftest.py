"""What every test shares: the collected static files, the loaded content, and a known language."""

import pytest
from django.conf import settings
from django.core.management import call_command
from django.db import connection
from django.test.utils import setup_databases, teardown_databases
from django.utils import translation

from portal.common.cache import PromptRedisCache
from portal.common.kept import forget_all
from tests.outside import Guard

GUARD = Guard()
REDIS_URL, CACHES = settings.REDIS_URL, settings.CACHES
REAL_DATABASE = settings.DATABASES["default"]["NAME"]


@pytest.fixture(scope="session")
def django_db_setup(django_db_setup, django_db_blocker):
    """The test database holds the portal's own content, loaded once a session."""
    made = []
    with django_db_blocker.unblock():
        if connection.settings_dict["NAME"] == REAL_DATABASE:
            # pytest-django makes none where all of the chosen tests commit by themselves.
            made = setup_databases(verbosity=0, interactive=False)
        call_command("load_content", verbosity=0)
    yield
    with django_db_blocker.unblock():
        teardown_databases(made, verbosity=0)


@pytest.fixture(autouse=True)
def _language_as_in_settings():
    """Each test starts and ends with no language activated by another."""
    translation.deactivate()
    yield
    translation.deactivate()


@pytest.fixture(autouse=True)
def _nothing_is_kept_from_another_test():
    """What is kept belongs to a version of the index; a test may have changed records past it."""
    forget_all()


@pytest.fixture(autouse=True)
def _nothing_was_counted_by_another_test():
    """Redis forgets nothing at the end of a test, as the database does."""
    if REDIS_URL:
        PromptRedisCache(REDIS_URL, {"KEY_PREFIX": CACHES["default"]["KEY_PREFIX"]}).clear()


@pytest.fixture(autouse=True)
def _nothing_calls_out():
    """A test fails that reaches, or looks up, another machine, even if the code muted that."""
    before = len(GUARD.attempts)
    yield
    attempts = GUARD.attempts[before:]
    del GUARD.attempts[before:]
    assert attempts == []
