"""`manage.py encrypt_second_factors_anew`: after SECRET_KEY was changed."""

from allauth.mfa.models import Authenticator
from django.core.management.base import BaseCommand, CommandError
from django.db import transaction

from portal.accounts.second_factor.encryption import UnreadableSecret, encrypt_anew

# What is encrypted of each kind; of a passkey nothing is secret.
SECRETS = {Authenticator.Type.TOTP: "secret", Authenticator.Type.RECOVERY_CODES: "seed"}


class Command(BaseCommand):
    help = "Encrypt the secrets of second factors by SECRET_KEY, whichever key they have now."

    def handle(self, *args, **options):
        unreadable = 0
        with transaction.atomic():
            rows = Authenticator.objects.select_for_update().filter(type__in=SECRETS)
            for authenticator in rows:
                name = SECRETS[authenticator.type]
                try:
                    authenticator.data[name] = encrypt_anew(authenticator.data[name])
                except UnreadableSecret:
                    unreadable += 1
                else:
                    authenticator.save(update_fields=["data"])
        if unreadable:
            raise CommandError(f"{unreadable} secrets are opened by no key of the settings.")
        self.stdout.write("All secrets are encrypted by SECRET_KEY.")
