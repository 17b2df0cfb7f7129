"""Leases: what only one process may do at a time, whichever machine it runs on.

A lease is a row with an end, so that it needs no one to take it from a holder that died. Its
moments are told by the clock of the database, since those of machines differ.
"""

from datetime import timedelta
from uuid import uuid4

from django.db.models import QuerySet
from django.db.models.functions import Now

from portal.notices.models import Lease

SECONDS = 60


class Held:
    """A lease that this process holds; `take` gives it."""

    def __init__(self, name: str):
        self._lease = Lease.objects.filter(name=name)
        self._holder = uuid4().hex

    def take(self) -> bool:
        """Hold the lease for SECONDS from now. False: somebody else holds it."""
        return self._hold(self._lease.filter(expires_at__lte=Now()), SECONDS)

    def renew(self, seconds: float = SECONDS) -> bool:
        """Hold the lease for `seconds` from now. False: it ran out, and somebody may have it."""
        mine = self._lease.filter(holder=self._holder, expires_at__gt=Now())
        return self._hold(mine, seconds)

    def release(self) -> None:
        """Let others take the lease at once."""
        # Not now: within one millisecond SQLite's clock stands still.
        self.renew(seconds=-1)

    def _hold(self, lease: QuerySet[Lease], seconds: float) -> bool:
        end = Now() + timedelta(seconds=seconds)
        return bool(lease.update(holder=self._holder, expires_at=end))


def take(name: str) -> Held | None:
    """The lease called `name`, held for SECONDS from now; None while somebody else holds it."""
    if Lease.objects.filter(name=name, expires_at__gt=Now()).exists():
        return None
    fresh = Lease(name=name, holder="", expires_at=Now())
    Lease.objects.bulk_create([fresh], ignore_conflicts=True)
    held = Held(name)
    return held if held.take() else None
