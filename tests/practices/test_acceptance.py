"""How a text becomes public: accepted as a practice or as its new version, or merged into one."""

import re
from datetime import date

import pytest
from django.conf import settings
from django.utils import timezone, translation

from exchanges import membership
from exchanges.models import City, Theme
from portal.common.desk.history import REASONS
from portal.common.refusals import Refused
from portal.notices.models import Notice
from practices import publication, review, workflow
from practices.acceptance import REASON, newest_version
from practices.choices import Evidence, State, SubmissionState
from practices.curation import Curation
from practices.models import CoAuthor, Practice, Submission
from practices.preview import draft_practice
from practices.review_page import practice_to_be
from tests.common.corpus import PDF
from tests.practices.submitting import (
    SALTO,
    a_curator,
    an_official,
    answers_like,
    draft,
    judged,
    person,
    proposed_change,
    sent_submission,
    speak_for,
    with_files,
)

pytestmark = pytest.mark.django_db


def refusal_of(act) -> str:
    with pytest.raises(Refused) as refused:
        act()
    return refused.value.code


def words(page: str) -> str:
    """The text of the article of a practice's page."""
    article = page.partition("<article")[2].partition("</article>")[0]
    return " ".join(re.sub("<[^>]+>", " ", article).split())


@pytest.mark.parametrize("language", ["en", "ar"])
def test_what_is_published_is_what_the_preview_showed(curator, client, language):
    sent = sent_submission(answers=answers_like(whole=True))
    sent.curation = judged().as_stored()
    sent.save()
    client.force_login(curator)
    shown = client.get(f"/{language}/admin/practices/submission/{sent.pk}/page/")
    practice = review.accept(sent, judged(), by=curator)
    client.logout()
    with translation.override(language):
        published = client.get(practice.get_absolute_url())
    assert words(shown.text) == words(published.text)
    assert sent.answers["problem"][:60] in words(published.text)


def test_the_mail_about_an_accepted_text_leads_to_its_public_page(curator):
    sent = sent_submission()
    practice = review.accept(sent, judged(), by=curator)
    (notice,) = Notice.objects.filter(person=sent.author, kind="submission_accepted")
    assert f"/en/practices/{practice.pk}-{practice.slug}/" in notice.mail.message


def test_an_accepted_text_is_public_and_found_at_once(curator, client):
    sent = sent_submission(answers=answers_like(whole=True))
    practice = review.accept(sent, judged(), by=curator, text="Thank you")
    assert (practice.state, practice.title_en) == (State.PUBLISHED, sent.answers["title"])
    assert practice.published_at is not None
    assert (practice.city.slug, practice.evidence) == ("oslo", Evidence.LIMITED)
    assert set(practice.themes.values_list("slug", flat=True)) == {
        "youth", *sent.answers["themes"]
    }  # fmt: skip
    assert practice.sources.count() == len(sent.answers["sources"].splitlines())
    today = timezone.localdate()
    assert practice.review_by == date(today.year + settings.REVIEW_AFTER_YEARS, today.month, 1)
    assert practice.get_absolute_url() in client.get("/en/practices/?q=salto coordinator").text
    sent.refresh_from_db()
    assert (sent.state, sent.practice) == (SubmissionState.ACCEPTED, practice)
    (notice,) = Notice.objects.filter(person=sent.author, kind="submission_accepted")
    assert "Thank you" in notice.mail.message


def test_an_arabic_text_is_published_and_found_in_arabic(curator, client):
    sent = sent_submission(an_official("oslo", language="ar"), language="ar")
    practice = review.accept(sent, judged(), by=curator)
    assert practice.original_language == "ar"
    assert practice.title_ar == "منسق «سالتو» في كل مدرسة"
    assert not practice.title_en
    with translation.override("ar"):
        address = practice.get_absolute_url()
    assert address in client.get("/ar/practices/?q=منسق سالتو").text


