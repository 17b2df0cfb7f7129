"""What a process keeps of the index in memory: always what the database says."""

import os
import random

import pytest
from django.db import transaction

from exchanges.models import Theme
from portal import search
from portal.common.kept import forget_all
from portal.search import scoring
from portal.search.models import Change
from portal.search.questions import read_question
from portal.search.snapshots import _snapshots, snapshots
from practices.choices import State
from practices.models import Practice, TargetGroup
from tests.practices.records import change
from tests.search.asking import KINDS, answer, find, names, suggest
from tests.search.stored import Process, assert_true, forget_snapshots, index

pytestmark = pytest.mark.django_db

QUERIES = ["police hotline mentors", "الوقاية من التطرف", "xylophones", "برلين", "prevenshun"]


def answers():
    browsed = find("", order="newest", counts=True, chosen={"country": ["de", "us"]})
    found = [find(query, counts=True, chosen={"theme": ["youth"]}) for query in QUERIES]
    everything = [find(query, kinds=KINDS) for query in QUERIES]
    return [browsed, *found, *everything, *(suggest(query, kinds=KINDS) for query in QUERIES)]


def fresh_answers():
    """As a process gives them that has only started."""
    forget_snapshots()
    forget_all()
    return answers()


def test_what_is_kept_up_to_date_answers_like_a_process_that_just_started():
    answers()
    change("aarhus-model", title_en="Xylophones")
    change("calgary-redirect", state=State.WITHDRAWN)
    kept_up_to_date = answers()
    assert kept_up_to_date == fresh_answers()
    search.rebuild()
    assert [*map(answer, answers())] == [*map(answer, kept_up_to_date)]


def test_a_process_that_slept_reads_only_what_changed():
    answers()
    sleeping = Process()
    before = _snapshots["practice"].base
    change("aarhus-model", title_en="Xylophones")
    change("calgary-redirect", state=State.WITHDRAWN)
    sleeping.wake()
    assert names(find("xylophones")) == ["aarhus-model"]
    assert _snapshots["practice"].base == before
    assert answers() == fresh_answers()


def test_a_process_whose_version_is_none_of_the_past_reads_all_anew():
    answers()
    sleeping = Process()
    before = _snapshots["practice"].base
    change("aarhus-model", title_en="Xylophones")
    Change.objects.filter(collection__kind="practice", version__lte=before).delete()
    sleeping.wake()
    assert names(find("xylophones")) == ["aarhus-model"]
    assert _snapshots["practice"].base > before
    assert answers() == fresh_answers()


def test_a_process_that_slept_through_a_rebuild_reads_all_anew():
    answers()
    sleeping = Process()
    change("aarhus-model", title_en="Xylophones")
    search.rebuild()
    sleeping.wake()
    assert answers() == fresh_answers()


def test_a_word_may_come_and_go_while_a_process_sleeps():
    before = [answer(each) for each in answers()]
    sleeping = Process()
    title = Practice.objects.get(slug="aarhus-model").title_en
    change("aarhus-model", title_en="Xylophones")
    change("aarhus-model", title_en=title)
    sleeping.wake()
    assert [answer(each) for each in answers()] == before


def test_a_practice_may_come_and_go_while_a_process_sleeps():
    change("aarhus-model", state=State.WITHDRAWN)
    before = [answer(each) for each in answers()]
    sleeping = Process()
    change("aarhus-model", state=State.PUBLISHED)
    change("aarhus-model", state=State.WITHDRAWN)
    sleeping.wake()
    assert [answer(each) for each in answers()] == before


def test_a_word_that_comes_back_is_known_again():
    answers()
    for title in ["Xylophones", "Drums", "Xylophones"]:
        change("aarhus-model", title_en=title)
        assert names(find("xylophones")) == ["aarhus-model"] * (title == "Xylophones")
    assert answers() == fresh_answers()


def test_what_was_rolled_back_is_forgotten_in_memory_too():
    before = answers()
    with transaction.atomic():
        change("aarhus-model", title_en="Xylophones")
        assert names(find("xylophones")) == ["aarhus-model"]
        transaction.set_rollback(True)
    assert answers() == before
    assert "xylophones" not in _snapshots["practice"].lexis.number_of


