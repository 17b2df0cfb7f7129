"""Every value that is read from the environment is explained to operators."""

import ast
import re

import pytest

from tests.ops.tree import ROOT

# The suite's own settings are no operator's business.
SETTINGS = set((ROOT / "portal/settings").glob("*.py")) - {ROOT / "portal/settings/test.py"}
READERS = [*sorted(SETTINGS), ROOT / "deploy/gunicorn.conf.py"]
OPERATORS = ROOT / "docs/operators.md"
EXAMPLE = ROOT / "deploy/exchange.env.example"


def names_read(path):
    """The first argument of each `env(…)`, `env.list(…)` or `os.environ.get(…)`."""
    names = set()
    for node in ast.walk(ast.parse(path.read_text())):
        if not isinstance(node, ast.Call) or not node.args:
            continue
        called = ast.unparse(node.func)
        first = node.args[0]
        reads = called == "env" or called.startswith(("env.", "os.environ."))
        if reads and isinstance(first, ast.Constant):
            names.add(first.value)
    return names


def names_explained():
    return set(re.findall(r"^\| `([A-Z_]+)` \|", OPERATORS.read_text(), re.MULTILINE))


def compose_names():
    return set(re.findall(r"\$\{([A-Z_]+)", (ROOT / "docker-compose.yml").read_text()))


def test_operators_find_every_name_and_no_other():
    read = set().union(*(names_read(path) for path in READERS)) | compose_names()
    assert names_explained() == read | {"DJANGO_SETTINGS_MODULE"}


def test_the_example_holds_only_names_that_are_explained():
    named = set(re.findall(r"^#?([A-Z_]+)=", EXAMPLE.read_text(), re.MULTILINE))
    assert named - names_explained() == set()


@pytest.mark.parametrize("name", ["SECRET_KEY", "POSTGRES_PASSWORD"])
def test_the_example_holds_no_secret(name):
    assert f"\n{name}=\n" in EXAMPLE.read_text()
