"""The files of the project, as git knows them."""

import subprocess
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[2]


def project_files() -> list[Path]:
    """Every file that is or would be committed; the test is skipped outside a git checkout."""
    command = ["git", "-C", str(ROOT), "ls-files", "-z", "-co", "--exclude-standard"]
    listing = subprocess.run(command, capture_output=True, text=True, check=False)
    if listing.returncode:
        pytest.skip("the tree is not a git checkout, so its files cannot be listed")
    paths = [ROOT / name for name in listing.stdout.split("\0") if name]
    return [path for path in paths if path.is_file()]


def python_files() -> list[Path]:
    """Our Python files except migrations, which Django writes."""
    return [
        path
        for path in project_files()
        if path.suffix == ".py" and path.parent.name != "migrations"
    ]
