"""What authors do with a text: start, save, send, take back, throw away."""

import datetime
import uuid

import pytest
from django.utils import timezone
from post_office.models import Email

from exchanges.choices import MembershipState
from exchanges.membership import end
from exchanges.models import City, Membership
from portal.common.refusals import Refused
from portal.notices.models import Notice
from practices import review, workflow
from practices.choices import SubmissionState
from practices.models import Submission
from practices.permissions import is_confirmed, may_write
from practices.workflow import Incomplete, Outdated
from practices.working_days import decision_by, first_answer_by, working_days_after
from tests.practices.submitting import (
    a_curator,
    an_official,
    answers_like,
    draft,
    person,
    sent_submission,
    speak_for,
    with_files,
)

pytestmark = pytest.mark.django_db


def test_a_draft_begun_twice_with_one_nonce_is_one_draft():
    nonce, somebody = uuid.uuid4(), person()
    first = workflow.start(answers_like(), by=somebody, language="en", nonce=nonce)
    second = workflow.start({"title": "Other"}, by=somebody, language="en", nonce=nonce)
    assert (second.pk, second.title) == (first.pk, first.title)


def test_the_nonce_of_another_persons_draft_opens_nothing():
    begun = draft()
    with pytest.raises(Refused) as refused:
        workflow.start({}, by=person(), language="en", nonce=begun.nonce)
    assert refused.value.code == "nonce"


def test_a_draft_without_an_account_gets_its_author_once():
    begun = workflow.start(answers_like(), by=None, language="en", nonce=uuid.uuid4())
    first, second = person(), person()
    workflow.claim(begun, by=first)
    with pytest.raises(Refused):
        workflow.claim(begun, by=second)
    begun.refresh_from_db()
    assert begun.author == first


def test_drafts_that_nobody_claimed_are_removed_after_a_week(settings):
    old, new = (
        workflow.start(answers_like(), by=None, language="en", nonce=uuid.uuid4()) for _n in "ab"
    )
    mine = draft()
    week_ago = timezone.now() - datetime.timedelta(days=settings.UNCLAIMED_DRAFT_DAYS, hours=1)
    Submission.objects.filter(pk__in=[old.pk, mine.pk]).update(saved_at=week_ago)
    assert workflow.remove_unclaimed_drafts() == 1
    assert set(Submission.objects.values_list("pk", flat=True)) >= {new.pk, mine.pk}


def test_the_language_of_a_draft_is_that_of_its_letters():
    begun = draft(person(), answers_like(language="ar"), language="en")
    assert begun.original_language == "ar"


def test_the_city_is_known_by_its_name_in_any_language():
    names = ["Oslo", "أوسلو", "OSLO, Norway", "اوسلو، النرويج"]
    cities = {draft(person(), {"city": name}).city for name in names}
    assert cities == {City.objects.get(slug="oslo")}


def test_a_city_that_the_exchange_does_not_know_is_kept_as_typed():
    begun = draft(person(), answers_like() | {"city": "Nordre Follo"})
    assert (begun.city, begun.answers["city"]) == (None, "Nordre Follo")
    assert workflow.send(begun, by=begun.author).state == SubmissionState.SUBMITTED


def test_an_older_text_never_replaces_a_newer_one():
    begun = draft()
    newer = workflow.save_answers(begun, {"title": "Newer"}, by=begun.author, version=1)
    with pytest.raises(Outdated) as outdated:
        workflow.save_answers(begun, {"title": "Older"}, by=begun.author, version=1)
    assert outdated.value.newest == newer
    begun.refresh_from_db()
    assert begun.title == "Newer"


def test_saving_the_same_text_again_is_no_new_version():
    begun = draft()
    again = workflow.save_answers(begun, dict(begun.answers), by=begun.author, version=1)
    assert again.version == 1


