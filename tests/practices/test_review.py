"""What curators do with what cities send in, and what its authors hear of it."""

import re

import pytest
from django.contrib.admin.models import LogEntry

from exchanges import membership
from exchanges.choices import MembershipState
from exchanges.models import City
from portal.common.refusals import Refused
from portal.notices.models import Notice
from practices import review, workflow
from practices.choices import Check, SubmissionState
from practices.curation import Curation, curation_of
from practices.models import CoAuthor, ReviewNote, Submission
from practices.permissions import reviewers
from practices.workflow import Outdated
from tests.practices.submitting import (
    a_curator,
    an_official,
    answers_like,
    draft,
    person,
    sent_submission,
    taken_submission,
    with_files,
)


def told(somebody, kind: str) -> list[Notice]:
    return list(Notice.objects.filter(person=somebody, kind=f"submission_{kind}"))


def mail_of(notice: Notice) -> str:
    # What is written from the other side stands between marks that nobody sees.
    return re.sub("[\u2068\u2069]", "", notice.mail.message)


def again(submission: Submission) -> Submission:
    return Submission.objects.get(pk=submission.pk)


def test_taking_a_text_says_who_has_it_and_tells_the_authors_once(curator):
    sent = sent_submission()
    taken = review.take(sent, by=curator)
    assert (taken.state, taken.reviewer) == (SubmissionState.IN_REVIEW, curator)
    assert len(told(sent.author, "taken")) == 1
    with pytest.raises(Refused, match="somebody has moved it on"):
        review.take(sent, by=a_curator("Another curator"))
    assert len(told(sent.author, "taken")) == 1


def test_only_curators_review(curator):
    sent = sent_submission()
    for stranger in (person(), sent.author, person(roles=["translator"])):
        for act in (
            lambda by: review.take(sent, by=by),
            lambda by: review.edit(sent, {"title": "x"}, by=by, version=sent.version),
            lambda by: review.write_note(sent, "x", by=by),
            lambda by: review.decline(sent, "x", by=by),
            lambda by: review.hand_over(sent, curator, by=by),
        ):
            with pytest.raises(Refused) as refused:
                act(stranger)
            assert refused.value.code == "permission"
    assert again(sent).version == sent.version


def test_a_text_is_handed_over_to_curators_only_and_they_are_told(curator):
    taken, colleague = taken_submission(curator), a_curator("Karim Haddad")
    with pytest.raises(Refused) as refused:
        review.hand_over(taken, person(), by=curator)
    assert refused.value.code == "curator"
    assert review.hand_over(taken, colleague, by=curator).reviewer == colleague
    (notice,) = told(colleague, "handed_over")
    assert f"/admin/practices/submission/{taken.pk}/change/" in notice.mail.message


def test_those_who_may_review_are_curators_and_administrators(curator):
    administrator = person("Paul Weber")
    administrator.is_superuser = True
    administrator.save()
    gone = a_curator("Gone")
    gone.is_active = False
    gone.save()
    translator = person(roles=["translator"])
    assert {curator, administrator} <= set(reviewers())
    assert not {gone, translator} & set(reviewers())


def test_what_a_curator_changes_leaves_what_was_sent(curator):
    taken = taken_submission(curator)
    edited = review.edit(taken, {"title": "Better title"}, by=curator, version=taken.version)
    assert edited.answers["title"] == "Better title"
    assert edited.sent_answers["title"] == taken.answers["title"]
    assert edited.answers["problem"] == taken.answers["problem"]


def test_two_curators_overwrite_nothing(curator):
    taken = taken_submission(curator)
    review.edit(taken, {"title": "First"}, by=curator, version=taken.version)
    with pytest.raises(Outdated) as outdated:
        review.edit(taken, {"title": "Second"}, by=a_curator(), version=taken.version)
    assert outdated.value.newest.answers["title"] == "First"
    same = review.edit(taken, {"title": "First"}, by=a_curator(), version=taken.version)
    assert same.answers["title"] == "First"


