"""What tests of stored files share."""

import pytest

from practices.models import Practice


@pytest.fixture
def own_folder(settings, tmp_path):
    settings.MEDIA_ROOT = tmp_path


@pytest.fixture
def fetch(client):
    """Get an address as a browser does: to the end."""

    def get(path, **headers):
        response = client.get(path, headers=headers)
        response.body = b"".join(response) if response.streaming else response.content
        return response

    return get


@pytest.fixture
def practice():
    return Practice.objects.get(slug="london-shared-endeavour-fund")
