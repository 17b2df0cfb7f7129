"""`manage.py take_second_factor_away ADDRESS`: for the administrator whom nobody else can help."""

from django.core.management.base import BaseCommand, CommandError

from portal.accounts.models import User
from portal.accounts.second_factor.acts import take_second_factor_away
from portal.common.refusals import Refused


class Command(BaseCommand):
    help = "Remove app, passkeys and recovery codes of an account; its owner gets a mail."

    def add_arguments(self, parser):
        parser.add_argument("address", help="e-mail address of the account")

    def handle(self, *args, **options):
        try:
            person = User.objects.get_by_natural_key(options["address"])
            take_second_factor_away(person, by=None)
        except User.DoesNotExist:
            raise CommandError("There is no account with this address.") from None
        except Refused as refusal:
            raise CommandError(str(refusal)) from None
        self.stdout.write("The second factor is taken away.")
