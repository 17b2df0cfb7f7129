"""The page on which a text is reviewed, and its buttons."""

import pytest
from django.test import Client
from django.urls import reverse

from exchanges.choices import MembershipState
from practices import review, workflow
from practices.choices import Check, SubmissionState
from practices.models import Practice
from tests.admin.reviewing import (
    ALL_CHECKS,
    QUEUE,
    accept,
    again,
    faults,
    page_of,
    press,
    statements,
)
from tests.admin.test_pages import english_words
from tests.practices.submitting import (
    SALTO,
    a_curator,
    an_official,
    answers_like,
    draft,
    person,
    proposed_change,
    sent_submission,
    speak_for,
    taken_submission,
    with_files,
)


@pytest.mark.parametrize("language", ["en", "ar"])
def test_the_page_shows_the_text_its_form_and_all_that_goes_with_it(curator, language):
    author = an_official()
    begun = with_files(draft(author, answers_like(whole=True)))
    sent = review.take(workflow.send(begun, by=author), by=curator.person)
    review.write_note(sent, "Which year?", by=curator.person, question="approach")
    response = curator.get(page_of(sent, language=language))
    page = response.text
    for text in (
        sent.reference, "Astrid Lind", "Which year?", "Plan of the first year",
        sent.answers["problem"][:50], 'name="approach"', 'value="accept"',
    ):  # fmt: skip
        assert text in page
    if language == "ar":
        words = english_words(response)
        # What people typed; an option and an alternative text hold no mark of their language.
        people = ("Astrid Lind", "Ragnhild Moe")
        files = [file.title for file in sent.files.all()]
        typed = (*sent.answers.values(), *people, *files, "Which year?")
        known = " ".join(str(value) for value in typed)
        assert [w for w in words if w not in known and "SaLTo" not in w] == []


def test_the_page_asks_the_database_no_more_than_forty_times(curator):
    begun = with_files(draft(an_official(), answers_like(whole=True)))
    sent = workflow.send(begun, by=begun.author)
    for number in range(5):
        review.write_note(sent, f"Note {number}", by=curator.person)
    assert statements(curator, page_of(sent)) <= 40
    assert statements(curator, page_of(proposed_change(title="SaLTo in schools"))) <= 40


def test_a_new_version_shows_what_differs_from_what_is_published(curator):
    proposed = proposed_change(
        approach="Each school has a coordinator as well.", cost_band="low", themes=["youth"]
    )
    response = curator.get(page_of(proposed))
    labels = [d.label for d in response.context["live_differences"]]
    assert labels == ["The approach", "Cost", "Themes"]
    assert 'name="city"' not in response.text
    assert "Low: under" in response.text
    shown = " ".join(p.text for d in response.context["live_differences"] for p in d.pieces)
    assert "early-intervention" not in shown


def test_who_sent_it_leads_to_the_membership_that_waits(curator):
    author = person()
    speak_for(author, "oslo", state=MembershipState.ASKED)
    sent = sent_submission(author)
    page = curator.get(page_of(sent)).text
    membership = author.memberships.get()
    assert reverse("exchanges:city-person", args=["oslo", membership.pk]) in page
    assert "Confirm or refuse" in page


def test_no_address_of_an_author_stands_on_the_page(curator):
    sent = sent_submission()
    assert sent.author.email not in curator.get(page_of(sent)).text


# The buttons


def test_saving_keeps_text_judgement_and_checklist(curator):
    taken = taken_submission(curator.person)
    response = press(
        curator, taken, "save", title="Better title", evidence="limited",
        checks=[Check.NAMES, Check.RIGHTS], review_by="٢٠٢٩-٠٣-٣١",
    )  # fmt: skip
    assert response.status_code == 302
    saved = again(taken)
    assert saved.answers["title"] == "Better title"
    assert saved.curation["evidence"] == "limited"
    assert saved.curation["review_by"] == "2029-03-31"
    assert saved.checklist == [Check.NAMES, Check.RIGHTS]
    assert saved.sent_answers == taken.answers
    page = curator.get(page_of(taken))
    assert "What curators changed since it was sent" in page.text
    assert page.context["practice"].evidence == "limited"


def test_a_save_without_a_change_changes_nothing(curator):
    taken = taken_submission(curator.person, answers=answers_like(whole=True))
    taken.answers["target_groups"] = taken.answers["target_groups"][::-1]
    taken.save()
    press(curator, taken, "save")
    assert again(taken).version == taken.version


def test_boxes_that_were_all_emptied_are_empty(curator):
    taken = taken_submission(curator.person, answers=answers_like(whole=True))
    assert taken.answers["themes"]
    press(curator, taken, "save", themes=[])
    assert "themes" not in again(taken).answers


def test_taking_noting_and_handing_over(curator):
    sent, colleague = sent_submission(), a_curator("Karim Haddad")
    assert press(curator, sent, "take").status_code == 302
    assert again(sent).reviewer == curator.person
    press(curator, sent, "note", note_text="Which year?", note_question="starts")
    press(curator, sent, "note", note_text="Ask Oslo", note_is_private="on")
    assert list(sent.notes.values_list("text", "question", "is_private")) == [
        ("Which year?", "starts", False), ("Ask Oslo", "", True)
    ]  # fmt: skip
    press(curator, sent, "hand-over", hand_over_to=str(colleague.pk))
    assert again(sent).reviewer == colleague


