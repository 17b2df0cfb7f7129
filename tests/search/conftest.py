"""What the tests of the search share."""

import pytest

from portal.search.lexicon import forget


@pytest.fixture(autouse=True)
def _the_lexicon_is_that_of_the_database():
    """What another test learned was rolled back; the memory of the process may not know."""
    forget()
    yield
    forget()
