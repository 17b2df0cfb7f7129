"""Content files that a test may read and change."""

import json
import shutil
from pathlib import Path

from portal.pages.seeding.reader import CONTENT_FOLDER


def read_json(file):
    return json.loads((CONTENT_FOLDER / file).read_text())


class ContentCopy:
    """A copy of the content folder."""

    def __init__(self, folder: Path):
        self.folder = folder

    def read(self, file):
        return json.loads((self.folder / file).read_text())

    def write(self, file, content):
        (self.folder / file).write_text(json.dumps(content))

    def change(self, file, *path, to):
        """Put the value `to` at this path of the file."""
        content = self.read(file)
        value = content
        for step in path[:-1]:
            value = value[step]
        value[path[-1]] = to
        self.write(file, content)

    def remove(self, file, *path):
        """Take away what stands at this path of the file."""
        content = self.read(file)
        value = content
        for step in path[:-1]:
            value = value[step]
        del value[path[-1]]
        self.write(file, content)

    def add(self, file, items, record):
        content = self.read(file)
        content[items].append(record)
        self.write(file, content)


def copied_content(folder: Path) -> ContentCopy:
    shutil.copytree(CONTENT_FOLDER, folder / "content")
    return ContentCopy(folder / "content")


def every_key(value, tree, path=""):
    """Paths of the keys of `value` that have no placement in `tree`."""
    for key, inner in value.items():
        branch = tree.get(key)
        if branch is None:
            yield f"{path}{key}"
        elif isinstance(branch, dict):
            yield from every_key(inner, branch, f"{path}{key}.")