def test_a_new_version_keeps_the_address_and_stands_in_the_history(curator):
    proposed = proposed_change(approach="Each school has a coordinator as well.")
    before = Practice.objects.get(slug=SALTO)
    practice = review.accept(proposed, judged(proposed), by=curator)
    assert (practice.pk, practice.slug) == (before.pk, before.slug)
    assert practice.published_at == before.published_at
    assert practice.approach_en == "Each school has a coordinator as well."
    assert practice.approach_ar == before.approach_ar
    version = practice.history.latest("history_date", "history_id")
    assert (version.history_user, version.history_change_reason) == (curator, REASON)
    assert REASON in REASONS


def test_a_practice_that_changed_meanwhile_is_not_overwritten(curator):
    proposed = proposed_change(approach="Each school has a coordinator as well.")
    seen = judged(proposed)
    practice = Practice.objects.get(slug=SALTO)
    practice.summary_en = "Changed at the desk."
    practice.save()
    assert refusal_of(lambda: review.accept(proposed, seen, by=curator)) == "outdated"
    practice.refresh_from_db()
    assert practice.summary_en == "Changed at the desk."
    assert review.accept(proposed, judged(proposed), by=curator)


def test_nothing_is_published_before_somebody_is_confirmed(curator):
    author = person()
    sent = sent_submission(author)
    assert refusal_of(lambda: review.accept(sent, judged(), by=curator)) == "unconfirmed"
    assert not Practice.objects.filter(title_en=sent.answers["title"]).exists()
    membership.confirm(author.memberships.get(), by=curator)
    assert review.accept(sent, judged(), by=curator)


def test_one_author_who_speaks_for_the_city_is_enough(curator):
    sent = sent_submission(person())
    CoAuthor.objects.create(submission=sent, person=an_official("oslo", "Ingrid Dahl"))
    assert review.accept(sent, judged(), by=curator)


def test_a_membership_that_ended_after_sending_ends_what_it_allowed(curator):
    author = an_official()
    sent = sent_submission(author)
    membership.end(author.memberships.get(), by=curator)
    assert refusal_of(lambda: review.accept(sent, judged(), by=curator)) == "unconfirmed"


def test_an_account_that_was_closed_speaks_for_nobody(curator):
    author = an_official()
    sent = sent_submission(author)
    author.is_active = False
    author.save()
    assert refusal_of(lambda: review.accept(sent, judged(), by=curator)) == "unconfirmed"


@pytest.mark.parametrize(
    "curation", [Curation(None, Evidence.LIMITED), Curation(Theme(slug="x"), None)]
)
def test_what_the_network_adds_has_to_be_chosen(curator, curation):
    sent = sent_submission()
    assert refusal_of(lambda: review.accept(sent, curation, by=curator)) == "incomplete"


def test_what_an_answer_lacks_is_named(curator):
    sent = sent_submission()
    review.edit(sent, {"problem": ""}, by=curator, version=sent.version)
    assert refusal_of(lambda: review.accept(sent, judged(), by=curator)) == "incomplete"


def test_a_text_is_accepted_once(curator):
    sent = sent_submission()
    review.accept(sent, judged(), by=curator)
    assert refusal_of(lambda: review.accept(sent, judged(), by=a_curator())) == "state"
    assert Practice.objects.filter(title_en=sent.answers["title"]).count() == 1
    assert Notice.objects.filter(person=sent.author, kind="submission_accepted").count() == 1


def test_what_a_curator_changed_is_what_is_published(curator):
    sent = sent_submission()
    review.edit(sent, {"title": "Coordinators in schools"}, by=curator, version=sent.version)
    practice = review.accept(sent, judged(), by=curator)
    assert practice.title_en == "Coordinators in schools"
    sent.refresh_from_db()
    assert sent.sent_answers["title"] == "A SaLTo coordinator in each school"


