"""Telling a database that is away from a fault of ours."""

import sqlite3

from django.db import InterfaceError, OperationalError

# SQLite's code for SQL that is wrong, as of a table that is not there.
_WRONG_SQL = sqlite3.SQLITE_ERROR
_PRIMARY_CODE = 0xFF


def is_outage(error: BaseException | None) -> bool:
    """Whether `error` says that the database is away, full, busy or shutting down.

    Walks the chain of causes: a template or a session wraps what the database raised.
    """
    while error is not None:
        if isinstance(error, InterfaceError):
            return True
        if isinstance(error, OperationalError):
            code = getattr(error.__cause__, "sqlite_errorcode", None)
            return code is None or code & _PRIMARY_CODE != _WRONG_SQL
        error = error.__cause__ or error.__context__
    return False
