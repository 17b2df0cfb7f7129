"""Static files as production serves them: style sheets joined, names hashed, texts compressed."""

import re
from pathlib import Path

from django.core.files.base import ContentFile
from whitenoise.compress import Compressor
from whitenoise.storage import CompressedManifestStaticFilesStorage

# In the order in which the cascade layers expect them.
STYLE_SHEETS = ("css/tokens.css", "css/base.css", "css/layout.css", "css/components.css")
JOINED = "css/portal.css"
_COMMENT = re.compile(r"/\*.*?\*/", re.DOTALL)
_MARGIN = re.compile(r"\s*\n\s*")


def joined(sheets: list[str]) -> str:
    """Style sheets as one, without comments, empty lines and indents."""
    return _MARGIN.sub("\n", _COMMENT.sub("", "\n".join(sheets))).strip() + "\n"


class ReadableCompressor(Compressor):
    """Compressed files may be read by a web server too, as the files they are made from."""

    def write_data(self, path, data, suffix, stat_result):
        filename = super().write_data(path, data, suffix, stat_result)
        Path(filename).chmod(stat_result.st_mode & 0o777)
        return filename


class JoinedManifestStorage(CompressedManifestStaticFilesStorage):
    """Joins STYLE_SHEETS into JOINED while files are collected, so that a page asks for one."""

    def create_compressor(self, **options):
        return ReadableCompressor(**options)

    def post_process(self, paths, dry_run=False, **options):
        if not dry_run:
            sheets = [self.open(name).read().decode() for name in STYLE_SHEETS]
            self.delete(JOINED)
            self._save(JOINED, ContentFile(joined(sheets).encode()))
            paths = {**paths, JOINED: (self, JOINED)}
        yield from super().post_process(paths, dry_run, **options)
