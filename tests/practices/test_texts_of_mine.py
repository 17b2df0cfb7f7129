"""What a person has written: the list, the way of a text, its files."""

import re

import pytest
from django.test import Client
from django.urls import reverse
from post_office.models import Email

from exchanges.membership import end
from exchanges.models import Membership
from practices import coauthors, review, workflow
from practices.models import CoAuthor, Practice, Submission, SubmissionFile
from tests.common.corpus import PDF, upload
from tests.practices.submitting import (
    a_curator,
    an_official,
    answers_like,
    draft,
    person,
    read,
    sent_submission,
    taken_submission,
    with_files,
)

pytestmark = pytest.mark.django_db


def token_in_mail(address):
    mail = Email.objects.filter(to=address).latest("pk")
    return re.search(r"/join/([\w-]+)/", mail.message)[1]


def test_the_list_says_where_each_text_is_in_plain_words(client, official):
    draft(official)
    sent = sent_submission(official)
    text = read(client, "/en/submissions/")
    assert "You are writing." in text
    assert "It is with the network and waits for a curator." in text
    assert sent.reference in text


def test_the_receipt_says_by_when_and_what_is_not_yet_confirmed(client):
    stranger = person()
    client.force_login(stranger)
    text = read(client, sent_submission(stranger).get_absolute_url())
    assert "Not yet confirmed" in text
    assert re.search(r"A curator writes back by\s+<time", text)


def test_a_city_that_the_exchange_does_not_know_is_named_before_sending(client, official):
    unknown = draft(official, {**answers_like(), "city": "Elmbrook"})
    known = draft(official)
    note = "No city of the exchange is called this."
    assert f"<b>Elmbrook</b></bdi>: {note}" in read(client, unknown.get_absolute_url())
    assert note not in read(client, known.get_absolute_url())


def test_a_text_of_a_confirmed_official_says_nothing_of_confirmation(client, official):
    assert "Not yet confirmed" not in read(client, sent_submission(official).get_absolute_url())


def test_the_author_reads_the_notes_for_authors_only(client, official):
    sent = sent_submission(official)
    review.write_note(sent, "Say how many pupils.", by=a_curator(), question="evaluation")
    review.write_note(sent, "Smells of a press release.", by=a_curator(), is_private=True)
    text = read(client, sent.get_absolute_url())
    assert "Say how many pupils." in text
    assert "press release" not in text


def test_notes_on_what_was_sent_earlier_are_told_apart(client, official):
    curator = a_curator()
    taken = taken_submission(curator, official)
    review.request_changes(taken, "Say how many pupils.", by=curator)
    earlier = "What the curators wrote on an earlier version"
    assert earlier not in read(client, taken.get_absolute_url())
    taken.refresh_from_db()
    workflow.send(taken, by=official)
    review.write_note(taken, "Name the first school.", by=curator)
    open_part, earlier_part = read(client, taken.get_absolute_url()).split(earlier)
    assert "Name the first school." in open_part
    assert "Say how many pupils." in earlier_part
    assert "Say how many pupils." not in open_part


def test_after_a_refusal_another_practice_can_be_shared(client, official):
    curator = a_curator()
    taken = taken_submission(curator, official)
    assert "Share another practice" not in read(client, taken.get_absolute_url())
    review.decline(taken, "It is an event.", by=curator)
    assert "Share another practice" in read(client, taken.get_absolute_url())


def test_the_author_sees_what_a_curator_changed(client, official):
    curator = a_curator()
    taken = taken_submission(curator, official)
    review.edit(
        taken, {"title": "A coordinator in every school"}, by=curator, version=taken.version
    )
    text = read(client, taken.get_absolute_url())
    assert "What a curator changed in your text" in text
    assert re.search(r"<ins>.*?every", text)


def test_a_file_is_added_with_its_name_and_taken_away_again(client, official):
    begun = draft(official)
    address = reverse("submissions:add-file", args=[begun.pk])
    client.post(address, {"file": upload("plan.pdf", PDF), "title": "Plan of the first year"})
    row = begun.files.get()
    assert (row.title, row.size, row.added_by) == ("Plan of the first year", len(PDF), official)
    answer = client.get(row.url)
    assert b"".join(answer.streaming_content).startswith(b"%PDF")
    client.post(reverse("submissions:remove-file", args=[begun.pk, row.pk]))
    assert not begun.files.exists()


def test_a_refused_file_is_named_and_what_was_typed_about_it_stays(client, official):
    begun = draft(official)
    address = reverse("submissions:add-file", args=[begun.pk])
    data = {"file": upload("page.pdf", b"<html></html>"), "title": "Plan of the first year"}
    text = client.post(address, data).content.decode()
    assert "page.pdf" in text
    assert 'value="Plan of the first year"' in text
    assert not SubmissionFile.objects.exists()


def test_files_of_a_draft_answer_404_to_everybody_else():
    begun = with_files(draft())
    for reader in (None, person(), an_official(), person(roles=["translator"])):
        client = Client()
        if reader:
            client.force_login(reader)
        assert [client.get(row.url).status_code for row in begun.files.all()] == [404, 404]


