"""Commands that the documents name exist, and the Makefile explains itself."""

import re
import shutil
import socket
import subprocess
import sys

import pytest

from tests.ops.tree import ROOT

DOCUMENTS = [
    *sorted(ROOT.glob("README*")),
    *sorted((ROOT / "docs").glob("*.md")),
    *sorted((ROOT / "locale").glob("README*")),
]
RULE = re.compile(r"^([a-z][a-z-]*):", re.MULTILINE)


def targets():
    return set(RULE.findall((ROOT / "Makefile").read_text()))


def make(*arguments, **environment):
    return subprocess.run(
        ["make", *arguments],
        cwd=ROOT,
        env={"PATH": "/usr/bin:/bin", **environment},
        capture_output=True,
        text=True,
        check=False,
    )


@pytest.mark.parametrize("document", DOCUMENTS, ids=lambda path: path.name)
def test_every_make_command_of_a_document_exists(document):
    named = set(re.findall(r"(?:^|`|&& )make ([a-z][a-z-]*)", document.read_text(), re.MULTILINE))
    assert named - targets() == set()


@pytest.mark.parametrize("document", DOCUMENTS, ids=lambda path: path.name)
def test_every_path_of_a_document_exists(document):
    named = re.findall(
        r"`((?:docs|deploy|tests|locale|portal|static)/[\w./-]+)`", document.read_text()
    )
    assert [path for path in named if not (ROOT / path).exists()] == []


def test_help_lists_every_target_that_people_use():
    makefile = (ROOT / "Makefile").read_text()
    phony = re.search(r"^\.PHONY:((?:.*\\\n)*.*)", makefile, re.MULTILINE).group(1)
    for_people = set(phony.replace("\\", "").split()) - {"help", "browser", "always", "free-port"}
    listed = set(re.findall(r"^  make ([a-z-]+) ", make("help").stdout, re.MULTILINE))
    assert listed == for_people


def test_an_old_python_is_refused_with_the_command_to_use(tmp_path):
    old = tmp_path / "python3"
    old.write_text('#!/bin/sh\ntest "$1" = -V && echo "Python 3.9.2" && exit\nexit 1\n')
    old.chmod(0o755)
    refused = make("run", f"PYTHON={old}", f"VENV={tmp_path}/venv")
    assert refused.returncode != 0
    assert re.search(
        r"^Python 3\.9\.2 is too old\. Use 3\.11 or newer: make run PYTHON=\S+$",
        refused.stdout,
        re.MULTILINE,
    )


def test_a_missing_browser_is_one_line_unless_it_is_required(tmp_path):
    for name in ["id", "sh"]:
        (tmp_path / name).symlink_to(shutil.which(name))
    # No apt-get on this path, so nothing is installed.
    found = subprocess.run(
        [shutil.which("make"), "browser", "SHELL=/bin/sh"],
        cwd=ROOT,
        env={"PATH": str(tmp_path)},
        capture_output=True,
        text=True,
        check=False,
    )
    assert (found.returncode, found.stdout.count("\n")) == (0, 1)
    assert found.stdout.startswith("No browser found")


def test_a_taken_port_is_named_before_anything_starts():
    with socket.socket() as listener:
        listener.bind(("127.0.0.1", 0))
        listener.listen()
        port = listener.getsockname()[1]
        refused = make("free-port", f"PORT={port}", f"PY={sys.executable}")
    assert refused.returncode != 0
    assert f"Port {port} is taken" in refused.stdout
