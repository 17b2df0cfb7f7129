"""The lock files install the same anywhere."""

import re

import pytest

from tests.ops.tree import ROOT

LOCKS = ["requirements.lock", "requirements-dev.lock"]
LINE = re.compile(
    r"[a-z0-9-]+==[\w.!+]+( ; [\w .'\"<>=!()]+)? \\|    --hash=sha256:[0-9a-f]{64}( \\)?"
)


def pins(name):
    text = (ROOT / name).read_text()
    return dict(re.findall(r"^([a-z0-9-]+)==([^ ]+)", text, re.MULTILINE))


@pytest.mark.parametrize("name", LOCKS)
def test_a_lock_holds_nothing_but_pins_and_hashes(name):
    lines = (ROOT / name).read_text().splitlines()
    assert [line for line in lines if not LINE.fullmatch(line)] == []


def test_the_development_lock_holds_the_other_one():
    run, development = pins(LOCKS[0]), pins(LOCKS[1])
    assert {name: development.get(name) for name in run} == run
