"""`manage.py remove_orphaned_files`: delete files that no record names any more."""

from django.core.management.base import BaseCommand

from portal.common.orphans import remove_orphaned_files


class Command(BaseCommand):
    help = "Delete uploaded files that no record has named for a day; the timetable does it daily."

    def handle(self, *args, **options):
        removed = remove_orphaned_files()
        for name in removed:
            self.stdout.write(name)
        self.stdout.write(f"Files removed: {len(removed)}")
