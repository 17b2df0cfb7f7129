"""The table of decided answers, read from routes.toml."""

import tomllib
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache
from pathlib import Path

from tests.authz.roles import ROLES, SETS, roles_in

# The routes that Django's admin has for every model, and the permission that each asks for.
DESK_ROUTES = {
    "changelist": "view",
    "history": "view",
    "change": "view",
    "add": "add",
    "delete": "delete",
}


@dataclass(frozen=True)
class Row:
    """One route, opened with one record: the status for each role, by method.

    `name` is "route" or "route of record"; `tells` are private places that every reader is told.
    """

    name: str
    answers: dict[str, dict[str, int | str]]
    tells: frozenset[str] = frozenset()

    def __str__(self) -> str:
        return self.name

    @property
    def route(self) -> str:
        return self.name.partition(" of ")[0]


@cache
def rows() -> dict[str, Row]:
    """The whole table, by name. Raises ValueError where a name stands in it twice."""
    path = Path(__file__).with_name("routes.toml")
    content = tomllib.loads(path.read_text(encoding="utf-8"))
    found: dict[str, Row] = {}
    for row in (*_listed(content["rule"]), *_of_desks(content["desk"])):
        if row.name in found:
            raise ValueError(f"{row.name} stands twice in {path.name}")
        found[row.name] = row
    return found


def _listed(rules: list[dict]) -> Iterator[Row]:
    for rule in rules:
        answers = {method: for_each_role(rule[method]) for method in ("GET", "POST")}
        tells = frozenset(rule.get("tells", ()))
        yield from (Row(name, answers, tells) for name in rule["routes"])


def for_each_role(decided: int | str | dict[str, int | str]) -> dict[str, int | str]:
    """The status for each role. `decided` is one for all, or by role and set: the later counts.

    Raises ValueError where a role has none.
    """
    if not isinstance(decided, dict):
        return dict.fromkeys(ROLES, decided)
    statuses = {role: status for name, status in decided.items() for role in SETS[name]}
    if missing := set(ROLES) - set(statuses):
        raise ValueError(f"nothing is decided for {sorted(missing)} in {decided}")
    return {role: statuses[role] for role in ROLES}


def _of_desks(rules: list[dict]) -> Iterator[Row]:
    """The rows of the routes that every model of the desk has, and of those that `has` names.

    Who is allowed gets 200, or what `read` and `sent` say of a view, by GET and by POST.
    """
    for rule in rules:
        rows_of = [_standard_rows, *(EXTRAS[name] for name in rule.get("has", ()))]
        for model in rule["models"]:
            for make in rows_of:
                yield from make(model, rule)


def _standard_rows(model: str, rule: dict) -> Iterator[Row]:
    name = model.replace(".", "_")
    for view, permission in DESK_ROUTES.items():
        allowed = rule[permission]
        sends = rule["change"] if view == "change" else allowed
        read = rule.get("read", {}).get(view, 200)
        sent = rule.get("sent", {}).get(view, 200)
        answers = {"GET": _desk(allowed, then=read), "POST": _desk(sends, then=sent)}
        yield Row(f"admin:{name}_{view}", answers)
    pattern = f"admin/{model.replace('.', '/')}/<path:object_id>/"
    # To the page of the change, which asks for the permission.
    leads_on = _desk("staff", then=302)
    yield Row(pattern, {"GET": leads_on, "POST": leads_on})


def _version_rows(model: str, rule: dict) -> Iterator[Row]:
    """A version that the history keeps, to look at and to bring back."""
    name = f"admin:{model.replace('.', '_')}_simple_history"
    yield Row(name, {"GET": _desk(rule["view"]), "POST": _desk(rule["add"])})


def _spreadsheet_rows(model: str, rule: dict) -> Iterator[Row]:
    """Files of records. Whoever may import may add and change."""
    name = f"admin:{model.replace('.', '_')}"
    may_export, may_import = _desk(rule["view"]), _desk(rule["add"])
    yield Row(f"{name}_export", {"GET": may_export, "POST": may_export})
    yield Row(f"{name}_import", {"GET": may_import, "POST": may_import})
    confirms = {"GET": _desk("staff", then=405), "POST": _desk(rule["add"], then=302)}
    yield Row(f"{name}_process_import", confirms)


EXTRAS = {"versions": _version_rows, "spreadsheets": _spreadsheet_rows}


def _desk(allowed: str, *, then: int = 200) -> dict[str, int | str]:
    """`then` for the roles in `allowed`, 403 for other staff, the way to sign in for the rest."""
    decided = {"everyone": "login", "staff": 403}
    return for_each_role(decided | dict.fromkeys(roles_in(allowed), then))
