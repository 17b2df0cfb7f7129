"""The city that most tests of people are about."""

import pytest

from tests.exchanges.people import a_focal_point, oslo


@pytest.fixture
def city():
    return oslo()


@pytest.fixture
def focal_point(city):
    """Somebody who decides who speaks for the city."""
    return a_focal_point(city)
