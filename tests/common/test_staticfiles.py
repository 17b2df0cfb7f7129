"""Static files as they are collected: one style sheet, hashed names, open to a web server."""

import gzip
import os
import re
import subprocess
import sys

import pytest

from portal.common.staticfiles import STYLE_SHEETS, joined
from portal.settings.environment import BASE_DIR

STATIC = BASE_DIR / "static"


@pytest.fixture(scope="module")
def collected(tmp_path_factory):
    """The folder that collectstatic fills for somebody whose new files nobody else may read."""
    folder = tmp_path_factory.mktemp("static")
    command = [sys.executable, "manage.py", "collectstatic", "--noinput", "-v0"]
    environment = {**os.environ, "STATIC_ROOT": str(folder / "collected")}
    environment["DJANGO_SETTINGS_MODULE"] = "portal.settings.demo"
    subprocess.run(command, cwd=BASE_DIR, env=environment, check=True, umask=0o077)
    return folder / "collected"


def rules(sheet):
    return re.sub(r"\s+", " ", re.sub(r"/\*.*?\*/", "", sheet, flags=re.DOTALL)).strip()


def test_the_joined_style_sheet_says_what_its_parts_say():
    sheets = [(STATIC / name).read_text() for name in STYLE_SHEETS]
    assert rules(joined(sheets)) == rules("\n".join(sheets))
    assert "/*" not in joined(sheets)
    assert len(gzip.compress(joined(sheets).encode())) < 12_000


def test_no_style_sheet_writes_a_comment_sign_into_a_text():
    for name in STYLE_SHEETS:
        sheet = (STATIC / name).read_text()
        assert re.findall(r"""["'(][^"'()\n]*(?:/\*|\*/)[^"'()\n]*["')]""", rules(sheet)) == []


def test_every_collected_file_can_be_read_by_a_web_server(collected):
    closed = [p for p in collected.rglob("*") if p.is_file() and p.stat().st_mode & 0o777 != 0o644]
    assert closed == []
    folders = [p for p in collected.rglob("*") if p.is_dir()]
    assert {folder.stat().st_mode & 0o777 for folder in folders} == {0o755}
    assert len(list(collected.rglob("css/portal.*.css.gz"))) == 1


def test_collected_files_ask_for_no_other_host(collected):
    sheets = [*collected.rglob("css/portal*.css"), *collected.glob("js/portal*.js")]
    assert len(sheets) >= 4
    for path in sheets:
        assert re.findall(r"(?:https?:)?//[a-z0-9.-]+\.[a-z]{2,}", path.read_text()) == []


def test_every_font_is_listed_and_its_licence_lies_beside_it():
    folder = STATIC / "fonts"
    listed = set(re.findall(r"`([a-z0-9-]+\.woff2)`", (folder / "README.md").read_text()))
    assert {path.name for path in folder.glob("*.woff2")} == listed
    licences = {path.stem for path in folder.glob("LICENSE-*.txt")}
    assert licences == {"LICENSE-source-sans-3", "LICENSE-source-serif-4", "LICENSE-vazirmatn"}
