"""Whatever is typed or sent: no error of the server, nothing stored that should not be, no mail
that says something else.
"""

import os
import uuid

import pytest
from django.urls import reverse
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from post_office.models import Email

from portal.common.languages import LANGUAGE_CODES
from practices.models import Submission
from practices.questions import QUESTIONS
from tests.practices.submitting import answers_like, draft, sent_submission

pytestmark = pytest.mark.django_db

EXAMPLES = 2000 if os.environ.get("FULL") else 100
NAMES = [
    *(question.name for question in QUESTIONS),
    *(f"title_{code}" for code in LANGUAGE_CODES),
    "asked", "version", "nonce", "go", "state", "author",
]  # fmt: skip
# fmt: off
ODD = ["\x00", "\ud800", "\u202e", "\r\nBcc: x@example.org", "{{ 7|add:7 }}", "{% now %}", "٩" * 30,
       "<script>alert(1)</script>", "'; DROP TABLE x; --", "\u200f\u200b", "9" * 400, "-1",
       "../.."]
# fmt: on
TEXTS = st.one_of(st.text(max_size=200), st.sampled_from(ODD))
POSTS = st.dictionaries(st.sampled_from(NAMES), st.one_of(TEXTS, st.lists(TEXTS, max_size=5)))
# The client encodes as a browser does: half a character cannot be sent.
SETTINGS = settings(
    max_examples=EXAMPLES,
    deadline=None,
    suppress_health_check=[HealthCheck.function_scoped_fixture, HealthCheck.too_slow],
)


def sendable(data):
    return {
        name: [text.encode("utf-8", "replace").decode() for text in value]
        if isinstance(value, list)
        else value.encode("utf-8", "replace").decode()
        for name, value in data.items()
    }


@SETTINGS
@given(data=POSTS)
def test_no_post_to_a_draft_makes_an_error_of_the_server(client, official, data):
    begun = draft(official)
    for step in ("snapshot", "place"):
        address = reverse("submissions:write", args=[begun.pk, step])
        assert client.post(address, sendable(data)).status_code < 500
        assert client.get(address, follow=True).status_code == 200
    assert client.get(reverse("submissions:preview", args=[begun.pk])).status_code == 200
    begun.refresh_from_db()
    assert begun.author == official
    assert "\x00" not in str(begun.answers)
    Submission.objects.filter(author=official).delete()


@SETTINGS
@given(data=POSTS)
def test_no_autosave_makes_an_error_of_the_server(client, official, data):
    begun = draft(official)
    address = reverse("submissions:autosave", args=[begun.pk])
    assert client.post(address, sendable(data)).status_code in (200, 409, 410, 413, 429)
    Submission.objects.filter(author=official).delete()


@pytest.mark.parametrize(
    "odd", ["\r\nBcc: x@example.org", "\u202eevil", "{{ settings.SECRET_KEY }}"]
)
def test_a_title_says_in_a_mail_what_it_is_and_adds_no_line(odd):
    sent = sent_submission(answers=answers_like() | {"title": f"Mentors{odd}"})
    mail = Email.objects.get(to=sent.author.email)
    assert "\n" not in mail.subject
    assert "\u202e" not in mail.subject
    assert ("{{" in odd) == ("{{ settings.SECRET_KEY }}" in mail.message)
    assert set(mail.email_message().recipients()) == {sent.author.email}


@pytest.mark.parametrize("nonce", ["", "x", "0" * 32, str(uuid.UUID(int=0)), "' OR 1=1"])
def test_a_nonce_that_is_none_begins_a_draft_all_the_same(client, official, nonce):
    client.post("/en/practices/submit/", answers_like() | {"nonce": nonce, "go": "save"})
    assert Submission.objects.filter(author=official).count() == 1


def test_a_body_of_ten_megabytes_is_refused(client, official):
    begun = draft(official)
    address = reverse("submissions:autosave", args=[begun.pk])
    assert client.post(address, {"problem": "x" * 10_000_000}).status_code in (400, 413)
