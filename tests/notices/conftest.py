"""Notices of a kind that only the tests have, and a queue that other connections see."""

from pathlib import Path

import pytest
from post_office.models import Email

from portal.accounts.models import User
from portal.notices.models import Lease, Notice
from tests.notices.jobs import hand_jobs_to
from tests.notices.mail_server import MailServer
from tests.notices.telling import person_named


@pytest.fixture(autouse=True)
def _trial_kind(settings):
    """Templates of the kind "trial"."""
    (templates,) = settings.TEMPLATES
    folders = [*templates["DIRS"], Path(__file__).parent / "templates"]
    settings.TEMPLATES = [{**templates, "DIRS": folders}]


@pytest.fixture
def person(db):
    return person_named("Astrid Lind")


@pytest.fixture
def arabic_person(db):
    return person_named("ليلى حداد", language="ar", time_zone="Asia/Amman")


@pytest.fixture
def mail_server(settings):
    """A mail server of this test, to which the portal sends; it is waited for half a second."""
    with MailServer() as server:
        settings.EMAIL_BACKEND = "django.core.mail.backends.smtp.EmailBackend"
        settings.EMAIL_HOST, settings.EMAIL_PORT = server.server_address
        settings.EMAIL_TIMEOUT = 0.5
        yield server


@pytest.fixture
def without_broker(settings, monkeypatch):
    hand_jobs_to(settings, monkeypatch, broker=None)


@pytest.fixture
def committed(django_db_setup, django_db_blocker):
    """What a test writes is seen by other connections, and removed after it."""
    with django_db_blocker.unblock():
        people = set(User.objects.values_list("pk", flat=True))
        yield
        Notice.objects.all().delete()
        Email.objects.all().delete()
        Lease.objects.all().delete()
        User.objects.exclude(pk__in=people).delete()
