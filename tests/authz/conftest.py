"""One portal for all tests of a file: its records are made once, and every visit is undone."""

import pytest
from django.db import transaction
from django.test import override_settings

from tests.authz.crawl import Crawl
from tests.authz.objects import Objects


@pytest.fixture(scope="module")
def objects(django_db_setup, django_db_blocker, tmp_path_factory):
    """Every record that a route is opened with, and people of all roles."""
    as_in_production = override_settings(
        MEDIA_ROOT=tmp_path_factory.mktemp("media"),
        STAFF_NEED_SECOND_FACTOR=True,
        ACCOUNT_REAUTHENTICATION_TIMEOUT=3600,
    )
    with django_db_blocker.unblock(), as_in_production, transaction.atomic():
        yield Objects()
        transaction.set_rollback(True)


@pytest.fixture(scope="module")
def crawl(objects):
    return Crawl(objects)
