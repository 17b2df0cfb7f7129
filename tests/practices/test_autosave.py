"""The autosave of the form: what the script of the page is answered."""

import json
import uuid

import pytest
from django.urls import reverse

from practices import workflow
from practices.models import Submission
from practices.questions import LONGEST_TEXT
from tests.practices.submitting import draft, person, sent_submission

pytestmark = pytest.mark.django_db


def save(client, address, data):
    answer = client.post(address, data)
    return answer.status_code, json.loads(answer.content)


def test_autosave_begins_a_draft_and_says_where_to_go_on(client):
    address = reverse("practices:submit-autosave")
    status, said = save(client, address, {"title": "Mentors", "nonce": uuid.uuid4()})
    (begun,) = Submission.objects.filter(author=None)
    assert (status, said["code"], said["version"]) == (200, "saved", 1)
    assert said["autosave"] == reverse("submissions:autosave", args=[begun.pk])


def test_autosave_saves_what_is_typed(client, official):
    begun = draft(official)
    address = reverse("submissions:autosave", args=[begun.pk])
    status, said = save(client, address, {"title": "Mentors", "version": 1})
    assert (status, said["version"]) == (200, 2)
    assert Submission.objects.get(pk=begun.pk).title == "Mentors"


def test_autosave_never_puts_an_older_text_over_a_newer_one(client, official):
    begun = draft(official)
    workflow.save_answers(begun, {"title": "Newer"}, by=official, version=1)
    address = reverse("submissions:autosave", args=[begun.pk])
    status, said = save(client, address, {"title": "Older", "version": 1})
    assert (status, said["code"], said["answers"]["title"]) == (409, "outdated", "Newer")


def test_autosave_says_when_nobody_is_signed_in(client):
    address = reverse("submissions:autosave", args=[draft().pk])
    assert save(client, address, {"title": "Mentors"}) == (401, {"code": "signed-out"})


def test_autosave_says_when_the_text_was_sent(client, official):
    sent = sent_submission(official)
    address = reverse("submissions:autosave", args=[sent.pk])
    assert save(client, address, {"title": "Mentors"})[0] == 410


def test_autosave_says_what_is_too_long(client, official):
    address = reverse("submissions:autosave", args=[draft(official).pk])
    data = {"problem": "x" * (2 * LONGEST_TEXT + 1), "version": 1}
    status, said = save(client, address, data)
    assert (status, said) == (413, {"code": "too-long", "names": ["problem"]})


def test_autosave_of_the_first_page_says_when_the_text_was_sent(client, official):
    sent = sent_submission(official)
    address = reverse("practices:submit-autosave")
    said = save(client, address, {"title": "Typed too late", "nonce": sent.nonce})
    assert said == (410, {"code": "closed"})


def test_autosave_gives_a_draft_to_who_has_signed_in_meanwhile(client):
    data = {"title": "Mentors", "nonce": uuid.uuid4()}
    save(client, reverse("practices:submit-autosave"), data)
    somebody = person()
    client.force_login(somebody)
    status, said = save(client, reverse("practices:submit-autosave"), data | {"problem": "Hate"})
    assert (status, said["answers"]["problem"]) == (200, "Hate")
    assert Submission.objects.get(nonce=data["nonce"]).author == somebody


def test_who_has_no_account_begins_so_many_texts_an_hour_and_goes_on_with_each(client):
    address = reverse("practices:submit-autosave")
    first = {"title": "Mentors", "nonce": uuid.uuid4()}
    begun = [save(client, address, first | {"nonce": uuid.uuid4()})[0] for _turn in range(60)]
    assert set(begun) == {200}
    assert save(client, address, first)[1] == {"code": "too-often"}