def test_a_coauthor_joins_by_mail_reads_and_writes(client):
    begun = draft()
    colleague = person("Jonas Berg")
    coauthors.invite(begun, colleague.email, by=begun.author, language="en", works_for="Malmö stad")
    address = reverse("submissions:join", args=[token_in_mail(colleague.email)])
    assert client.get(address).status_code == 200
    client.force_login(colleague)
    assert client.get(begun.get_absolute_url()).status_code == 404
    assert client.post(address).headers["Location"] == begun.get_absolute_url()
    workflow.save_answers(begun, {"title": "Together"}, by=colleague, version=begun.version)
    assert CoAuthor.objects.get(person=colleague).works_for == "Malmö stad"
    assert client.post(address).status_code == 410


def test_an_invitation_is_for_its_address_alone(client):
    begun, other = draft(), person()
    coauthors.invite(begun, "jonas@example.org", by=begun.author, language="en")
    client.force_login(other)
    address = reverse("submissions:join", args=[token_in_mail("jonas@example.org")])
    answer = client.post(address)
    assert answer.status_code == 403
    assert begun.title not in answer.content.decode()
    assert not CoAuthor.objects.exists()


def test_a_link_that_nobody_sent_says_so(client):
    assert client.get("/en/submissions/join/not-a-token/").status_code == 404


def test_a_coauthor_who_was_taken_away_reads_no_more(client):
    begun, colleague = draft(), person()
    row = CoAuthor.objects.create(submission=begun, person=colleague)
    client.force_login(begun.author)
    client.post(reverse("submissions:remove-author", args=[begun.pk, row.pk]))
    client.force_login(colleague)
    assert client.get(begun.get_absolute_url()).status_code == 404


def test_an_invitation_without_an_address_asks_for_that_of_the_invited(client, official):
    address = reverse("submissions:invite", args=[draft(official).pk])
    text = client.post(address, {"email": ""}).content.decode()
    assert "Enter the address to which the invitation goes." in text
    assert "your e-mail" not in text


def test_the_newest_of_the_notes_is_read_first(client, official):
    curator = a_curator()
    taken = taken_submission(curator, official)
    review.write_note(taken, "How many schools?", by=curator)
    declined = review.decline(taken, "It is not about a city.", by=curator)
    text = read(client, declined.get_absolute_url())
    assert text.index("It is not about a city.") < text.index("How many schools?")


def test_inviting_somebody_who_writes_already_is_said_beside_the_field(client, official):
    begun = draft(official)
    answer = client.post(reverse("submissions:invite", args=[begun.pk]), {"email": official.email})
    assert "This person writes it already." in answer.content.decode()


def test_a_coauthor_who_speaks_for_the_city_confirms_the_text(client):
    stranger, official = person(), an_official()
    sent = sent_submission(stranger)
    CoAuthor.objects.create(submission=sent, person=official)
    client.force_login(stranger)
    assert "Not yet confirmed" not in read(client, sent.get_absolute_url())


def test_whose_authority_ended_reads_why_nothing_happens(client):
    stranger = person()
    sent = sent_submission(stranger)
    end(Membership.objects.get(person=stranger), by=stranger)
    client.force_login(stranger)
    text = read(client, sent.get_absolute_url())
    assert "You spoke for this city and do so no more." in text
    assert reverse("submissions:withdraw", args=[sent.pk]) not in text


def test_proposing_a_change_opens_the_form_filled(client, official):
    salto = Practice.objects.get(slug="oslo-salto")
    address = reverse("practices:practice-propose", args=[salto.pk, salto.slug])
    assert client.get(address).status_code == 200
    opened = client.post(address, follow=True).content.decode()
    assert salto.title_en in opened
    assert salto.title_ar in opened
    assert 'name="city"' not in opened


def test_a_change_that_nobody_has_made_yet_is_not_called_ready(client, official):
    practice = Practice.objects.get(slug="oslo-salto")
    proposed = workflow.propose_change(practice, by=official)
    form = read(client, reverse("submissions:write", args=[proposed.pk, "snapshot"]))
    assert "not sent yet" not in form
    assert "A change to a published practice" in read(client, reverse("submissions:mine"))


def test_others_learn_who_may_propose_a_change(client):
    salto = Practice.objects.get(slug="oslo-salto")
    client.force_login(an_official("malmo"))
    address = reverse("practices:practice-propose", args=[salto.pk, salto.slug])
    assert client.get(address).status_code == 403
    assert client.post(address).status_code == 403
    assert not Submission.objects.filter(practice=salto).exists()


def test_a_draft_is_thrown_away_after_one_question(client, official):
    begun = draft(official)
    address = reverse("submissions:discard", args=[begun.pk])
    assert "Delete the draft?" in read(client, address)
    client.post(address)
    assert not Submission.objects.filter(pk=begun.pk).exists()


@pytest.mark.parametrize("rows", [1, 3, 50])
def test_the_list_takes_as_many_statements_for_fifty_texts_as_for_one(
    client, official, rows, django_assert_num_queries
):
    for _row in range(rows):
        draft(official)
    with django_assert_num_queries(5):
        client.get("/en/submissions/")
