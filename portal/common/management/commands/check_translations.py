"""`manage.py check_translations`: whether every translation file is whole and harmless."""

from pathlib import Path

from django.conf import settings
from django.core.management.base import BaseCommand, CommandError

from portal.common.catalogues import check_catalogue


class Command(BaseCommand):
    help = "Check locale/*/LC_MESSAGES/django.po; ends with an error that names every fault."
    requires_system_checks = ()

    def handle(self, *args, **options):
        faults = 0
        for language in settings.PLURAL_FORMS:
            path = Path(settings.LOCALE_PATHS[0]) / language / "LC_MESSAGES" / "django.po"
            for fault in check_catalogue(path, settings.PLURAL_FORMS[language]):
                faults += 1
                self.stderr.write(f"{language}: {fault}")
        if faults:
            raise CommandError(f"{faults} faults in the translations")
        self.stdout.write(f"Translations are whole: {', '.join(settings.PLURAL_FORMS)}")
