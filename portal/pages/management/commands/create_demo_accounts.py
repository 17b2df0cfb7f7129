from django.conf import settings
from django.core.management.base import BaseCommand, CommandError

from portal.pages.demo_accounts import DEMO_PASSWORD, create_demo_accounts


class Command(BaseCommand):
    help = "Create one account a role for the demonstration. Refuses to run anywhere else."

    def handle(self, *args, **options):
        if not settings.DEMO:
            raise CommandError("demo accounts are for the demonstration only (settings.DEMO)")
        self.stdout.write(f"Demo accounts, all with the password {DEMO_PASSWORD}")
        for account in create_demo_accounts():
            self.stdout.write(f"  {account.email}")
