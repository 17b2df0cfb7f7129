"""A published practice, and the people who may act on it."""

import pytest

from practices.models import Practice
from tests.practices.members import member
from tests.practices.submitting import a_curator, an_official


@pytest.fixture
def london(db) -> Practice:
    return Practice.objects.get(slug="london-shared-endeavour-fund")


@pytest.fixture
def londoner(london):
    """Somebody who speaks for the city of the practice."""
    return member("amina", london.city)


@pytest.fixture
def curator(db):
    return a_curator()


@pytest.fixture
def official(client):
    """Somebody who speaks for Oslo and is signed in."""
    somebody = an_official()
    client.force_login(somebody)
    return somebody
