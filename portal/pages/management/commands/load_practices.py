import os
import sys
from contextlib import nullcontext
from pathlib import Path

from django.core.management.base import BaseCommand, CommandError

from portal.pages.bulk.loading import load_practices
from portal.pages.seeding.faults import BrokenContentError

BAR_LENGTH = 40


class Command(BaseCommand):
    help = (
        "Load many practices from a file in the portal's record format (docs/operators.md). "
        "A file with a fault is refused whole."
    )

    def add_arguments(self, parser):
        parser.add_argument("file", help='a file of JSON lines, or "-" for standard input')

    def handle(self, *args, file, verbosity, **options):
        try:
            with opened(file) as lines:
                size = os.fstat(lines.fileno()).st_size
                progress = Progress(self.stdout, size).report if verbosity else None
                created = load_practices(lines, progress=progress)
        except OSError as error:
            raise CommandError(f"{file} cannot be read: {error.strerror}") from error
        except BrokenContentError as broken:
            raise CommandError(f"nothing was loaded, because of:\n{broken}") from broken
        if verbosity:
            counts = ", ".join(f"{count} of kind {kind}" for kind, count in created.items())
            self.stdout.write(f"Created: {counts or 'nothing'}.")


def opened(file: str):
    """The file as bytes, to be closed after use; standard input for "-"."""
    return nullcontext(sys.stdin.buffer) if file == "-" else Path(file).open("rb")


class Progress:
    """How far a load is: a bar on a terminal, a line at every tenth elsewhere.

    `size` is what there is to read, in the units of what is reported; 0 where that is not known.
    """

    def __init__(self, out, size: int):
        self._out = out
        self._size = size
        self._step = 1 if out.isatty() else 10
        self._shown = 0

    def report(self, stage: str, done: int) -> None:
        """Show how much is read, then how much is indexed, of as many practices as "index" says."""
        if stage == "index":
            self._size, self._shown = done, 0
            return
        percent = 100 * done // self._size if self._size else 0
        if self._shown + self._step <= percent <= 100:
            self._shown = percent - percent % self._step
            self._show(stage)

    def _show(self, stage: str) -> None:
        if not self._out.isatty():
            self._out.write(f"{stage}: {self._shown} %")
            return
        bar = "#" * (BAR_LENGTH * self._shown // 100)
        self._out.write(
            f"\r{stage} [{bar:<{BAR_LENGTH}}] {self._shown} %",
            ending="\n" if self._shown == 100 else "",
        )
        self._out.flush()
