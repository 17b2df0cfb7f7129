"""The pages on which a text is written, without any script."""

import re
import uuid

import pytest
from django.test import Client
from django.urls import reverse
from django.utils import translation

from exchanges.models import City
from portal.common.dates import PartialDate
from practices import review, workflow
from practices.choices import SubmissionState
from practices.models import Submission
from practices.questions import LONGEST_TEXT, SNAPSHOT
from tests.practices.submitting import (
    a_curator,
    an_official,
    answers_like,
    draft,
    person,
    sent_submission,
    taken_submission,
)

pytestmark = pytest.mark.django_db
START = "/en/practices/submit/"


def typed(**changes):
    return {**answers_like(), "nonce": uuid.uuid4(), **changes}


def page_of(submission, step="snapshot"):
    return reverse("submissions:write", args=[submission.pk, step])


def test_the_first_page_asks_six_questions_and_sets_no_session(client):
    answer = client.get(START)
    text = answer.content.decode()
    assert [f'name="{question.name}"' in text for question in SNAPSHOT] == [True] * 6
    assert "sessionid" not in answer.cookies
    assert "no-store" in answer.headers["Cache-Control"]


def test_whoever_is_signed_in_sends_the_snapshot_in_one_step(client, official):
    answer = client.post(START, typed(go="send"), follow=True)
    (sent,) = Submission.objects.filter(author=official)
    assert [address for address, _status in answer.redirect_chain] == [sent.get_absolute_url()]
    assert sent.reference in answer.content.decode()


def test_a_text_begun_without_an_account_waits_filled_behind_the_sign_in(client):
    somebody = an_official()
    somebody.set_password("crossing-the-atlantic")
    somebody.save()
    answer = client.post(START, typed(go="send"), follow=True)
    (begun,) = Submission.objects.filter(author=None)
    login, _status = answer.redirect_chain[-1]
    assert login.startswith("/en/accounts/login/?next=")
    credentials = {"login": somebody.email, "password": "crossing-the-atlantic"}
    back = client.post(login, credentials, follow=True)
    assert back.redirect_chain[-1][0] == page_of(begun)
    assert begun.title in back.content.decode()
    begun.refresh_from_db()
    assert begun.author == somebody


def test_a_draft_begun_without_an_account_is_offered_again_on_the_first_page(client):
    client.post(START, typed(go="save"))
    (begun,) = Submission.objects.filter(author=None)
    assert page_of(begun) in client.get(START).content.decode()
    assert page_of(begun) not in Client().get(START).content.decode()


def test_a_draft_that_lacks_nothing_says_that_it_is_not_sent_yet(client, official):
    text = client.get(page_of(draft(official))).content.decode()
    assert "It is ready, but not sent yet." in text
    unfinished = draft(official, {**answers_like(), "approach": ""})
    assert "not sent yet" not in client.get(page_of(unfinished)).content.decode()


def test_what_curators_ask_stands_beside_the_field_until_it_is_answered(client, official):
    curator = a_curator()
    taken = taken_submission(curator, official)
    review.write_note(taken, "How many schools?", by=curator, question="approach")
    asked = review.request_changes(taken, "One more figure, please.", by=curator)
    text = client.get(page_of(asked)).content.decode()
    assert re.search(r'for="id_approach".*How many schools\?.*name="approach"', text, re.DOTALL)
    assert text.count("How many schools?") == 1
    assert re.search(r'name="approach"[^>]*aria-describedby="[^"]*id_approach_asked"', text)
    assert text.index("One more figure, please.") < text.index('id="draft"')
    again = review.take(workflow.send(asked, by=official), by=curator)
    review.request_changes(again, "And the year?", by=curator)
    text = client.get(page_of(asked)).content.decode()
    assert "And the year?" in text
    assert "How many schools?" not in text


def test_notes_for_curators_alone_are_not_in_the_form(client, official):
    curator = a_curator()
    taken = taken_submission(curator, official)
    review.write_note(taken, "I doubt it.", by=curator, question="approach", is_private=True)
    asked = review.request_changes(taken, "One more figure, please.", by=curator)
    assert "I doubt it." not in client.get(page_of(asked)).content.decode()


def test_who_goes_to_add_a_file_finds_the_form_as_it_was(client, official):
    begun = draft(official)
    answer = client.post(
        page_of(begun, "place"), {"sources": "A report", "version": 1, "go": "file"}
    )
    assert answer.headers["Location"] == reverse("submissions:add-file", args=[begun.pk])
    begun.refresh_from_db()
    assert begun.answers["sources"] == "A report"


def test_the_dates_of_the_arabic_hint_are_read_as_they_are_shown(client):
    hint = re.search(r'id="id_starts_helptext">([^<]+)', client.get("/ar/practices/submit/").text)[
        1
    ]
    examples = re.findall(r"\d[^\sأ]*\d", hint)
    assert [str(PartialDate.parse(example)) for example in examples] == [
        "2021", "2021-03", "2021-03-15",
    ]  # fmt: skip
    # Between Arabic words a hyphen turns year and day round; a slash keeps their order.
    assert "-" not in hint


def test_nobody_else_may_see_a_draft_begun_without_an_account(client):
    client.post(START, typed(go="save"))
    (begun,) = Submission.objects.filter(author=None)
    assert Client().get(page_of(begun)).status_code == 302
    other = Client()
    other.force_login(a_curator())
    assert other.get(page_of(begun)).status_code == 404


