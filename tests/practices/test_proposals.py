"""Changes that a city proposes to a practice that is published."""

import pytest

from exchanges.membership import end
from exchanges.models import Membership
from portal.common.refusals import Refused
from practices import review, workflow
from practices.acceptance import newest_version
from practices.models import CoAuthor, Practice
from tests.practices.submitting import (
    SALTO,
    a_curator,
    an_official,
    judged,
    person,
    proposed_change,
)

pytestmark = pytest.mark.django_db


def test_a_proposed_change_begins_with_what_is_published():
    practice = Practice.objects.get(slug="oslo-salto")
    proposed = workflow.propose_change(practice, by=an_official())
    assert proposed.answers["title"] == practice.title_en
    assert proposed.answers["title_ar"] == practice.title_ar
    assert proposed.city == practice.city


def test_only_people_of_the_city_propose_changes():
    practice = Practice.objects.get(slug="oslo-salto")
    for somebody in (an_official("malmo"), a_curator()):
        with pytest.raises(Refused):
            workflow.propose_change(practice, by=somebody)


def test_asking_for_changes_twice_opens_the_same_draft():
    practice, official = Practice.objects.get(slug="oslo-salto"), an_official()
    first = workflow.propose_change(practice, by=official)
    assert workflow.propose_change(practice, by=official) == first


def test_a_proposal_that_nobody_wrote_in_says_what_is_published_by_now():
    official, salto = an_official(), Practice.objects.get(slug=SALTO)
    proposed = workflow.propose_change(salto, by=official)
    salto.title_en = "SaLTo in every district"
    salto.save()
    again = workflow.propose_change(salto, by=official)
    assert (again.pk, again.answers["title"]) == (proposed.pk, "SaLTo in every district")
    assert again.base_version == newest_version(salto)
    written = workflow.save_answers(
        again, {"title": "Our title"}, by=official, version=again.version
    )
    salto.save()
    assert workflow.propose_change(salto, by=official).answers == written.answers
    assert workflow.propose_change(salto, by=official).base_version != newest_version(salto)


def test_whoever_helps_with_a_proposal_may_write_in_it_while_its_author_may():
    official, helper = an_official(), person("Ingrid Dahl")
    proposed = workflow.propose_change(Practice.objects.get(slug=SALTO), by=official)
    CoAuthor.objects.create(submission=proposed, person=helper)
    saved = workflow.save_answers(
        proposed, {"title": "Another"}, by=helper, version=proposed.version
    )
    end(Membership.objects.get(person=official), by=a_curator())
    with pytest.raises(Refused):
        workflow.save_answers(saved, {"title": "Mine"}, by=helper, version=saved.version)


def test_a_new_version_keeps_the_old_one_public_until_it_is_accepted():
    before = Practice.objects.get(slug="oslo-salto").title_en
    proposed_change(title="SaLTo, with a coordinator in each district")
    assert Practice.objects.get(slug="oslo-salto").title_en == before


def test_a_proposal_may_lack_what_the_practice_lacks(curator):
    Practice.objects.filter(slug=SALTO).update(starts=None)
    proposed = proposed_change(title="SaLTo again")
    assert "starts" not in proposed.answers
    assert review.accept(proposed, judged(proposed), by=curator).title_en == "SaLTo again"


def test_a_finding_that_is_not_public_yet_stays_with_the_practice(curator):
    salto = Practice.objects.get(slug=SALTO)
    hidden = salto.findings.first()
    hidden.edition.is_published = False
    hidden.edition.save()
    proposed = proposed_change(title="SaLTo again")
    review.accept(proposed, judged(proposed), by=curator)
    assert hidden in salto.findings.all()