def test_the_snapshot_is_enough_to_send():
    sent = sent_submission()
    assert (sent.state, sent.due_on) == (
        SubmissionState.SUBMITTED,
        first_answer_by(timezone.localdate()),
    )
    assert sent.sent_answers == sent.answers


@pytest.mark.parametrize("name", ["title", "city", "starts", "problem", "approach", "evaluation"])
def test_nothing_is_sent_without_one_of_the_six_answers(name):
    begun = draft(answers=answers_like() | {name: ""})
    with pytest.raises(Incomplete) as incomplete:
        workflow.send(begun, by=begun.author)
    assert list(incomplete.value.faults) == [name]


@pytest.mark.parametrize(
    ("name", "typed"),
    [
        ("title", "x" * 91),
        ("title", "!!!"),
        ("starts", "next spring"),
        ("starts", "1724"),
        ("starts", "2024-13"),
        ("ends", "1950"),
        ("evaluation_url", "javascript:alert(1)"),
        ("themes", ["no-such-theme"]),
        ("cost_band", "priceless"),
    ],
)
def test_what_is_wrong_is_named_by_its_answer_and_stays_as_typed(name, typed):
    begun = draft(answers=answers_like() | {name: typed})
    with pytest.raises(Incomplete) as incomplete:
        workflow.send(begun, by=begun.author)
    assert list(incomplete.value.faults) == [name]
    begun.refresh_from_db()
    assert begun.answers[name] == typed


def test_a_name_that_two_cities_have_asks_for_the_country():
    other = City.objects.get(slug="london-ontario")
    other.name_en = "London"
    other.save()
    begun = draft(answers=answers_like() | {"city": "London"})
    with pytest.raises(Incomplete) as incomplete:
        workflow.send(begun, by=begun.author)
    assert list(incomplete.value.faults) == ["city"]
    saved = workflow.save_answers(begun, {"city": "London, Canada"}, by=begun.author, version=1)
    assert saved.city == other


def test_a_date_may_be_typed_in_either_digits():
    sent = sent_submission(answers=answers_like() | {"starts": "٢٠٢١-٠٣"})
    assert sent.answers["starts"] == "٢٠٢١-٠٣"


def test_sending_twice_tells_the_author_once():
    begun = draft()
    for _time in range(3):
        workflow.send(begun, by=begun.author)
    assert Notice.objects.filter(person=begun.author, kind="submission_received").count() == 1
    assert Email.objects.filter(to=[begun.author.email]).count() == 1


def test_sending_asks_for_the_sender_to_speak_for_the_city():
    begun = draft(person())
    workflow.send(begun, by=begun.author)
    row = Membership.objects.get(person=begun.author)
    assert (row.city.slug, row.state) == ("oslo", MembershipState.ASKED)
    begun.refresh_from_db()
    assert not is_confirmed(begun)


def test_whoever_stopped_speaking_for_the_city_writes_no_more_in_its_name():
    sent = sent_submission(official := an_official())
    begun = draft(official)
    end(Membership.objects.get(person=official), by=a_curator())
    assert not may_write(official, sent)
    for act, text in ((workflow.send, begun), (workflow.withdraw, sent)):
        with pytest.raises(Refused):
            act(text, by=official)
    speak_for(official, "oslo", state=MembershipState.ASKED)
    assert not may_write(official, sent)
    assert workflow.send(begun, by=official).is_waiting


def test_who_names_a_city_that_they_have_left_can_still_name_another_or_delete_the_draft():
    official = an_official("malmo")
    speak_for(official, "oslo", state=MembershipState.ENDED)
    begun = draft(official)
    renamed = workflow.save_answers(begun, {"city": "Malmö"}, by=official, version=begun.version)
    assert workflow.send(renamed, by=official).city.slug == "malmo"
    workflow.discard(another := draft(official), by=official)
    assert not Submission.objects.filter(pk=another.pk).exists()


