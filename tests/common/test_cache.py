"""The counting cache answers whatever Redis does; the cache of pages may forget but never fails."""

import threading
import time

import pytest
from allauth.core.internal import ratelimit
from django.core.cache import caches
from django.db import connection, connections

from portal.common import cache as cache_module
from portal.common.cache import (
    REDIS_SECONDS,
    CountingDatabaseCache,
    ForgivingCache,
    ResilientCache,
    redis_answers,
)
from portal.common.circuit import REST_SECONDS
from portal.common.models import CacheEntry
from tests.common.servers import redis_on, silent_server, wait_until
from tests.local_servers import free_port

SITUATIONS = ["without", "answering", "refused", "silent"]
# One call may meet a server twice: once to connect, once to ask.
ONE_CALL = 2 * REDIS_SECONDS + 0.15


@pytest.fixture
def server(request):
    """The address of a Redis in the situation that the parameter names; empty for none."""
    if request.param == "without":
        yield ""
    elif request.param == "refused":
        yield f"redis://127.0.0.1:{free_port()}/0"
    elif request.param == "silent":
        with silent_server() as port:
            yield f"redis://127.0.0.1:{port}/0"
    else:
        with redis_on(free_port()) as url:
            yield url


@pytest.fixture
def committed_cache_entries(django_db_setup, django_db_blocker):
    """Entries that other connections see; the rest of the test database stays as it is."""
    with django_db_blocker.unblock():
        yield
        CacheEntry.objects.all().delete()


def resilient(server):
    return ResilientCache(server, {"KEY_PREFIX": "counters", "OPTIONS": {"fallback": "database"}})


def forgiving(server):
    return ForgivingCache(server, {"KEY_PREFIX": "pages"})


@pytest.mark.django_db
@pytest.mark.parametrize("server", SITUATIONS, indirect=True)
def test_the_counting_cache_keeps_every_call_s_meaning(server):
    cache = resilient(server)
    assert cache.add("lock", 1, 60) is True
    assert cache.add("lock", 2, 60) is False
    assert cache.get("lock") == 1
    assert cache.delete("lock") is True
    assert cache.delete("lock") is False
    assert cache.get("lock", "none") == "none"
    cache.set("count", 1, 60)
    assert cache.incr("count") == 2
    assert cache.incr("count", 5) == 7
    assert cache.decr("count") == 6
    assert cache.get("count") == 6
    assert cache.touch("count", 120) is True
    assert cache.touch("nothing") is False
    assert "count" in cache
    assert "nothing" not in cache
    with pytest.raises(ValueError, match="nothing"):
        cache.incr("nothing")
    assert cache.get_or_set("made", lambda: [1, "ب"], 60) == [1, "ب"]
    assert cache.get_or_set("made", "other", 60) == [1, "ب"]
    assert cache.set_many({"a": 1, "b": 2}, 60) == []
    assert cache.get_many(["a", "b", "c"]) == {"a": 1, "b": 2}
    cache.delete_many(["a"])
    assert cache.get_many(key for key in "ab") == {"b": 2}
    cache.clear()
    assert cache.get("b") is None


@pytest.mark.django_db
@pytest.mark.parametrize("server", SITUATIONS, indirect=True)
def test_entries_of_the_counting_cache_end_in_time(server):
    cache = resilient(server)
    cache.set("short", 1, 1)
    cache.set("counted", 1, 1)
    cache.incr("counted")
    time.sleep(2.1)
    assert cache.get_many(["short", "counted"]) == {}
    assert cache.touch("short", 60) is False
    assert cache.add("short", 2, 60) is True


@pytest.mark.django_db
@pytest.mark.parametrize("server", ["refused", "silent"], indirect=True)
def test_a_redis_that_is_away_costs_one_short_wait_and_then_none(server):
    cache = resilient(server)
    started = time.monotonic()
    cache.set("first", 1)
    assert time.monotonic() - started < ONE_CALL
    started = time.monotonic()
    for number in range(20):
        cache.get(f"key-{number}")
    assert time.monotonic() - started < REDIS_SECONDS


