"""The same text sent many times at once: one submission, one mail, one address for everybody."""

import os
import secrets
import uuid

import pytest
from django.test import Client
from django.urls import reverse
from post_office.models import Email

from portal import search
from practices import review
from practices.choices import SubmissionState
from practices.models import Practice, Submission
from tests.common.committed import committed_texts
from tests.exchanges.at_once import WORKERS, at_once
from tests.practices.submitting import (
    a_curator,
    answers_like,
    draft,
    judged,
    person,
    sent_submission,
)

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


@pytest.fixture
def _nothing_stays_published(_committed):
    known = set(Practice.objects.values_list("pk", flat=True))
    yield
    new = Practice.objects.exclude(pk__in=known)
    Submission.objects.filter(practice__in=new).delete()
    with search.refreshing(list(new)):
        new.delete()


@pytest.mark.usefixtures("_nothing_stays_published")
def test_texts_of_one_title_that_are_accepted_at_once_are_all_published():
    texts, curator = [sent_submission() for _number in range(WORKERS)], a_curator()
    curation = judged()
    published = at_once(WORKERS, lambda n: review.accept(texts[n], curation, by=curator))
    assert len({practice.slug for practice in published}) == WORKERS


@pytest.mark.usefixtures("_committed")
def test_a_draft_that_is_saved_and_thrown_away_at_once_is_gone_without_an_error():
    for number in range(ROUNDS // 10):
        begun = draft(person())
        key = signed_in(begun.author)

        def act(turn, begun=begun, key=key, number=number):
            client = Client(REMOTE_ADDR=f"2001:db8::{number}:{turn}")
            client.cookies["sessionid"] = key
            if turn == WORKERS // 2:
                address = reverse("submissions:discard", args=[begun.pk])
                return client.post(address).status_code
            address = reverse("submissions:autosave", args=[begun.pk])
            return client.post(address, {"title": f"Turn {turn}", "version": 1}).status_code

        assert set(at_once(WORKERS, act)) <= {200, 302, 404, 409, 410}
        assert not Submission.objects.filter(pk=begun.pk).exists()