def test_what_was_sent_is_not_given_to_a_city_that_its_author_has_left():
    official = an_official("malmo")
    speak_for(official, "oslo", state=MembershipState.ENDED)
    sent = sent_submission(official, answers_like() | {"city": "Malmö"})
    asked = review.request_changes(sent, "Say more.", by=a_curator())
    with pytest.raises(Refused):
        workflow.save_answers(asked, {"city": "Oslo"}, by=official, version=asked.version)
    assert Submission.objects.get(pk=sent.pk).city.slug == "malmo"


def test_what_was_sent_can_be_taken_back_and_opened_again():
    sent = sent_submission()
    withdrawn = workflow.withdraw(sent, by=sent.author)
    assert (withdrawn.state, withdrawn.due_on) == (SubmissionState.WITHDRAWN, None)
    assert workflow.reopen(withdrawn, by=sent.author).state == SubmissionState.DRAFT


def test_a_draft_that_was_never_sent_can_be_thrown_away_with_its_files(
    django_capture_on_commit_callbacks,
):
    begun = with_files(draft())
    stored = [(row.file.storage, row.file.name) for row in begun.files.all()]
    with django_capture_on_commit_callbacks(execute=True):
        workflow.discard(begun, by=begun.author)
    assert not Submission.objects.filter(pk=begun.pk).exists()
    assert [name for storage, name in stored if storage.exists(name)] == []


def test_what_was_sent_once_is_not_thrown_away():
    sent = sent_submission()
    reopened = workflow.reopen(workflow.withdraw(sent, by=sent.author), by=sent.author)
    with pytest.raises(Refused):
        workflow.discard(reopened, by=sent.author)


def test_a_text_that_was_thrown_away_meanwhile_is_said_to_be_gone():
    begun = draft()
    workflow.discard(begun, by=begun.author)
    with pytest.raises(Refused) as refused:
        workflow.save_answers(begun, {"title": "x"}, by=begun.author, version=begun.version)
    assert refused.value.code == "gone"


def test_what_authors_change_before_they_send_again_is_known_to_nobody_else():
    sent = sent_submission()
    asked = review.request_changes(sent, "Say more.", by=a_curator())
    title = asked.title
    changed = workflow.save_answers(
        asked, {"title": "Not yet to be read"}, by=asked.author, version=asked.version
    )
    withdrawn = workflow.withdraw(changed, by=changed.author)
    assert withdrawn.name_in_journal == title
    (notice,) = Notice.objects.filter(kind="submission_withdrawn", person=withdrawn.reviewer)
    assert title in notice.mail.message
    assert "Not yet" not in notice.mail.message + notice.mail.subject


def test_the_checklist_begins_anew_with_every_sending():
    curator = a_curator()
    review.tick(sent := sent_submission(), ["names", "claims"], by=curator)
    asked = review.request_changes(sent, "Say more.", by=curator)
    assert asked.checklist == ["names", "claims"]
    assert workflow.send(asked, by=asked.author).checklist == []


def test_an_account_that_was_closed_is_told_nothing_more():
    sent = sent_submission()
    sent.author.is_active = False
    sent.author.save()
    review.decline(sent, "It is no practice.", by=a_curator())
    assert not Notice.objects.filter(kind="submission_declined").exists()


def test_a_text_that_comes_back_after_changes_is_promised_a_decision():
    curator = a_curator()
    sent = sent_submission()
    review.request_changes(sent, "Say how many pupils.", by=curator)
    again = workflow.send(sent, by=sent.author)
    assert again.due_on == decision_by(timezone.localdate())
    assert Notice.objects.filter(person=curator, kind="submission_sent_again").exists()


@pytest.mark.parametrize(
    ("day", "count", "then"),
    [
        ("2026-11-23", 3, "2026-11-26"),
        ("2026-11-27", 3, "2026-12-02"),
        ("2026-11-28", 1, "2026-11-30"),
    ],
)
def test_weekends_do_not_count_as_working_days(day, count, then):
    assert str(working_days_after(datetime.date.fromisoformat(day), count)) == then