@pytest.mark.django_db
@pytest.mark.parametrize("server", ["refused", "silent"], indirect=True)
def test_one_trial_at_a_time_asks_a_redis_that_rests(server, monkeypatch):
    cache = resilient(server)
    cache.get("first")
    circuit = cache_module._circuits[server]
    monkeypatch.setattr(circuit, "_rests_until", 0.0)
    assert [circuit.permits() for _ in range(5)] == [True, False, False, False, False]


@pytest.mark.django_db
@pytest.mark.parametrize("server", ["without", "refused", "silent"], indirect=True)
def test_rate_limits_hold_without_redis(server, monkeypatch, rf):
    monkeypatch.setattr(ratelimit, "cache", resilient(server))
    allowed = [
        ratelimit.consume(
            rf.post("/"), app="test", action="sign-in", config={"sign-in": "5/m/key"}, key="someone"
        )
        is not None
        for _ in range(8)
    ]
    assert allowed == [True] * 5 + [False] * 3


@pytest.mark.django_db
def test_redis_is_used_again_soon_after_it_came_back():
    port = free_port()
    cache = resilient(f"redis://127.0.0.1:{port}/0")
    with redis_on(port):
        cache.set("where", "first Redis", 60)
    cache.set("where", "database", 60)
    assert cache.get("where") == "database"
    with redis_on(port) as url:
        assert wait_until(lambda: cache.get("where") is None, seconds=5) <= REST_SECONDS + 1
        cache.set("where", "second Redis", 60)
        assert resilient(url).get("where") == "second Redis"


@pytest.mark.django_db
def test_clearing_a_cache_leaves_the_rest_of_redis_alone():
    with redis_on(free_port()) as url:
        client = cache_module.PromptRedisCache(url, {})._cache.get_client()
        client.set("a queue", "its tasks")
        cache = resilient(url)
        cache.set("key", 1)
        cache.clear()
        assert client.keys() == [b"a queue"]


@pytest.mark.django_db
@pytest.mark.parametrize("server", ["without", "answering"], indirect=True)
def test_the_cache_of_pages_remembers(server):
    cache = forgiving(server)
    cache.set("page", "<p>Oslo</p>", 60)
    assert cache.get("page") == "<p>Oslo</p>"
    assert cache.add("page", "other") is False
    assert cache.get_many(["page", "other"]) == {"page": "<p>Oslo</p>"}
    cache.clear()
    assert cache.get("page") is None


@pytest.mark.django_db
@pytest.mark.parametrize("server", ["refused", "silent"], indirect=True)
def test_the_cache_of_pages_forgets_without_an_error(server):
    cache = forgiving(server)
    cache.set("page", 1)
    assert cache.get("page") is None
    assert cache.get("page", "default") == "default"
    assert cache.get_or_set("page", lambda: "made again") == "made again"
    assert cache.add("page", 1) is True
    assert cache.get_many(["page"]) == {}
    assert cache.set_many({"page": 1}) == []
    assert (cache.touch("page"), cache.delete("page"), "page" in cache) == (False, False, False)
    cache.delete_many(["page"])
    cache.clear()
    with pytest.raises(ValueError, match="page"):
        cache.incr("page")


@pytest.mark.django_db
@pytest.mark.parametrize("server", SITUATIONS, indirect=True)
def test_readiness_sees_whether_redis_answers(server):
    if server:
        started = time.monotonic()
        assert redis_answers(server) is (resilient(server)._redis.call("get", "x")[0])
        assert time.monotonic() - started < 2 * ONE_CALL


def test_the_settings_name_these_caches():
    assert isinstance(caches["default"], ResilientCache)
    assert isinstance(caches["database"], CountingDatabaseCache)
    assert isinstance(caches["pages"], ForgivingCache)


@pytest.mark.django_db
def test_migrate_alone_made_the_table():
    assert "cache_entries" in connection.introspection.table_names()


def test_parallel_increments_are_all_counted(committed_cache_entries):
    cache = resilient("")
    cache.set("count", 0, 60)

    def count():
        for _ in range(10):
            cache.incr("count")
        connections.close_all()

    threads = [threading.Thread(target=count) for _ in range(4)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert cache.get("count") == 40
