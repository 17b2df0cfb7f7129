from pathlib import Path

from django.core.management.base import BaseCommand, CommandError

from portal.pages.seeding.faults import BrokenContentError
from portal.pages.seeding.loading import load_content
from portal.pages.seeding.reader import CONTENT_FOLDER


class Command(BaseCommand):
    help = "Load the content files. Can be run again at any time; a broken file is refused whole."

    def add_arguments(self, parser):
        parser.add_argument(
            "folder",
            nargs="?",
            type=Path,
            default=CONTENT_FOLDER,
            help="where the files are (default: portal/pages/content)",
        )

    def handle(self, *args, folder, verbosity, **options):
        try:
            outcomes = load_content(folder=folder)
        except BrokenContentError as broken:
            raise CommandError(f"nothing was loaded, because of:\n{broken}") from broken
        if verbosity:
            for line in report(outcomes):
                self.stdout.write(line)


def report(outcomes) -> list[str]:
    """What was loaded, in lines: totals a family, names of what was updated or kept."""
    if not any(outcome.created or outcome.updated for outcome in outcomes):
        lines = ["Content: nothing changed."]
    else:
        lines = ["Content loaded."]
    for outcome in outcomes:
        lines.append(
            f"  {outcome.family.name}: {len(outcome.created)} created, "
            f"{len(outcome.updated)} updated, {len(outcome.unchanged)} unchanged"
        )
        lines += [f"    updated: {key}" for key in outcome.updated]
        lines += [f"    kept, it was changed here: {key}" for key in outcome.kept]
    return lines
