"""Searches that found nothing: counted without identity, bounded, and never in the way."""

import datetime
import sqlite3
import time
from contextlib import closing

import pytest
from django.db import connection
from django.db.utils import ConnectionHandler
from django.utils import timezone

from portal import search
from portal.accounts.people import open_account
from portal.search import misses
from portal.search.misses import Miss, Place
from portal.search.tasks import prune_misses
from tests.common.faults import database_away

pytestmark = pytest.mark.django_db


def counted(query, language="en", place=Place.EVERYTHING):
    found = search.find(query, language=language, kinds=["practice", "city"], limit=1)
    misses.count(query, found, language=language, place=place)
    return [(miss.query, miss.count) for miss in Miss.objects.all()]


def miss(query, count=1, days_ago=0, **fields):
    day = timezone.localdate() - datetime.timedelta(days=days_ago)
    fields = {
        "language": "en",
        "place": Place.PRACTICES,
        "first_day": day,
        "last_day": day,
    } | fields
    return Miss.objects.create(query=query, count=count, **fields)


def test_what_finds_nothing_is_counted_with_its_days():
    began = timezone.localdate()
    counted("xkjwvb")
    assert counted("xkjwvb") == [("xkjwvb", 2)]
    [row] = Miss.objects.all()
    assert began <= row.first_day <= row.last_day <= timezone.localdate()
    assert row.instead == ""


def test_what_finds_something_is_not_counted():
    assert counted("oslo") == []


def test_what_only_a_repair_finds_is_counted_with_what_was_searched_instead():
    assert counted("yuoth") == [("yuoth", 1)]
    assert Miss.objects.get().instead == "youth"


def test_spellings_of_a_word_are_one_row_and_languages_and_places_are_not():
    counted("XKJwvb")
    counted("  xkjwvb ")
    counted("xkjwvb", language="ar")
    counted("xkjwvb", place=Place.PRACTICES)
    assert sorted(Miss.objects.values_list("language", "place", "count")) == [
        ("ar", "everything", 1),
        ("en", "everything", 2),
        ("en", "practices", 1),
    ]


@pytest.mark.parametrize(
    "query",
    [
        "somebody@zzzz.qqq", "zzzz 0170123", "zzzz +49 (170) 12-34", "zzzz ٠١٧٠١٢٣",
        "zzzz 0.1.7.0.1.2.3", " ", "\u200f",
    ],
)  # fmt: skip
def test_what_may_be_a_contact_and_what_says_nothing_is_not_kept(query):
    assert counted(query) == []


def test_no_person_no_address_and_no_time_of_day_is_kept():
    names = {field.name for field in Miss._meta.get_fields()}
    assert names == {
        "id", "query", "language", "place", "instead", "count", "first_day", "last_day",
    }  # fmt: skip


@pytest.mark.parametrize("query", ["q" * 5000, "zzqq " * 2000, "zz\0qq", "zz\ud800qq", "ﷺ" * 90])
def test_any_text_is_cut_to_what_the_table_holds(query):
    counted(query)
    assert all(0 < len(row.query) <= misses.QUERY_LENGTH for row in Miss.objects.all())


def test_it_takes_one_statement(django_assert_num_queries):
    found = search.find("xkjwvb", language="en", kinds=["practice"], limit=1)
    with django_assert_num_queries(1):
        misses.count("xkjwvb", found, language="en", place=Place.PRACTICES)


def test_a_full_table_takes_no_new_words_but_counts_the_known(monkeypatch):
    monkeypatch.setattr(misses, "MOST_ROWS", 2)
    miss("xkjwva")
    miss("xkjwvb")
    assert sorted(counted("xkjwvc")) == [("xkjwva", 1), ("xkjwvb", 1)]
    assert sorted(counted("xkjwvb", place=Place.PRACTICES)) == [("xkjwva", 1), ("xkjwvb", 2)]


def test_a_database_that_is_away_costs_nothing_but_the_count():
    found = search.find("xkjwvb", language="en", kinds=["practice"], limit=1)

    def count():
        misses.count("xkjwvb", found, language="en", place=Place.PRACTICES)
        return "answered"

    assert database_away(count) == "answered"
    assert not Miss.objects.exists()


@pytest.mark.skipif(connection.vendor != "sqlite", reason="PostgreSQL locks rows, not the database")
def test_a_database_that_somebody_else_writes_to_is_not_waited_for(tmp_path, monkeypatch):
    settings = connection.settings_dict | {"NAME": str(tmp_path / "other.sqlite3")}
    other = ConnectionHandler({"default": settings})["default"]
    with other.schema_editor() as editor:
        editor.create_model(Miss)
    monkeypatch.setattr(misses, "connection", other)
    found = search.find("xkjwvb", language="en", kinds=["practice"], limit=1)
    with closing(sqlite3.connect(settings["NAME"], isolation_level=None)) as writer:
        writer.execute("BEGIN IMMEDIATE")
        started = time.monotonic()
        misses.count("xkjwvb", found, language="en", place=Place.PRACTICES)
        waited = time.monotonic() - started
        writer.execute("ROLLBACK")
    assert waited < 2
    with other.cursor() as cursor:
        patience = cursor.execute("PRAGMA busy_timeout").fetchone()[0]
    other.close()
    assert patience == settings["OPTIONS"]["timeout"] * 1000


def test_what_was_typed_once_long_ago_is_forgotten():
    miss("old", days_ago=91)
    miss("old but often", count=2, days_ago=91)
    miss("new", days_ago=89)
    prune_misses()
    prune_misses()
    assert set(Miss.objects.values_list("query", flat=True)) == {"old but often", "new"}


def test_the_rarest_and_oldest_make_room(monkeypatch):
    monkeypatch.setattr(misses, "ROWS_TO_KEEP", 2)
    miss("often", count=9, days_ago=50)
    miss("rare and old", days_ago=5)
    miss("rare and new")
    assert misses.prune() == 1
    assert set(Miss.objects.values_list("query", flat=True)) == {"often", "rare and new"}


@pytest.fixture
def desk(client):
    def signed_in(*roles):
        client.force_login(
            open_account(f"{roles[0]}@exchange.test", name="X", roles=roles, by=None)
        )
        return client.get("/en/admin/search/miss/")

    return signed_in


def test_curators_see_the_most_frequent_first_and_change_nothing(desk, client):
    miss("seldom")
    often = miss("often", count=7)
    text = desk("curator").text
    assert text.index(">often<") < text.index(">seldom<")
    assert "/en/admin/search/miss/export/" in text
    assert "/en/admin/search/miss/import/" not in text
    assert client.get("/en/admin/search/miss/add/").status_code == 403
    assert client.post(f"/en/admin/search/miss/{often.pk}/delete/").status_code == 403
    assert ">seldom<" not in client.get("/en/admin/search/miss/?count=7&language__exact=ar").text


def test_the_list_can_be_taken_along_and_holds_no_formula(desk, client):
    miss("=1+1", count=7)
    desk("curator")
    response = client.post(
        "/en/admin/search/miss/export/", {"format": "0", **dict.fromkeys(EXPORTED, "on")}
    )
    rows = response.content.decode("utf-8-sig").splitlines()
    assert rows[0] == "query,instead,language,place,count,first_day,last_day"
    assert rows[1].startswith("'=1+1,,en,practices,7,")


def test_translators_do_not_see_them(desk):
    assert desk("translator").status_code == 403


EXPORTED = [f"missresource_{name}" for name in (
    "query", "instead", "language", "place", "count", "first_day", "last_day",
)]  # fmt: skip
