"""Static files as production serves them: files joined, names hashed, texts compressed."""

import re
from pathlib import Path

from django.core.files.base import ContentFile
from whitenoise.compress import Compressor
from whitenoise.storage import CompressedManifestStaticFilesStorage

# In the order in which the cascade layers expect them.
STYLE_SHEETS = ("css/tokens.css", "css/base.css", "css/layout.css", "css/components.css")
JOINED = "css/portal.css"
# What every page may need at once.
SCRIPTS = ("js/portal.js", "js/combobox.js")
JOINED_SCRIPTS = "js/site.js"
_COMMENT = re.compile(r"/\*.*?\*/", re.DOTALL)
# Of scripts only what begins a line: within one, slash and star may be part of an expression.
_SCRIPT_COMMENT = re.compile(r"^\s*(?:/\*.*?\*/|//[^\n]*)", re.DOTALL | re.MULTILINE)
_MARGIN = re.compile(r"\s*\n\s*")


def joined(sheets: list[str]) -> str:
    """Style sheets as one, without comments, empty lines and indents."""
    return _MARGIN.sub("\n", _COMMENT.sub("", "\n".join(sheets))).strip() + "\n"


def joined_scripts(scripts: list[str]) -> str:
    """Scripts as one, without comments, empty lines and indents; line ends stay where they were."""
    return _MARGIN.sub("\n", _SCRIPT_COMMENT.sub("", "\n".join(scripts))).strip() + "\n"


class ReadableCompressor(Compressor):
    """Compressed files may be read by a web server too, as the files they are made from."""

    def write_data(self, path, data, suffix, stat_result):
        filename = super().write_data(path, data, suffix, stat_result)
        Path(filename).chmod(stat_result.st_mode & 0o777)
        return filename


class JoinedManifestStorage(CompressedManifestStaticFilesStorage):
    """Joins style sheets into one, and scripts, while files are collected: a page asks for one."""

    def create_compressor(self, **options):
        return ReadableCompressor(**options)

    def post_process(self, paths, dry_run=False, **options):
        if not dry_run:
            self._write(JOINED, joined(self._texts(STYLE_SHEETS)))
            self._write(JOINED_SCRIPTS, joined_scripts(self._texts(SCRIPTS)))
            paths = {**paths, JOINED: (self, JOINED), JOINED_SCRIPTS: (self, JOINED_SCRIPTS)}
        yield from super().post_process(paths, dry_run, **options)

    def _texts(self, names: tuple[str, ...]) -> list[str]:
        return [self.open(name).read().decode() for name in names]

    def _write(self, name: str, text: str) -> None:
        self.delete(name)
        self._save(name, ContentFile(text.encode()))
