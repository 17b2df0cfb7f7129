"""Extract the marked texts, in a form that two branches can change without a conflict."""

from pathlib import Path

import polib
from django.core.management.commands import makemessages

NOT_OURS = [".*", "deploy", "docs", "static", "tests", "var"]
CHURN = ["POT-Creation-Date", "PO-Revision-Date", "Last-Translator", "Language-Team"]


class Command(makemessages.Command):
    """Django's command with our choices: no line numbers, no guessed translations, no wrapping.

    Guesses (fuzzy matches) are left out because an empty text falls back to English and is
    counted as missing, while a guess looks finished and is wrong.
    """

    msgmerge_options = [*makemessages.Command.msgmerge_options, "--no-fuzzy-matching"]

    def handle(self, *args, **options):
        options.update(
            add_location="file",
            extensions=["html", "py", "txt", "xml"],
            ignore_patterns=[*options["ignore_patterns"], *NOT_OURS],
            no_obsolete=True,
            no_wrap=True,
        )
        if not options["locale"]:
            options["all"] = True
        super().handle(*args, **options)

    def write_po_file(self, potfile, locale):
        super().write_po_file(potfile, locale)
        path = Path(potfile).parent / locale / "LC_MESSAGES" / f"{self.domain}.po"
        catalogue = polib.pofile(str(path), wrapwidth=0)
        catalogue.header = "locale/README.md says how to edit, check and see these texts."
        catalogue.metadata_is_fuzzy = []
        for name in CHURN:
            catalogue.metadata.pop(name, None)
        catalogue.metadata["Project-Id-Version"] = "Transatlantic City Exchange"
        catalogue.metadata["Report-Msgid-Bugs-To"] = ""
        catalogue.metadata["Language"] = locale
        catalogue.save()


if __name__ == "__main__":
    Command().run_from_argv(["manage.py", "makemessages"])
