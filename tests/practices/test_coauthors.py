"""Who writes a text with its author, and who does so no more."""

import pytest
from django.urls import reverse
from post_office.models import Email

from portal.common.refusals import Refused
from portal.notices.models import Notice
from practices import coauthors, review
from practices.models import CoAuthor
from practices.permissions import may_write
from tests.authz.people import token_in_mail_to
from tests.practices.submitting import draft, person, sent_submission

pytestmark = pytest.mark.django_db


def invited(text, somebody, *, by):
    """The token of an invitation of `somebody`."""
    return token_in_mail_to(coauthors.invite(text, somebody.email, by=by, language="en"))


def test_whom_a_coauthor_invited_does_not_come_in_after_the_coauthor_has_gone():
    begun, first, second = draft(), person("Ingrid Dahl"), person("Jonas Berg")
    coauthors.join(invited(begun, first, by=begun.author), by=first)
    token = invited(begun, second, by=first)
    coauthors.remove(CoAuthor.objects.get(person=first), by=begun.author)
    with pytest.raises(Refused):
        coauthors.join(token, by=second)
    assert not may_write(second, begun)


def test_an_invitation_of_somebody_whose_account_was_closed_does_not_hold():
    begun, helper = draft(), person("Ingrid Dahl")
    token = invited(begun, helper, by=begun.author)
    begun.author.is_active = False
    begun.author.save()
    with pytest.raises(Refused):
        coauthors.join(token, by=helper)


def test_nobody_joins_what_is_decided(curator):
    sent, helper = sent_submission(), person("Ingrid Dahl")
    token = invited(sent, helper, by=sent.author)
    review.decline(sent, "It is no practice.", by=curator)
    with pytest.raises(Refused):
        coauthors.join(token, by=helper)


def test_everybody_who_joins_is_announced_to_the_author():
    begun = draft()
    for name in ("Ingrid Dahl", "Jonas Berg"):
        somebody = person(name)
        coauthors.join(invited(begun, somebody, by=begun.author), by=somebody)
    told = Notice.objects.filter(person=begun.author, kind="submission_coauthor_joined")
    assert {notice.context["text"] for notice in told} == {"Ingrid Dahl", "Jonas Berg"}


def test_invitations_are_limited_so_that_nobody_is_flooded(client):
    begun = draft()
    client.force_login(begun.author)
    address = reverse("submissions:invite", args=[begun.pk])
    statuses = {client.post(address, {"email": "j@example.org"}).status_code for _turn in range(31)}
    assert statuses == {302, 429}
    assert Email.objects.filter(to="j@example.org").count() == 30
