"""What cities send in, at the desk: the queue, and who sees what."""

import re

import pytest

from practices import review, workflow
from practices.choices import SubmissionState
from practices.models import Submission
from tests.admin.conftest import desk
from tests.admin.reviewing import (
    QUEUE,
    again,
    due,
    listed,
    page_of,
    statements,
)
from tests.practices.submitting import (
    an_official,
    answers_like,
    draft,
    person,
    proposed_change,
    sent_submission,
    taken_submission,
)


def test_the_queue_is_in_the_order_of_the_promises_and_has_no_drafts(curator):
    later, late, decided = (sent_submission() for _number in range(3))
    due(later, 5), due(late, -1)
    review.decline(decided, "An event", by=curator.person)
    draft()
    assert listed(curator) == [late.pk, later.pk, decided.pk]
    row = curator.get(QUEUE).text
    assert re.search(r'<span class="tag tag--late">late</span>', row)


def test_whoever_is_not_confirmed_is_named_so(curator):
    sent_submission(person())
    sent_submission(person(), answers_like() | {"city": "Halden"})
    page = curator.get(QUEUE).text
    assert "not yet confirmed" in page
    assert "Halden" in page
    assert "not in the exchange yet" in page


def test_filters_say_how_many_they_leave(curator):
    mine = taken_submission(curator.person)
    new, version = due(sent_submission(), -1), proposed_change(title="SaLTo in schools")
    arabic = sent_submission(an_official(language="ar"), language="ar")
    assert listed(curator, work="mine") == [mine.pk]
    assert set(listed(curator, work="nobodys")) == {new.pk, version.pk, arabic.pk}
    assert listed(curator, work="late") == [new.pk]
    assert len(listed(curator, work="waiting")) == 4
    assert listed(curator, kind="version") == [version.pk]
    assert listed(curator, state="in-review") == [mine.pk]
    assert listed(curator, language="ar") == [arabic.pk]
    assert len(listed(curator, city__country__region__exact="nordic")) == 4
    assert listed(curator, state="draft") == []
    page = curator.get(QUEUE).text
    for line in ("Mine (1)", "Late (1)", "new version (1)", "Arabic (1)", "Nordic countries (4)"):
        assert line in page


@pytest.mark.parametrize("typed", ["salto coordinator", "OSLO", "اوسلو", "Århus"])
def test_the_queue_is_searched_by_title_and_city_whatever_the_spelling(curator, typed):
    sent = sent_submission()
    found = listed(curator, q=typed)
    assert found == ([] if typed == "Århus" else [sent.pk])


def test_the_queue_is_searched_by_reference(curator):
    sent, other = sent_submission(), sent_submission()
    assert listed(curator, q=sent.reference.lower()) == [sent.pk]
    assert other.pk not in listed(curator, q=sent.reference)
    assert listed(curator, q="' OR 1=1 --") == []


def test_the_queue_asks_the_database_as_often_for_fifty_rows_as_for_one(curator):
    first = sent_submission()
    one = statements(curator, QUEUE)
    copies = []
    for number in range(49):
        copy = Submission.objects.get(pk=first.pk)
        copy.pk, copy.reference, copy.nonce = None, f"COPY-{number:04}", None
        copies.append(
            Submission(
                author=first.author, city=first.city, answers=first.answers, state=first.state,
                sent_answers=first.answers, sent_at=first.sent_at, due_on=first.due_on,
                reviewer=curator.person if number % 2 else None,
            )
        )  # fmt: skip
    Submission.objects.bulk_create(copies[:2])
    assert statements(curator, QUEUE) == one
    Submission.objects.bulk_create(copies[2:])
    assert len(listed(curator)) == 50
    assert statements(curator, QUEUE) == one
    assert one <= 20


def test_the_first_page_of_the_desk_says_how_much_waits(curator, translator):
    due(taken_submission(curator.person), -1)
    sent_submission(person())
    page = curator.get("/en/admin/").text
    for line in ("Waiting: 2", "Mine: 1", "Late: 1", "Waiting to be confirmed: 1"):
        assert line in page
    assert "Waiting:" not in translator.get("/en/admin/").text


# Who sees what


def test_drafts_and_what_there_is_not_are_not_found(curator, administrator):
    begun = draft()
    sent = sent_submission()
    reopened = workflow.reopen(workflow.withdraw(sent, by=sent.author), by=sent.author)
    keys = [begun.pk, reopened.pk, "0" * 32, "nonsense", "1", "9" * 40]
    for client in (curator, administrator):
        for key in keys:
            for view in ("change", "page", "history"):
                response = client.get(desk("practices.submission", view, pk=key))
                assert (key, view, response.status_code) == (key, view, 404)
            assert client.post(desk("practices.submission", "change", pk=key)).status_code == 404
        assert listed(client) == []


def test_only_curators_and_administrators_review(curator, administrator, translator, official):
    sent = sent_submission()
    for client in (curator, administrator):
        assert client.get(page_of(sent)).status_code == 200
    for address in (QUEUE, page_of(sent), desk("practices.submission", "page", pk=sent.pk)):
        assert translator.get(address).status_code == 403
        assert official.get(address).status_code in (302, 403)
    assert "Submissions" not in translator.get("/en/admin/").text
    refused = translator.post(page_of(sent), {"button": "decline", "decline_text": "No"})
    assert refused.status_code == 403
    assert again(sent).state == SubmissionState.SUBMITTED


def test_nothing_is_added_or_deleted_here(curator, administrator):
    sent = sent_submission()
    for client in (curator, administrator):
        assert client.get(desk("practices.submission", "add")).status_code == 403
        gone = client.post(desk("practices.submission", "delete", pk=sent.pk), {"post": "yes"})
        assert gone.status_code == 403
    assert again(sent)


def test_while_it_is_the_authors_turn_curators_see_what_was_sent(curator):
    taken = taken_submission(curator.person)
    asked = review.request_changes(taken, "Since when?", by=curator.person)
    workflow.save_answers(asked, {"title": "Half a thou"}, by=taken.author, version=asked.version)
    for address in (QUEUE, page_of(taken), desk("practices.submission", "page", pk=taken.pk)):
        page = curator.get(address).text
        assert "Half a thou" not in page
        assert "A SaLTo coordinator in each school" in page