def test_files_are_published_under_names_of_their_own(curator, client):
    sent = workflow.send(begun := with_files(draft()), by=begun.author)
    practice = review.accept(sent, judged(), by=curator)
    document, photo = practice.documents.get(), practice.photos.get()
    assert (document.title_en, photo.alt_en) == (
        "Plan of the first year", "A coordinator in a school yard"
    )  # fmt: skip
    private = {row.file.name for row in sent.files.all()}
    assert not private & {document.file.name, photo.image.name}
    assert client.get(document.url).getvalue() == PDF
    assert all(client.get(row.url).status_code == 404 for row in sent.files.all())


def test_a_merged_text_gives_its_city_sources_and_files(curator):
    author = an_official("malmo", "Karl Ström")
    answers = answers_like() | {
        "city": "Malmö", "sources": "Our report https://www.example.org/report\nA book"
    }  # fmt: skip
    begun = with_files(draft(author, answers))
    sent = workflow.send(begun, by=author)
    practice = Practice.objects.get(slug=SALTO)
    before, text = practice.sources.count(), practice.problem_en
    review.merge(sent, practice, by=curator, text="You do the same as Oslo.")
    practice.refresh_from_db()
    assert City.objects.get(slug="malmo") in practice.other_cities.all()
    assert practice.sources.count() == before + 2
    assert (practice.documents.count(), practice.photos.count()) == (1, 1)
    assert practice.problem_en == text
    sent.refresh_from_db()
    assert (sent.state, sent.practice) == (SubmissionState.MERGED, practice)
    (notice,) = Notice.objects.filter(person=author, kind="submission_merged")
    assert "You do the same as Oslo." in notice.mail.message


def test_only_a_published_practice_takes_a_text_in(curator):
    practice = Practice.objects.get(slug=SALTO)
    practice.state = State.WITHDRAWN
    practice.save()
    sent = sent_submission()
    assert refusal_of(lambda: review.merge(sent, practice, by=curator)) == "gone"


def test_what_its_city_has_withdrawn_meanwhile_is_not_published_again(curator):
    read_before = Practice.objects.get(slug=SALTO)
    proposed, sent = proposed_change(title="SaLTo again"), sent_submission()
    publication.withdraw(read_before, by=an_official(), reason="The team was dissolved.")
    live = newest_version(read_before)
    again = Submission.objects.get(pk=proposed.pk)
    assert judged(again).live_version == live
    assert refusal_of(lambda: review.accept(again, judged(again), by=curator)) == "gone"
    assert refusal_of(lambda: review.merge(sent, read_before, by=curator)) == "gone"
    gone = Practice.objects.get(slug=SALTO)
    assert (gone.state, gone.gone_reason) == (State.WITHDRAWN, "The team was dissolved.")


def test_a_file_that_is_lost_is_named(curator):
    begun = with_files(draft())
    sent = workflow.send(begun, by=begun.author)
    row = sent.files.first()
    row.file.storage.delete(row.file.name)
    with pytest.raises(Refused, match=row.title):
        review.accept(sent, judged(), by=curator)
    assert not Practice.objects.filter(title_en=sent.title).exists()


def test_the_page_of_a_proposal_shows_the_files_that_the_practice_has(curator):
    begun = with_files(draft())
    practice = review.accept(workflow.send(begun, by=begun.author), judged(), by=curator)
    proposed = workflow.propose_change(practice, by=begun.author)
    shown = draft_practice(with_files(proposed))
    assert len(shown.documents.all()) == len(shown.photos.all()) == 2


def test_the_practice_to_be_is_not_saved(curator):
    number = Practice.objects.count()
    practice = practice_to_be(sent_submission())
    assert practice.title_en == "A SaLTo coordinator in each school"
    assert Practice.objects.count() == number


def test_waiting_for_confirmation_is_not_enough(curator):
    author = person()
    speak_for(author, "oslo", state="asked")
    sent = sent_submission(author)
    assert refusal_of(lambda: review.accept(sent, judged(), by=curator)) == "unconfirmed"