def test_notes_and_ticks_leave_the_version_alone(curator):
    taken = taken_submission(curator)
    review.write_note(taken, "Which year?", by=curator, question="approach")
    review.tick(taken, [Check.NAMES, "nonsense"], by=curator)
    kept = again(taken)
    assert (kept.version, kept.checklist) == (taken.version, [Check.NAMES])
    assert review.edit(taken, {"title": "T"}, by=curator, version=taken.version)


def test_a_city_that_a_curator_chose_is_still_known_when_the_author_saves(curator):
    author = person()
    sent = sent_submission(author, answers_like() | {"city": "Halden kommune"})
    assert sent.city is None
    aarhus = City.objects.get(slug="aarhus")
    edited = review.edit(sent, {}, by=curator, version=sent.version, city=aarhus)
    assert (edited.city, edited.answers["city"]) == (aarhus, "Aarhus, Denmark")
    asked = review.request_changes(edited, "Since when?", by=curator)
    saved = workflow.save_answers(asked, {"starts": "2020"}, by=author, version=asked.version)
    assert saved.city == aarhus


def test_choosing_a_city_asks_for_an_author_who_does_not_speak_for_it(curator):
    stranger, spoke = person(), an_official("aarhus", "Lone Holm")
    membership.end(spoke.memberships.get(), by=curator, reason="Left the city")
    aarhus = City.objects.get(slug="aarhus")
    for author in (stranger, an_official("aarhus"), spoke):
        sent = sent_submission(author, answers_like() | {"city": "Halden kommune"})
        for _twice in range(2):
            edited = review.edit(again(sent), {}, by=curator, version=sent.version, city=aarhus)
        assert edited.city == aarhus
    assert [row.state for row in stranger.memberships.all()] == [MembershipState.ASKED]
    assert [row.state for row in spoke.memberships.all()] == [MembershipState.ENDED]
    assert aarhus.memberships.waiting().count() == 1


def test_what_a_curator_will_add_is_kept(curator):
    taken = taken_submission(curator, answers=answers_like(whole=True))
    first = curation_of(taken)
    assert first.main_theme.slug == taken.answers["themes"][0]
    assert first.evidence is None
    judged = Curation(first.main_theme, "limited")
    review.edit(taken, {}, by=curator, version=taken.version, curation=judged)
    assert curation_of(again(taken)).evidence == "limited"


def test_a_note_on_an_answer_reaches_every_author_and_counts_as_first_answer(curator):
    sent = sent_submission()
    colleague = person("Ingrid Dahl")
    CoAuthor.objects.create(submission=sent, person=colleague)
    note = review.write_note(sent, "Which year did it begin?", by=curator, question="starts")
    assert note.question == "starts"
    for author in (sent.author, colleague):
        (notice,) = told(author, "note")
        assert "about the answer “start” of" in notice.mail.message
        assert "Which year did it begin?" in notice.mail.message
    noted = again(sent)
    assert noted.answered_at is not None
    assert noted.due_on > sent.due_on
    review.write_note(sent, "And where?", by=curator)
    assert len(told(sent.author, "note")) == 2


def test_a_private_note_reaches_nobody(curator, client):
    sent = sent_submission()
    review.write_note(sent, "Ask the ministry first", by=curator, is_private=True)
    assert again(sent).answered_at is None
    assert told(sent.author, "note") == []
    client.force_login(sent.author)
    for address in (sent.get_absolute_url(), "/en/submissions/"):
        assert "Ask the ministry" not in client.get(address).text
    assert not Notice.objects.filter(context__icontains="Ask the ministry").exists()
    assert not LogEntry.objects.filter(change_message__contains="Ask the ministry").exists()


def test_notes_are_written_once(curator):
    note = review.write_note(sent_submission(), "Which year?", by=curator)
    note.text = "Another"
    with pytest.raises(TypeError):
        note.save()


