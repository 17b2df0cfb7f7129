"""The same text sent many times at once: one submission, one mail, one address for everybody."""

import os
import secrets
import uuid

import pytest
from django.test import Client
from django.urls import reverse
from post_office.models import Email

from practices.choices import SubmissionState
from practices.models import Submission
from tests.common.committed import committed_texts
from tests.exchanges.at_once import at_once
from tests.practices.submitting import answers_like, draft, person

AT_ONCE = 20
ROUNDS = 200 if os.environ.get("FULL") else 10


@pytest.fixture
def _committed(django_db_setup, django_db_blocker):
    with django_db_blocker.unblock(), committed_texts():
        yield


def post_at_once(somebody, address, data):
    """What each of many identical posts of one person was answered."""
    key = signed_in(somebody)

    somewhere = f"2001:db8:{secrets.token_hex(2)}:{secrets.token_hex(2)}::1"

    def post(number):
        client = Client(REMOTE_ADDR=somewhere)
        client.cookies["sessionid"] = key
        answer = client.post(address, data)
        return answer.status_code, answer.headers.get("Location")

    return at_once(AT_ONCE, post)


def signed_in(somebody):
    client = Client()
    client.force_login(somebody)
    return client.cookies["sessionid"].value


@pytest.mark.usefixtures("_committed")
def test_identical_posts_of_the_first_page_make_one_submission_and_one_mail():
    address = reverse("practices:practice-submit")
    typed = answers_like()
    for _round in range(ROUNDS):
        somebody = person()
        answers = post_at_once(somebody, address, {**typed, "nonce": uuid.uuid4(), "go": "send"})
        (sent,) = Submission.objects.filter(author=somebody)
        assert sent.state == SubmissionState.SUBMITTED
        assert answers == [(302, sent.get_absolute_url())] * AT_ONCE
        assert Email.objects.filter(to=somebody.email).count() == 1


@pytest.mark.usefixtures("_committed")
def test_identical_posts_of_a_draft_send_it_once():
    for _round in range(ROUNDS // 10):
        begun = draft(person())
        address = reverse("submissions:write", args=[begun.pk, "snapshot"])
        data = {**begun.answers, "title": "SaLTo in each district", "version": 1, "go": "send"}
        answers = post_at_once(begun.author, address, data)
        begun.refresh_from_db()
        assert (begun.state, begun.title) == (SubmissionState.SUBMITTED, "SaLTo in each district")
        assert answers == [(302, begun.get_absolute_url())] * AT_ONCE
        assert Email.objects.filter(to=begun.author.email).count() == 1