def test_another_change_after_one_that_was_rolled_back_is_read_right():
    answers()
    with transaction.atomic():
        change("aarhus-model", title_en="Xylophones")
        answers()
        transaction.set_rollback(True)
    change("calgary-redirect", title_en="Drums and trumpets")
    assert find("xylophones", repair=False).total == 0
    assert names(find("trumpets")) == ["calgary-redirect"]
    assert answers() == fresh_answers()


def test_a_practice_published_in_the_middle_of_a_search_does_no_harm():
    change("aarhus-model", state=State.WITHDRAWN)
    known = snapshots(["practice"])
    question = read_question("mosque mentors police", known)
    practice = change("aarhus-model", state=State.PUBLISHED)
    postings = scoring.postings(known, question.stems)
    scores = scoring.first_scores(known[0], question, postings[0], is_all=False)
    assert len(scores) == known[0].size
    assert practice.pk in find("mosque mentors police").ids


def test_versions_change_with_what_is_shown_and_with_nothing_else():
    before = find("", order="newest")
    change("aarhus-model", summary_en="Xylophones.")
    after = find("", order="newest")
    changed = {hit.id for hit, version in versions(after) - versions(before)}
    assert changed == {Practice.objects.get(slug="aarhus-model").pk}
    assert after.version > before.version


def test_a_refresh_of_what_no_practice_shows_changes_the_version_of_all_and_of_none():
    before = find("", order="newest")
    answers()
    sleeping, base = Process(), _snapshots["practice"].base
    search.refresh([TargetGroup.objects.create(slug="xylophonists", name_en="Xylophonists")])
    for wake in [lambda: None, sleeping.wake]:
        wake()
        after = find("", order="newest")
        assert after.version > before.version
        assert (after.hits, after.versions) == (before.hits, before.versions)
        assert _snapshots["practice"].base == base
    assert answers() == fresh_answers()


def versions(found):
    return set(zip(found.hits, found.versions, strict=True))


def publish(chance):
    practice = chance.choice(Practice.objects.order_by("pk"))
    change(practice.slug, state=State.PUBLISHED)


def withdraw(chance):
    practice = chance.choice(Practice.objects.published().order_by("pk"))
    change(practice.slug, state=chance.choice([State.WITHDRAWN, State.UNLISTED, State.ARCHIVED]))


def write(chance):
    practice = chance.choice(Practice.objects.order_by("pk"))
    words = chance.choices(["xylophones", "drums", "police", "مدينة", "الطبول", "youth"], k=6)
    column = chance.choice(["title_en", "summary_en", "summary_ar", "steps_ar"])
    change(practice.slug, **{column: " ".join(words)})


def rename_a_city(chance):
    city = chance.choice(Practice.objects.published().order_by("pk")).city
    city.name_en, city.name_ar = chance.sample(["Xylopolis", "Drumtown", "دنفر", "طبلة"], k=2)
    city.save()
    search.refresh([city])


def rename_a_theme(chance):
    theme = chance.choice(Theme.objects.order_by("pk"))
    theme.name_en = " ".join(chance.sample(["Youth", "Drums", "Online", "Trumpets"], k=2))
    theme.save()
    search.refresh([theme])


def delete(chance):
    practice = chance.choice(Practice.objects.order_by("pk"))
    with search.refreshing([practice]):
        practice.delete()


@pytest.mark.parametrize("seed", range(40 if os.environ.get("FULL") else 1))
def test_whatever_is_done_the_index_is_as_if_built_anew(seed):
    chance = random.Random(seed)
    sleeping = Process()
    for _step in range(6):
        chance.choice([publish, withdraw, write, write, rename_a_city, rename_a_theme, delete])(
            chance
        )
        assert_true(index())
        if chance.random() < 0.7:
            answers()
    kept_up_to_date, answered = index(), answers()
    assert answered == fresh_answers()
    sleeping.wake()
    assert answers() == answered
    search.rebuild()
    assert index() == kept_up_to_date
    assert [*map(answer, answers())] == [*map(answer, answered)]
