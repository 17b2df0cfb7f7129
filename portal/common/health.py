"""Whether this process can serve: its database, its migrations, and Redis."""

from django.conf import settings
from django.db import DatabaseError, InterfaceError, connection
from django.db.migrations.executor import MigrationExecutor

from portal.common.cache import redis_answers

# Once migrated, a running process stays so: new code means a new process.
_found_migrated = False


def database_state() -> str:
    """ "ok", "away", or "not migrated"."""
    global _found_migrated
    try:
        with connection.cursor() as cursor:
            cursor.execute("SELECT 1")
        if not _found_migrated:
            executor = MigrationExecutor(connection)
            _found_migrated = not executor.migration_plan(executor.loader.graph.leaf_nodes())
    except (DatabaseError, InterfaceError):
        return "away"
    return "ok" if _found_migrated else "not migrated"


def redis_state() -> str:
    """ "ok", "away", or "not used". Nothing needs Redis, so none of them is a failure."""
    if not settings.REDIS_URL:
        return "not used"
    return "ok" if redis_answers(settings.REDIS_URL) else "away"
