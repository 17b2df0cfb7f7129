"""`manage.py send_notices`: send the mails that are due, and forget old ones."""

from django.core.management.base import BaseCommand

from portal.notices.old import remove_old_mails
from portal.notices.sending import due, send_queued


class Command(BaseCommand):
    help = "Send the mails that are due and forget old ones; the timetable does it by itself."

    def handle(self, *args, **options):
        remove_old_mails()
        self.stdout.write(f"Mails sent: {send_queued()}")
        if left := due().count():
            self.stdout.write(
                f"Mails left: {left}. Another sender is at work, or the mail server is away."
            )