def test_missing_answers_are_named_at_the_top_and_beside_the_field_and_nothing_is_lost(
    client, official
):
    answer = client.post(START, typed(starts="next spring", approach="", go="send"))
    text = answer.content.decode()
    assert "<title>Error: Share a practice" in text
    assert re.search(r'class="error-summary".*?href="#id_starts"', text, re.DOTALL)
    assert re.search(r'class="error-summary".*?href="#id_approach"', text, re.DOTALL)
    assert re.search(r'name="starts" value="next spring"[^>]*aria-invalid="true"', text)
    assert Submission.objects.get(author=official).state == SubmissionState.DRAFT


@pytest.mark.parametrize("button", ["save", "description"])
def test_an_answer_that_cannot_be_read_is_said_at_once_and_kept(client, official, button):
    begun = draft(official, {"title": "Mentors"})
    text = client.post(page_of(begun), {"starts": "soon", "version": 1, "go": button}).text
    assert 'aria-invalid="true"' in text
    assert "It is saved as you typed it" in text
    assert "This answer is needed." not in text
    begun.refresh_from_db()
    assert begun.answers["starts"] == "soon"


def test_an_empty_form_is_not_kept(client):
    answer = client.post(START, {"go": "save", "nonce": uuid.uuid4()})
    assert answer.content.decode().count("This answer is needed.") == 12
    assert not Submission.objects.filter(author=None).exists()


def test_fields_that_nobody_asked_for_are_ignored(client, official):
    begun = draft(official)
    extra = {
        "state": "accepted", "author": a_curator().pk, "city_id": City.objects.first().pk,
        "practice": 1, "reviewer": official.pk, "checklist": '["names"]', "reference": "AAAA-AAAA",
        "main_theme": "youth", "is_staff": "on", "version": 1, "go": "save",
    }  # fmt: skip
    client.post(page_of(begun), {**begun.answers, **extra})
    after = Submission.objects.get(pk=begun.pk)
    assert (after.state, after.author, after.practice, after.reference, after.answers) == (
        "draft", official, None, begun.reference, begun.answers,
    )  # fmt: skip


def test_a_text_too_long_to_be_kept_comes_back_with_its_message(client, official):
    begun = draft(official)
    long = "ا" * (2 * LONGEST_TEXT + 1)
    answer = client.post(page_of(begun), {"problem": long, "version": 1, "go": "save"})
    text = answer.content.decode()
    assert "there is room for 20,000" in text
    assert long in text
    assert Submission.objects.get(pk=begun.pk).version == 1


def test_the_later_of_two_windows_sees_both_texts(client, official):
    begun = draft(official)
    workflow.save_answers(begun, {"problem": "Said first."}, by=official, version=1)
    answer = client.post(page_of(begun), {"problem": "Said later.", "version": 1, "go": "save"})
    text = answer.content.decode()
    assert "Said first." in text
    assert re.search(r'<textarea name="problem"[^>]*>\s*Said later\.</textarea>', text)
    assert Submission.objects.get(pk=begun.pk).answers["problem"] == "Said first."
    version = re.search(r'name="version" value="(\d+)"', text)[1]
    client.post(page_of(begun), {"problem": "Said later.", "version": version, "go": "save"})
    assert Submission.objects.get(pk=begun.pk).answers["problem"] == "Said later."


def test_both_languages_are_written_side_by_side_by_who_wants_to(client, official):
    begun = draft(official)
    client.post(page_of(begun), {"version": 1, "go": "bilingual"})
    text = client.get(page_of(begun)).content.decode()
    assert 'name="title_ar"' in text
    client.post(page_of(begun), {"title_ar": "منسق في كل مدرسة", "version": 1, "go": "save"})
    after = Submission.objects.get(pk=begun.pk)
    assert (after.answers["title_ar"], after.original_language) == ("منسق في كل مدرسة", "en")


def test_boxes_that_were_all_emptied_are_emptied(client, official):
    begun = draft(official, answers_like(whole=True))
    assert begun.answers["themes"]
    client.post(page_of(begun, "place"), {"asked": "themes", "version": 1, "go": "save"})
    assert "themes" not in Submission.objects.get(pk=begun.pk).answers


@pytest.mark.parametrize("step", ["snapshot", "description", "evidence", "place"])
@pytest.mark.parametrize("language", ["en", "ar"])
def test_every_step_opens_in_both_languages(client, official, step, language):
    begun = draft(official, answers_like(whole=True))
    with translation.override(language):
        assert client.get(page_of(begun, step)).status_code == 200


def test_a_step_that_there_is_not_answers_404(client, official):
    assert client.get(f"/en/submissions/{draft(official).pk}/write/nowhere/").status_code == 404


def test_texts_of_others_answer_404_to_everybody_else(client):
    texts = [draft(), sent_submission()]
    strangers = [an_official(), person(), person(roles=["translator"])]
    for stranger in strangers:
        client.force_login(stranger)
        for text in texts:
            for name in ("submission", "preview", "add-file", "invite"):
                address = reverse(f"submissions:{name}", args=[text.pk])
                assert client.get(address).status_code == 404
            for name in ("send", "withdraw", "reopen", "autosave"):
                address = reverse(f"submissions:{name}", args=[text.pk])
                assert client.post(address).status_code == 404


def test_what_was_sent_is_written_no_more(client, official):
    sent = sent_submission(official)
    assert client.get(page_of(sent)).headers["Location"] == sent.get_absolute_url()
    client.post(page_of(sent), {"title": "Changed", "version": sent.version, "go": "save"})
    assert Submission.objects.get(pk=sent.pk).answers == sent.answers


def test_what_is_changed_with_back_after_sending_is_a_new_draft(client, official):
    data = typed(go="send")
    client.post(START, data)
    answer = client.post(START, data | {"title": "A second thought"}, follow=True)
    assert "A second thought" in answer.content.decode()
    states = Submission.objects.filter(author=official).values_list("state", flat=True)
    assert sorted(states) == ["draft", "submitted"]
