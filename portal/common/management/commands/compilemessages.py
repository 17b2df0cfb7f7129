"""Compile the translations without gettext: a machine that only runs the portal lacks it."""

from pathlib import Path

import polib
from django.core.management.base import BaseCommand


class Command(BaseCommand):
    """Write the .mo file beside each .po file under locale/."""

    help = "Compiles the translation files under locale/."
    requires_system_checks = []

    def handle(self, *args, **options):
        for source in sorted(Path("locale").glob("*/LC_MESSAGES/*.po")):
            polib.pofile(str(source)).save_as_mofile(str(source.with_suffix(".mo")))
            if options["verbosity"]:
                self.stdout.write(f"{source.with_suffix('.mo')} written")


if __name__ == "__main__":
    Command().run_from_argv(["manage.py", "compilemessages"])
