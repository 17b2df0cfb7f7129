from django.apps import AppConfig
from django.db.models.signals import post_migrate
from django.utils.translation import gettext_lazy as _


class AccountsConfig(AppConfig):
    name = "portal.accounts"
    label = "accounts"
    verbose_name = _("Accounts")

    def ready(self):
        from portal.accounts.roles import update_groups  # noqa: PLC0415 - needs loaded models

        # This app stands after those of the content in INSTALLED_APPS: their permissions exist.
        post_migrate.connect(update_groups, sender=self, dispatch_uid="roles")
