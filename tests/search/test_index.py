"""Keeping the index true: one object at a time, what shows it, and all anew."""

import pytest
from django.core.management import call_command
from django.db import transaction

from exchanges.models import City, Country, DialogueEvent, Theme
from findings.models import Edition, Finding
from portal import search
from portal.search.models import Collection, Entry, Posting, Word
from portal.search.registry import register
from practices.choices import State
from practices.models import Practice, TargetGroup
from tests.practices.records import change
from tests.search.stored import assert_true, index

pytestmark = pytest.mark.django_db


def found(query, kind="practice"):
    return search.find(query, language="en", kinds=[kind]).ids


def published_practice():
    return Practice.objects.get(slug="london-shared-endeavour-fund")


def count_of(word, practice):
    return index()["practice"]["by_word"][practice.pk].get(word, 0)


def test_the_loaded_content_is_indexed():
    assert sorted(Collection.objects.values_list("kind", "entries")) == [
        ("city", City.objects.published().count()),
        ("event", DialogueEvent.objects.published().count()),
        ("finding", Finding.objects.published().count()),
        ("practice", Practice.objects.published().count()),
    ]
    assert_true(index())


def test_a_rebuild_of_the_loaded_content_changes_nothing():
    loaded = index()
    search.rebuild()
    assert index() == loaded


def test_an_index_kept_up_to_date_is_the_same_as_one_built_anew():
    practice, other = Practice.objects.published()[:2]
    theme, city = practice.main_theme, practice.city
    change(practice.slug, title_en="Xylophones in every school", summary_ar=None)
    change(other.slug, state=State.WITHDRAWN)
    theme.name_en = "Xylophones and drums"
    theme.save()
    search.refresh([theme])
    practice.themes.clear()
    practice.target_groups.set(TargetGroup.objects.all()[:3])
    city.name_ar = "مدينة الموسيقى"
    city.save()
    search.refresh([practice, city, practice])
    change(other.slug, state=State.PUBLISHED)
    search.refresh(Practice.objects.all())
    kept_up_to_date = index()
    search.rebuild()
    assert index() == kept_up_to_date
    assert_true(kept_up_to_date)


def test_a_second_refresh_changes_nothing():
    before = index()
    search.refresh([*Practice.objects.all(), *City.objects.all(), *DialogueEvent.objects.all()])
    assert index() == before


def test_words_that_nobody_has_any_more_are_forgotten():
    change("aarhus-model", title_en="Xylophones")
    assert Word.objects.filter(text="xylophones").exists()
    change("aarhus-model", title_en="Drums")
    assert not Word.objects.filter(text="xylophones").exists()


def test_a_title_counts_twice():
    practice = change("aarhus-model", title_en="Xylophones", summary_en="Xylophones.")
    assert count_of("xylophones", practice) == 3


def test_a_text_shown_as_a_fallback_counts_once():
    practice = change("aarhus-model", summary_en="Xylophones.", summary_ar=None)
    assert count_of("xylophones", practice) == 1
    assert found("xylophone") == [practice.pk]


def test_a_translation_makes_an_object_neither_better_nor_worse():
    practice = change("aarhus-model", title_en="Xylophones", title_ar="Xylophones")
    both = count_of("xylophones", practice)
    practice = change("aarhus-model", title_ar=None)
    assert count_of("xylophones", practice) == both == 2


def test_a_word_in_every_line_counts_fifteen_times():
    practice = change("aarhus-model", steps_en="Xylophones and drums.\n" * 100)
    assert count_of("xylophones", practice) == 15
    assert_true(index())


def related(practice):
    """Each record whose name or title the page of `practice` shows, and the column of it."""
    return {
        City: (practice.city, "name_en"),
        Country: (practice.city.country, "name_en"),
        Theme: (practice.themes.first(), "name_en"),
        TargetGroup: (practice.target_groups.first(), "name_en"),
        Finding: (practice.findings.first(), "title_en"),
    }


@pytest.mark.parametrize("model", [City, Country, Theme, TargetGroup, Finding])
def test_a_changed_name_refreshes_the_practices_that_show_it(model):
    record, column = related(published_practice())[model]
    setattr(record, column, "Xylophone")
    record.save()
    search.refresh([record])
    assert published_practice().pk in found("xylophone")


