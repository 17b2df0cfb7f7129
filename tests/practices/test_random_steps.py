"""Whatever people try in whatever order: no submission changes in a way that is not allowed."""

import os
import random

import pytest

from exchanges.membership import end
from exchanges.models import Membership
from portal.common.refusals import Refused
from practices import review, workflow
from practices.choices import CURATORS_MOVES, MOVES, Evidence, Move, State, SubmissionState
from practices.curation import Curation
from practices.models import Practice, Submission
from practices.permissions import is_confirmed, may_review, may_send, may_write
from practices.workflow import Incomplete, Outdated
from tests.practices.submitting import (
    a_curator,
    an_official,
    answers_like,
    draft,
    person,
    speak_for,
)

pytestmark = pytest.mark.django_db

STEPS = 10_000 if os.environ.get("FULL") else 500
# After so many steps the texts are decided and new ones begin.
STEPS_OF_A_LIFE = 50


def people():
    """Everybody who may try: two officials of the city, one of another, and the network."""
    deactivated = a_curator()
    deactivated.is_active = False
    deactivated.save()
    return [
        an_official(), an_official(), an_official("malmo"), person(), a_curator(), a_curator(),
        person(roles=["translator"]), deactivated,
    ]  # fmt: skip


def curation():
    salto = Practice.objects.get(slug="oslo-salto")
    return Curation(salto.main_theme, Evidence.LIMITED)


TRIES = {
    Move.SEND: lambda text, by: workflow.send(text, by=by),
    Move.WITHDRAW: lambda text, by: workflow.withdraw(text, by=by),
    Move.REOPEN: lambda text, by: workflow.reopen(text, by=by),
    Move.TAKE: lambda text, by: review.take(text, by=by),
    Move.REQUEST_CHANGES: lambda text, by: review.request_changes(text, "Say more.", by=by),
    Move.DECLINE: lambda text, by: review.decline(text, "It is no practice.", by=by),
    Move.ACCEPT: lambda text, by: review.accept(text, curation(), by=by),
    Move.MERGE: lambda text, by: review.merge(text, published(), by=by),
    "save": lambda text, by: workflow.save_answers(
        text, {"problem": random.choice(["Less hate", "More trust"])}, by=by, version=text.version
    ),
    "edit": lambda text, by: review.edit(
        text, {"summary": random.choice(["One", "Two"])}, by=by, version=text.version
    ),
    "note": lambda text, by: review.write_note(text, "Read it.", by=by),
    "hand over": lambda text, by: review.hand_over(text, by, by=by),
    "discard": lambda text, by: workflow.discard(text, by=by),
    "leave": lambda text, by: leave(by),
    "come back": lambda text, by: come_back(by),
}


def published():
    return Practice.objects.get(slug="aarhus-model")


def leave(by):
    for membership in Membership.objects.filter(person=by, state="confirmed"):
        end(membership, by=by)


def come_back(by):
    if not Membership.objects.filter(person=by, state__in=["asked", "confirmed"]).exists():
        speak_for(by, "oslo")


def is_legal(name, before, by, was_confirmed):
    """Whether `by` may take the step `name`, as the table says and nothing else."""
    if name not in MOVES:
        return None
    sources, _target = MOVES[name]
    if name in (Move.ACCEPT, Move.MERGE) and not was_confirmed:
        return False
    if is_sent_again(name, before):
        return may_write(by, before)
    return before.state in sources and (
        may_review(by) if name in CURATORS_MOVES
        else may_send(by, before) if name is Move.SEND
        else may_write(by, before)
    )  # fmt: skip


def is_sent_again(name, before):
    """Whether an author sends what waits for an answer already: allowed, and nothing happens."""
    return name is Move.SEND and before.is_waiting


def take_step(text, name, by):
    """Try a step; returns whether it was taken."""
    try:
        TRIES[name](text, by)
    except (Refused, Incomplete, Outdated):
        return False
    return True


def new_text(authors):
    return draft(random.choice(authors), answers_like())


def test_no_random_walk_leads_anywhere_that_the_table_does_not_allow():
    seed = random.randrange(2**32)
    random.seed(seed)
    everybody = people()
    text = new_text(everybody[:4])
    for step in range(STEPS):
        if step % STEPS_OF_A_LIFE == 0 or not Submission.objects.filter(pk=text.pk).exists():
            text = new_text(everybody[:4])
        name, by = random.choice(list(TRIES)), random.choice(everybody)
        before = Submission.objects.get(pk=text.pk)
        expected = is_legal(name, before, by, is_confirmed(before))
        done = take_step(before, name, by)
        after = Submission.objects.filter(pk=text.pk).first()
        said = f"seed {seed}, step {step}: {name} by {by} from {before.state}"
        if expected is not None:
            assert done == expected, said
        if after is None:
            assert (name, before.state, before.sent_at) == ("discard", "draft", None), said
        elif not done or name not in MOVES or is_sent_again(name, before):
            assert after.state == before.state, said
        else:
            assert after.state == MOVES[name][1], said
        if name == "save" and done:
            assert before.is_writable, said
            assert may_write(by, before), said
        text = after or text


def test_only_accepting_publishes():
    known = set(Practice.objects.filter(state=State.PUBLISHED).values_list("pk", flat=True))
    official, curator = an_official(), a_curator()
    text = draft(official)
    for act in (
        lambda: workflow.send(text, by=official),
        lambda: review.take(text, by=curator),
        lambda: review.request_changes(text, "Say more.", by=curator),
        lambda: workflow.send(text, by=official),
    ):
        act()
        assert set(Practice.objects.published().values_list("pk", flat=True)) == known
    practice = review.accept(text, curation(), by=curator)
    assert set(Practice.objects.published().values_list("pk", flat=True)) == {*known, practice.pk}
    text.refresh_from_db()
    assert (text.state, text.practice) == (SubmissionState.ACCEPTED, practice)
