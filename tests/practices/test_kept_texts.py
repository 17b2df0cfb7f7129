"""Nothing typed is lost or overwritten unseen: over sign-in, Back, other windows and refusals."""

import uuid

import pytest
from django.urls import reverse

from exchanges.membership import end
from exchanges.models import Membership
from practices import workflow
from practices.models import Practice, Submission
from tests.practices.submitting import SALTO, a_curator, answers_like, draft

pytestmark = pytest.mark.django_db
START = "/en/practices/submit/"


def typed(**changes):
    return {**answers_like(), "nonce": uuid.uuid4(), **changes}


def page_of(submission):
    return reverse("submissions:write", args=[submission.pk, "snapshot"])


def test_what_was_typed_after_the_session_ended_is_back_after_signing_in(client, official):
    official.set_password("crossing-the-atlantic")
    official.save()
    begun = draft(official)
    client.cookies.clear()
    away = client.post(page_of(begun), {"problem": "Typed too late.", "version": 1, "go": "save"})
    login = away.headers["Location"]
    assert login.startswith("/en/accounts/login/?next=")
    credentials = {"login": official.email, "password": "crossing-the-atlantic"}
    back = client.post(login, credentials, follow=True)
    assert "Typed too late." in back.content.decode()
    # Not saved yet, so that a page that is loaded again still has it.
    assert "Typed too late." in client.get(page_of(begun)).content.decode()
    client.post(page_of(begun), {"problem": "Typed in time.", "version": 1, "go": "save"})
    assert "Typed too late." not in client.get(page_of(begun)).content.decode()


def test_what_comes_back_after_signing_in_replaces_nothing_newer_unseen(client, official):
    official.set_password("crossing-the-atlantic")
    official.save()
    begun = draft(official)
    client.cookies.clear()
    data = {"problem": "Typed too late.", "version": 1, "go": "save"}
    login = client.post(page_of(begun), data).headers["Location"]
    workflow.save_answers(begun, {"problem": "Said elsewhere."}, by=official, version=1)
    credentials = {"login": official.email, "password": "crossing-the-atlantic"}
    text = client.post(login, credentials, follow=True).content.decode()
    assert 'name="version" value="1"' in text
    again = client.post(page_of(begun), data).content.decode()
    assert "Said elsewhere." in again
    assert "Typed too late." in again


def test_an_older_copy_of_the_first_page_replaces_nothing_newer_unseen(client, official):
    data = typed(go="save")
    client.post(START, data)
    begun = Submission.objects.get(author=official)
    workflow.save_answers(begun, {"title": "Newer"}, by=official, version=begun.version)
    text = client.post(START, data | {"title": "Older", "version": 1}).content.decode()
    assert "Newer" in text
    assert "Older" in text
    begun.refresh_from_db()
    assert begun.title == "Newer"


def test_back_to_the_first_page_replaces_nothing_newer_unseen(client, official):
    data = typed(go="save")
    client.post(START, data)
    begun = Submission.objects.get(author=official)
    client.post(page_of(begun), {"problem": "Much longer.", "version": begun.version})
    text = client.post(START, data).content.decode()
    assert "Much longer." in text
    begun.refresh_from_db()
    assert begun.answers["problem"] == "Much longer."


def test_back_after_sending_begins_no_500(client, official):
    data = typed(go="send")
    client.post(START, data)
    sent = Submission.objects.get(author=official)
    answer = client.post(START, data | {"go": "bilingual"})
    assert answer.headers["Location"] == sent.get_absolute_url()


def test_what_cannot_be_saved_stands_where_it_was_typed(client, official):
    begun = draft(official)
    workflow.send(begun, by=official)
    data = {"problem": "Typed too late.", "version": begun.version, "go": "save"}
    text = client.post(page_of(begun), data).content.decode()
    assert "Typed too late." in text
    assert "it is not your turn" in text


def test_a_proposal_is_no_form_any_more_once_its_author_has_left_the_city(client, official):
    proposed = workflow.propose_change(Practice.objects.get(slug=SALTO), by=official)
    end(Membership.objects.get(person=official), by=a_curator())
    answer = client.get(page_of(proposed), follow=True)
    assert answer.redirect_chain == [(proposed.get_absolute_url(), 302)]
    assert "You may not change this text any more." in answer.content.decode()
    text = client.post(page_of(proposed), {"problem": "Typed before.", "version": 1}).content
    assert "Typed before." in text.decode()