def test_a_changed_theme_refreshes_cities_events_and_findings():
    theme = Theme.objects.filter(events__isnull=False, findings__isnull=False).first()
    city = City.objects.get(slug="oslo")
    city.offers.add(theme)
    theme.name_ar = "إكسيليفون"
    theme.save()
    search.refresh([theme])
    assert found("إكسيليفون", "city") == [city.pk]
    assert set(found("إكسيليفون", "event")) == set(theme.events.values_list("pk", flat=True))
    assert set(found("إكسيليفون", "finding")) == set(theme.findings.values_list("pk", flat=True))


def test_an_edition_taken_off_the_site_takes_its_findings_along():
    edition = Edition.objects.get(year=2023)
    title = edition.findings.first().title_en
    edition.is_published = False
    edition.save()
    search.refresh([edition])
    assert not Entry.objects.filter(
        collection__kind="finding", object_id__in=edition.findings.values("pk")
    ).exists()
    assert_true(index())
    assert not set(found(title, "finding")) & set(edition.findings.values_list("pk", flat=True))


def test_a_deleted_practice_is_not_found():
    practice = published_practice()
    key, words = practice.pk, practice.title_en
    assert key in found(words)
    with search.refreshing([practice]):
        practice.delete()
    assert not Entry.objects.filter(collection__kind="practice", object_id=key).exists()
    assert key not in found(words)
    assert_true(index())


def test_a_deleted_target_group_is_gone_from_the_practices_that_showed_it():
    group = published_practice().target_groups.first()
    group.name_en = "Xylophonists"
    group.save()
    search.refresh([group])
    assert published_practice().pk in found("xylophonists")
    with search.refreshing([group]):
        group.delete()
    assert found("xylophonists") == []


def test_a_refresh_that_is_rolled_back_leaves_no_trace():
    before = index()
    with transaction.atomic():
        practice = change("aarhus-model", title_en="Xylophones")
        assert found("xylophones") == [practice.pk]
        transaction.set_rollback(True)
    assert index() == before


def test_records_that_nobody_searches_are_passed_over():
    before = index()
    search.refresh([])
    search.refresh([published_practice().sources.first()])
    assert index() == before


def changed_kinds(records):
    """The kinds that a refresh of these gives another version."""
    kinds, before = Collection.objects.order_by("kind"), search.versions()
    search.refresh(records)
    changed = zip(kinds, before, search.versions(), strict=True)
    return {kind.kind for kind, old, new in changed if old != new}


@pytest.mark.parametrize(
    ("model", "kinds"),
    [
        (TargetGroup, {"practice"}),
        (Country, {"city", "event", "practice"}),
        (Edition, {"finding", "practice"}),
        (Theme, {"city", "event", "finding", "practice"}),
    ],
)
def test_what_no_object_shows_gives_the_kinds_that_show_its_like_a_new_version(model, kinds):
    entries = index()
    assert changed_kinds([model(pk=1_000_000)]) == kinds
    assert index() == entries


def test_what_nobody_searches_gives_no_kind_a_new_version():
    assert changed_kinds([published_practice().sources.first()]) == set()


def test_a_rebuild_drops_what_is_not_registered_any_more():
    before = index()
    collection = Collection.objects.create(kind="mayor", entries=1, length=1)
    numbered = {"collection": collection, "number": 0, "version": 1}
    word = Word.objects.create(text="mayor", stem="mayor", frequency=1, **numbered)
    Entry.objects.create(object_id=1, length=1, facets="{}", words=b"", **numbered)
    Posting.objects.create(word=word, block=0, counts=b"\x01\x00")
    search.rebuild()
    assert index() == before


def test_the_number_of_statements_does_not_grow_with_the_records(django_assert_max_num_queries):
    for records in [Practice.objects.all()[:1], Practice.objects.all()[:40]]:
        records = list(records)
        with django_assert_max_num_queries(75):
            search.refresh(records)


def test_the_command_says_how_far_it_is(capsys):
    Posting.objects.all().delete()
    call_command("rebuild_search")
    lines = capsys.readouterr().out.split("\n")
    for kind, count in Collection.objects.values_list("kind", "entries"):
        assert any(f"{kind}: {count} of {count}" in line for line in lines)
    assert_true(index())


def test_a_kind_is_registered_once():
    with pytest.raises(ValueError, match="registered already"):
        register("practice", Practice, Practice.objects.all, dict)
