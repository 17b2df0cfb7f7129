"""All routes opened by all roles, each once.

Without FULL=1 two visits are left out that cost much and hardly tell anything: an administrator's
where the table gives the same answer as to a curator, and, but for one row in so many, that of a
deactivated account, which the portal takes for nobody before it looks at the address.
"""

import os
import zlib
from dataclasses import replace

import pytest

from tests.authz.addresses import Addresses
from tests.authz.canary import Token
from tests.authz.objects import Objects
from tests.authz.roles import ROLES
from tests.authz.table import Row
from tests.authz.visiting import Answer, Visitor

FULL = bool(os.environ.get("FULL"))
NOT_FULL = [pytest.param(None, id="", marks=pytest.mark.skip(reason="every row once more: FULL=1"))]
ONE_DEACTIVATED_IN = 8


class Crawl:
    """Visitors of all roles. What they read is noted, without the texts, and not fetched twice."""

    def __init__(self, objects: Objects):
        self.objects = objects
        self.visitors = {
            role: Visitor(role, objects.people.sessions[role], objects.canary) for role in ROLES
        }
        self._addresses = Addresses(objects)
        self._read: dict[tuple[str, str], dict[str, Answer]] = {}

    def address(self, row: Row, language: str = "en") -> str:
        return self._addresses.of(row, language=language)

    def read(self, row: Row, language: str = "en", **headers: str) -> dict[str, Answer]:
        """What each role gets from a GET."""
        key = row.name, language, *headers
        if key not in self._read:
            self._read[key] = self.send("GET", row, language, **headers)
        return self._read[key]

    def send(
        self, method: str, row: Row, language: str = "en", **headers: str
    ) -> dict[str, Answer]:
        """What each role gets from a request that sends nothing."""
        address = self.address(row, language)
        answers = {
            role: self.visitors[role].open(method, address, **headers)
            for role in ROLES
            if FULL or _is_worth_a_visit(role, row, method)
        }
        return {role: replace(answer, body=b"") for role, answer in answers.items()}

    def wrong(self, row: Row, method: str, answers: dict[str, Answer]) -> dict[str, str]:
        """Where `answers` are not those of the table, by role."""
        decided = row.answers[method]
        return {
            role: f"{answer.status} instead of {decided[role]}"
            for role, answer in answers.items()
            if answer.status != decided[role]
        }

    def leaks(self, row: Row, answers: dict[str, Answer]) -> dict[str, set[str]]:
        """The private places that `answers` tell to roles that may not read them, by role."""
        found = {role: self.visitors[role].leaks(answer) for role, answer in answers.items()}
        return {role: places - row.tells for role, places in found.items() if places - row.tells}

    def tokens_read(self, row: Row) -> set[Token]:
        """The tokens that some role found when it read `row`."""
        return {token for answer in self.read(row).values() for token in answer.tokens}


def _is_worth_a_visit(role: str, row: Row, method: str) -> bool:
    if role == "superuser":
        return row.answers[method]["superuser"] != row.answers[method]["curator"]
    if role == "deactivated":
        return zlib.crc32(row.name.encode()) % ONE_DEACTIVATED_IN == 0
    return True