@pytest.mark.parametrize(
    ("decide", "kind", "state"),
    [
        (review.request_changes, "changes_requested", SubmissionState.CHANGES_REQUESTED),
        (review.decline, "declined", SubmissionState.DECLINED),
    ],
)
def test_a_decision_tells_each_author_once_in_the_own_language(curator, decide, kind, state):
    author = an_official("oslo", "ليلى حداد", language="ar")
    sent = sent_submission(author, language="ar")
    colleague = person("Ingrid Dahl")
    CoAuthor.objects.create(submission=sent, person=colleague)
    decided = decide(sent, "The city of Bergen does the same.", by=curator)
    assert decided.state == state
    (arabic,), (english,) = told(author, kind), told(colleague, kind)
    assert (arabic.language, english.language) == ("ar", "en")
    for notice in (arabic, english):
        assert "The city of Bergen does the same." in mail_of(notice)
    assert "/ar/submissions/" in arabic.mail.message
    assert re.search("[\u0600-\u06ff]", arabic.mail.subject)
    with pytest.raises(Refused):
        decide(sent, "Twice", by=curator)
    assert len(told(author, kind)) == 1


def test_the_author_reads_why_a_text_was_declined(curator, client):
    sent = sent_submission()
    review.decline(sent, "It is an event, not a practice.", by=curator)
    client.force_login(sent.author)
    assert "It is an event, not a practice." in client.get(sent.get_absolute_url()).text


def test_the_author_sees_what_a_curator_changed(curator, client):
    taken = taken_submission(curator)
    review.edit(taken, {"title": "A coordinator a school"}, by=curator, version=taken.version)
    client.force_login(taken.author)
    page = client.get(taken.get_absolute_url()).text
    assert "What a curator changed in your text" in page


def test_what_was_sent_again_goes_back_to_its_curator(curator):
    taken = taken_submission(curator)
    asked = review.request_changes(taken, "Since when?", by=curator)
    assert asked.due_on is None
    saved = workflow.save_answers(asked, {"starts": "2019"}, by=taken.author, version=asked.version)
    sent = workflow.send(saved, by=taken.author)
    assert sent.reviewer == curator
    assert len(told(curator, "sent_again")) == 1


def test_what_is_a_draft_again_is_not_the_curators(curator):
    sent = sent_submission()
    assert sent in Submission.objects.at_desk()
    reopened = workflow.reopen(workflow.withdraw(sent, by=sent.author), by=sent.author)
    assert reopened not in Submission.objects.at_desk()
    with pytest.raises(Refused):
        review.write_note(reopened, "Hello", by=curator)
    assert not ReviewNote.objects.filter(submission=reopened).exists()


def test_curators_have_the_files_of_what_is_with_them_only(curator):
    begun = with_files(draft())
    file = begun.files.first()
    assert not file.may_be_read_by(curator)
    sent = workflow.send(begun, by=begun.author)
    assert sent.files.first().may_be_read_by(curator)
    asked = review.request_changes(sent, "Another photograph, please", by=curator)
    assert not asked.files.first().may_be_read_by(curator)
    assert asked.files.first().may_be_read_by(begun.author)
    assert not asked.files.first().may_be_read_by(person())


def test_every_act_is_in_the_journal_without_its_texts(curator):
    taken = taken_submission(curator)
    review.edit(taken, {"title": "Secret words"}, by=curator, version=taken.version)
    review.tick(taken, [Check.NAMES], by=curator)
    review.request_changes(taken, "Words to the author", by=curator)
    entries = LogEntry.objects.filter(object_id=str(taken.pk), user=curator)
    acts = " ".join(entries.values_list("change_message", flat=True))
    for act in ("take", "edit", "tick", "request-changes"):
        assert f"submission-{act}" in acts
    assert "words" not in acts.lower()


def test_a_membership_that_ended_no_longer_lets_the_author_write(curator):
    author = an_official()
    asked = review.request_changes(sent_submission(author), "Since when?", by=curator)
    membership.end(author.memberships.get(), by=curator)
    with pytest.raises(Refused):
        workflow.save_answers(asked, {"starts": "2019"}, by=author, version=asked.version)
