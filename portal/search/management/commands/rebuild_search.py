from django.core.management.base import BaseCommand

from portal import search


class Command(BaseCommand):
    help = "Index anew everything that can be found. Readers have the old index until it is done."

    def handle(self, *args, verbosity, **options):
        search.rebuild(progress=self.report if verbosity else None)

    def report(self, kind, done, total):
        """Say how far a kind is; in the same line on a terminal."""
        is_last = done == total
        if self.stdout.isatty() or is_last:
            start = "\r" if self.stdout.isatty() else ""
            self.stdout.write(f"{start}{kind}: {done} of {total}", ending="\n" if is_last else "")
