"""`manage.py remind_curators`: tell curators which answers to cities are due."""

from django.core.management.base import BaseCommand

from practices.reminders import remind_of_promises


class Command(BaseCommand):
    help = "Tell curators which answers to cities are due; the timetable does it every day."

    def handle(self, *args, **options):
        self.stdout.write(f"Reminders: {remind_of_promises()}")