@pytest.mark.parametrize(
    ("button", "box", "state"),
    [
        ("request-changes", "changes_text", SubmissionState.CHANGES_REQUESTED),
        ("decline", "decline_text", SubmissionState.DECLINED),
    ],
)
def test_a_decision_needs_its_words_and_leads_back_to_the_queue(curator, button, box, state):
    taken = taken_submission(curator.person)
    empty = press(curator, taken, button)
    assert list(faults(empty)) == [f"id_{box}"]
    assert again(taken).state == SubmissionState.IN_REVIEW
    done = press(curator, taken, button, **{box: "It is an event."})
    assert (done.status_code, done["Location"]) == (302, QUEUE)
    assert again(taken).state == state


def test_a_decision_leads_back_to_the_queue_as_it_was_filtered(curator):
    taken = taken_submission(curator.person)
    query = {"_changelist_filters": "work=mine&state=in-review"}
    opened = curator.get(page_of(taken), query)
    saved = press(curator, taken, "save", on=opened, title="Better title", **query)
    assert curator.get(saved["Location"]).context["queue_filters"] == query["_changelist_filters"]
    done = press(curator, taken, "decline", decline_text="It is an event.", **query)
    assert done["Location"] == f"{QUEUE}?work=mine&state=in-review"


def test_accepting_publishes(curator):
    taken = taken_submission(curator.person)
    done = accept(curator, taken, accept_text="Thank you")
    assert (done.status_code, done["Location"]) == (302, QUEUE)
    practice = again(taken).practice
    assert practice.get_absolute_url() in curator.get(QUEUE).text
    assert Client().get(practice.get_absolute_url()).status_code == 200


def test_a_text_that_was_changed_with_the_same_press_is_shown_before_it_is_published(curator):
    taken = taken_submission(curator.person)
    shown = accept(curator, taken, title="Better title", accept_text="Thank you")
    assert shown.status_code == 200
    assert "not published yet" in shown.text
    assert shown.context["desk"]["accept_text"].value() == "Thank you"
    assert (again(taken).answers["title"], again(taken).state) == (
        "Better title", SubmissionState.IN_REVIEW
    )  # fmt: skip
    press(curator, taken, "accept", on=shown)
    assert again(taken).practice.title_en == "Better title"


def test_accepting_needs_the_checklist_or_a_word(curator):
    taken = taken_submission(curator.person)
    refused = accept(curator, taken, checks=[Check.NAMES])
    assert list(faults(refused)) == ["id_checks"]
    assert again(taken).state == SubmissionState.IN_REVIEW
    assert accept(curator, taken, checks=[Check.NAMES], accept_anyway="on").status_code == 302
    assert again(taken).checklist == [Check.NAMES]


def test_accepting_without_theme_and_evidence_names_both(curator):
    taken = taken_submission(curator.person)
    refused = press(curator, taken, "accept", checks=ALL_CHECKS)
    assert list(faults(refused)) == ["id_main_theme", "id_evidence"]


def test_a_text_of_somebody_unconfirmed_is_refused_with_nothing_lost(curator):
    taken = taken_submission(curator.person, person())
    refused = accept(curator, taken, accept_text="Welcome to the exchange")
    assert refused.status_code == 200
    assert "Nobody who wrote it is confirmed" in refused.text
    assert "Welcome to the exchange" in refused.text
    assert again(taken).state == SubmissionState.IN_REVIEW


def test_merging_into_a_practice(curator):
    taken = taken_submission(curator.person)
    practice = Practice.objects.get(slug=SALTO)
    assert list(faults(press(curator, taken, "merge"))) == ["id_merge_into"]
    press(curator, taken, "merge", merge_into=str(practice.pk), merge_text="The same")
    assert (again(taken).state, again(taken).practice) == (SubmissionState.MERGED, practice)


def test_what_stands_in_another_box_is_not_lost(curator):
    taken = taken_submission(curator.person)
    kept = press(curator, taken, "save", title="Better", note_text="Half a note")
    assert "Half a note" in kept.text
    assert again(taken).answers["title"] == "Better"
    refused = press(curator, taken, "decline", decline_text="No", note_text="Half a note")
    assert list(faults(refused)) == ["id_note_text"]
    assert "Half a note" in refused.text
    assert again(taken).state == SubmissionState.IN_REVIEW


def test_faults_stand_beside_their_fields_and_the_text_stays(curator):
    taken = taken_submission(curator.person)
    refused = press(curator, taken, "save", starts="next spring", review_by="soon", title="New")
    assert set(faults(refused)) == {"id_starts", "id_review_by"}
    for text in ("next spring", 'value="soon"', "New</textarea>", 'href="#id_starts"'):
        assert text in refused.text
    assert "<title>Error:" in " ".join(refused.text.split())
    assert again(taken).version == taken.version


def test_the_other_language_is_added_side_by_side(curator):
    taken = taken_submission(curator.person)
    assert 'name="title_ar"' not in curator.get(page_of(taken)).text
    response = press(curator, taken, "both")
    opened = curator.get(response["Location"])
    assert 'name="title_ar"' in opened.text
    press(curator, taken, "save", on=opened, title_ar="منسق في كل مدرسة")
    assert again(taken).answers["title_ar"] == "منسق في كل مدرسة"
    assert 'name="title_ar"' in curator.get(page_of(taken)).text


def test_the_date_of_the_example_is_not_turned_round_in_arabic(curator):
    page = curator.get(page_of(taken_submission(curator.person), language="ar")).text
    assert "مثال: \u20662027-03-31\u2069." in page
