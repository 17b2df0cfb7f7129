"""Two caches: one that must answer, one that may forget.

`default` counts (rate limits, locks): a muted error there would let everybody through or lock
everybody out, so a call that Redis fails to answer goes to the database at once. `pages` keeps what
can be made again, so an error there only costs time.
"""

import base64
import logging
import pickle
from collections import defaultdict

import redis
from django.core.cache import caches
from django.core.cache.backends.base import DEFAULT_TIMEOUT, BaseCache
from django.core.cache.backends.db import DatabaseCache
from django.core.cache.backends.locmem import LocMemCache
from django.core.cache.backends.redis import RedisCache
from django.db import transaction
from django.utils import timezone
from redis.backoff import NoBackoff
from redis.retry import Retry

from portal.common.circuit import Circuit
from portal.common.models import CacheEntry

logger = logging.getLogger(__name__)

# What a Redis that is away or silent may cost a call, once for connecting and once for an answer.
REDIS_SECONDS = 0.2
REDIS_ERRORS = (redis.RedisError, OSError)

# One circuit a server, shared by every cache and thread of the process.
_circuits: defaultdict[str, Circuit] = defaultdict(Circuit)


class PromptRedisCache(RedisCache):
    """Django's Redis cache that answers or fails within REDIS_SECONDS and never tries twice."""

    def __init__(self, server: str, params: dict):
        options = {
            "socket_connect_timeout": REDIS_SECONDS,
            "socket_timeout": REDIS_SECONDS,
            "retry": Retry(NoBackoff(), 0),
        }
        super().__init__(server, {**params, "OPTIONS": options})

    def clear(self) -> bool:
        """Remove this cache's own keys; Redis may hold a queue beside them."""
        client = self._cache.get_client(write=True)
        for keys in _batches(client.scan_iter(match=f"{self.key_prefix}:*", count=1000)):
            client.unlink(*keys)
        return True


class GuardedRedis:
    """A Redis cache behind its server's circuit."""

    def __init__(self, server: str, params: dict):
        self._cache = PromptRedisCache(server, params)
        self._circuit = _circuits[server]

    def call(self, method: str, *args, **kwargs):
        """Return (True, what the cache's method returned), or (False, None) where Redis is away.

        Errors of the caller, as a key that is not there for incr, are raised.
        """
        if not self._circuit.permits():
            return False, None
        try:
            result = getattr(self._cache, method)(*args, **kwargs)
        except REDIS_ERRORS as error:
            self._circuit.failed()
            logger.warning("Redis did not answer %s: %s", method, error)
            return False, None
        except ValueError:
            self._circuit.succeeded()
            raise
        self._circuit.succeeded()
        return True, result


class CountingDatabaseCache(DatabaseCache):
    """Django's database cache, whose incr() loses no count and keeps the entry's time, as Redis."""

    def incr(self, key, delta=1, version=None):
        with transaction.atomic():
            entry = self._entries(key, version).select_for_update().first()
            if entry is None:
                raise ValueError(f"Key {key!r} not found")
            count = pickle.loads(base64.b64decode(entry.value)) + delta  # noqa: S301 our own row
            entry.value = base64.b64encode(pickle.dumps(count, self.pickle_protocol)).decode()
            entry.save(update_fields=["value"])
        return count

    def touch(self, key, timeout=DEFAULT_TIMEOUT, version=None):
        is_there = self._entries(key, version).exists()
        return is_there and super().touch(key, timeout, version)

    def _entries(self, key, version):
        key = self.make_and_validate_key(key, version=version)
        return CacheEntry.objects.filter(cache_key=key, expires__gt=timezone.now())


class DelegatingCache(BaseCache):
    """A cache whose calls are all answered by `_ask`. Times and keys are settled where it asks."""

    def _ask(self, method: str, *args, **kwargs):
        raise NotImplementedError

    def add(self, key, value, timeout=DEFAULT_TIMEOUT, version=None):
        return self._ask("add", key, value, timeout=timeout, version=version)

    def get(self, key, default=None, version=None):
        return self._ask("get", key, default, version=version)

    def set(self, key, value, timeout=DEFAULT_TIMEOUT, version=None):
        return self._ask("set", key, value, timeout=timeout, version=version)

    def touch(self, key, timeout=DEFAULT_TIMEOUT, version=None):
        return self._ask("touch", key, timeout=timeout, version=version)

    def delete(self, key, version=None):
        return self._ask("delete", key, version=version)

    def get_many(self, keys, version=None):
        return self._ask("get_many", list(keys), version=version)

    def has_key(self, key, version=None):
        return self._ask("has_key", key, version=version)

    def incr(self, key, delta=1, version=None):
        return self._ask("incr", key, delta, version=version)

    def set_many(self, data, timeout=DEFAULT_TIMEOUT, version=None):
        return self._ask("set_many", data, timeout=timeout, version=version)

    def delete_many(self, keys, version=None):
        return self._ask("delete_many", list(keys), version=version)

    def clear(self):
        return self._ask("clear")


class ResilientCache(DelegatingCache):
    """Redis at LOCATION, or in the same call the cache that OPTIONS["fallback"] names.

    Without a LOCATION it is that cache straight. What was counted in one is not seen in the other,
    so a limit starts anew when Redis goes or comes back; it is never off.
    """

    def __init__(self, server: str, params: dict):
        super().__init__(params)
        self._fallback = params["OPTIONS"]["fallback"]
        self._redis = GuardedRedis(server, params) if server else None

    def _ask(self, method: str, *args, **kwargs):
        if self._redis:
            is_answered, result = self._redis.call(method, *args, **kwargs)
            if is_answered:
                return result
        return getattr(caches[self._fallback], method)(*args, **kwargs)

    def clear(self):
        """Clear both, so that nothing old is found when Redis goes away."""
        caches[self._fallback].clear()
        if self._redis:
            self._redis.call("clear")


class ForgivingCache(DelegatingCache):
    """Redis at LOCATION with its failures muted; without a LOCATION the memory of this process."""

    # What each call returns while Redis is away, as Django's dummy cache does.
    _MISSES = {
        "add": True,
        "delete": False,
        "get_many": {},
        "has_key": False,
        "set_many": [],
        "touch": False,
    }

    def __init__(self, server: str, params: dict):
        super().__init__(params)
        self._redis = GuardedRedis(server, params) if server else None
        self._memory = None if server else LocMemCache(params.get("KEY_PREFIX", ""), params)

    def _ask(self, method: str, *args, **kwargs):
        if self._memory:
            return getattr(self._memory, method)(*args, **kwargs)
        is_answered, result = self._redis.call(method, *args, **kwargs)
        return result if is_answered else self._miss(method, *args)

    def _miss(self, method: str, key=None, default=None):
        if method == "get":
            return default
        if method == "incr":
            raise ValueError(f"Key {key!r} not found")
        miss = self._MISSES.get(method)
        return miss.copy() if isinstance(miss, dict | list) else miss


def redis_answers(server: str) -> bool:
    """Whether the Redis at `server` answers within REDIS_SECONDS, whatever its circuit says."""
    client = redis.from_url(
        server,
        socket_connect_timeout=REDIS_SECONDS,
        socket_timeout=REDIS_SECONDS,
        retry=Retry(NoBackoff(), 0),
    )
    try:
        return bool(client.ping())
    except REDIS_ERRORS:
        return False
    finally:
        client.close()


def _batches(keys, size: int = 500):
    """Lists of at most `size` keys, none of them empty."""
    batch = []
    for key in keys:
        batch.append(key)
        if len(batch) == size:
            yield batch
            batch = []
    if batch:
        yield batch
