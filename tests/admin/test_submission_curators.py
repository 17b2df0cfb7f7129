"""Two curators on one text, and whatever is typed into its page."""

import pytest

from practices import review
from practices.choices import SubmissionState
from practices.models import Practice
from tests.admin.conftest import desk
from tests.admin.reviewing import (
    ALL_CHECKS,
    QUEUE,
    accept,
    again,
    faults,
    page_of,
    press,
)
from tests.practices.submitting import (
    SALTO,
    answers_like,
    proposed_change,
    taken_submission,
)


def test_the_later_of_two_curators_sees_both_and_loses_nothing(curator, administrator):
    taken = taken_submission(curator.person)
    mine, theirs = curator.get(page_of(taken)), administrator.get(page_of(taken))
    press(administrator, taken, "save", on=theirs, title="Theirs", problem="Their problem")
    shown = press(
        curator, taken, "save", on=mine, title="Mine", approach="My approach", note_text="A note"
    )
    assert shown.status_code == 200
    page = shown.context["page"]
    # Both changed the title, they alone the problem, I alone the approach.
    assert (page.text["title"].value(), page.theirs["title"]) == ("Mine", "Theirs")
    assert page.text["problem"].value() == "Their problem"
    assert page.adopted == ["problem"]
    assert page.text["approach"].value() == "My approach"
    for text in ("Theirs", "A note", "Paul Weber"):
        assert text in shown.text
    assert again(taken).answers["title"] == "Theirs"
    press(curator, taken, "save", on=shown)
    saved = again(taken).answers
    assert (saved["title"], saved["problem"], saved["approach"]) == (
        "Mine", "Their problem", "My approach"
    )  # fmt: skip


@pytest.mark.parametrize(
    ("button", "words"),
    [
        ("accept", {"accept_text": "Thanks"}),
        ("decline", {"decline_text": "An event"}),
        ("request-changes", {"changes_text": "Since when?"}),
    ],
)
def test_nobody_decides_on_a_text_that_changed_meanwhile(curator, administrator, button, words):
    taken = taken_submission(curator.person)
    mine = curator.get(page_of(taken))
    press(administrator, taken, "save", title="Theirs")
    decide = accept if button == "accept" else lambda *a, **k: press(*a, button, **k)
    shown = decide(curator, taken, on=mine, **words)
    assert shown.status_code == 200
    assert shown.context["is_outdated"]
    assert next(iter(words.values())) in shown.text
    assert again(taken).state == SubmissionState.IN_REVIEW


def test_what_was_typed_stays_when_a_colleague_has_decided(curator, administrator):
    taken = taken_submission(curator.person)
    mine = curator.get(page_of(taken))
    press(administrator, taken, "decline", decline_text="An event")
    refused = press(curator, taken, "save", on=mine, problem="A long new text of mine")
    assert refused.status_code == 200
    assert "somebody has moved it on" in refused.text
    assert "kept here for you to copy" in refused.text
    assert "A long new text of mine" in refused.text
    assert again(taken).state == SubmissionState.DECLINED


def test_a_proposal_is_looked_at_again_where_the_practice_changed(curator):
    proposed = review.take(proposed_change(title="SaLTo in schools"), by=curator.person)
    mine = curator.get(page_of(proposed))
    practice = Practice.objects.get(slug=SALTO)
    practice.summary_en = "Changed at the desk."
    practice.save()
    shown = press(curator, proposed, "accept", on=mine, checks=ALL_CHECKS)
    assert "changed since you opened this page" in shown.text
    assert "Changed at the desk." in shown.text
    press(curator, proposed, "accept", on=shown)
    practice.refresh_from_db()
    assert practice.title_en == "SaLTo in schools"


# Hostile input


def test_extra_fields_are_ignored(curator):
    taken = taken_submission(curator.person)
    press(
        curator, taken, "save", state="accepted", author="1", practice="1", due_on="2099-01-01",
        title_en="Another", sent_answers="{}", reviewer="1", slug="x",
    )  # fmt: skip
    saved = again(taken)
    assert (saved.state, saved.author, saved.due_on) == (taken.state, taken.author, taken.due_on)
    assert saved.answers == taken.answers


@pytest.mark.parametrize(
    "bad",
    [
        {"city": "0"}, {"city": "x"}, {"city": "9" * 40}, {"main_theme": "-1"},
        {"main_theme": "x"}, {"evidence": "certain"}, {"checks": ["nonsense"]},
        {"review_by": "31.02.2027"}, {"review_by": "2001-01-01"}, {"themes": ["nonsense"]},
        {"cost_band": "free"}, {"evaluation_url": "javascript:alert(1)"}, {"starts": "0000"},
        {"note_question": "nonsense"}, {"title": "x" * 91}, {"problem": "x" * 20_001},
        {"problem": "x" * 50_000}, {"hand_over_to": "x"}, {"merge_into": "9" * 40},
        {"ends": "1999"},
    ],
)  # fmt: skip
def test_what_cannot_be_right_is_refused(curator, bad):
    taken = taken_submission(curator.person)
    response = press(curator, taken, "save", **bad)
    assert response.status_code == 200
    (name,) = bad
    assert f"id_{name}" in faults(response)
    assert again(taken).version == taken.version


@pytest.mark.parametrize(
    "odd",
    [
        {"version": "x"}, {"version": ""}, {"version": "9" * 30}, {"marks": "[1"},
        {"marks": "[]"}, {"marks": ""}, {"live_version": "-"},
    ],
)  # fmt: skip
def test_what_the_page_notes_for_itself_cannot_break_it(curator, odd):
    taken = taken_submission(curator.person)
    response = press(curator, taken, "save", title="Mine", **odd)
    assert response.status_code in (200, 302)
    assert again(taken).answers["title"] in ("Mine", taken.answers["title"])
    assert "Mine" in (response.text + again(taken).answers["title"])


def test_a_button_that_there_is_not_saves(curator):
    taken = taken_submission(curator.person)
    press(curator, taken, "publish", title="Better")
    assert again(taken).answers["title"] == "Better"
    assert again(taken).state == SubmissionState.IN_REVIEW
    assert curator.post(page_of(taken), {}).status_code in (200, 302)
    assert again(taken).answers["title"] == "Better"


def test_ten_megabytes_are_refused(curator):
    taken = taken_submission(curator.person)
    response = curator.post(page_of(taken), {"problem": "x" * 10_000_000, "button": "save"})
    assert 400 <= response.status_code < 500
    assert again(taken).version == taken.version


def test_markup_stays_text(curator):
    hostile = '<script>alert("x")</script>'
    taken = taken_submission(curator.person, answers=answers_like() | {"problem": hostile})
    press(curator, taken, "note", note_text=hostile, note_question="problem")
    for address in (QUEUE, page_of(taken), desk("practices.submission", "page", pk=taken.pk)):
        assert hostile not in curator.get(address).text
