from django.apps import AppConfig, apps
from django.db.models.signals import post_migrate
from django.utils.translation import gettext_lazy as _


class AccountsConfig(AppConfig):
    name = "portal.accounts"
    label = "accounts"
    verbose_name = _("Accounts")

    def ready(self):
        from portal.accounts.failed_sign_ins import begin_logging  # noqa: PLC0415 - needs settings
        from portal.accounts.roles import update_groups  # noqa: PLC0415 - needs loaded models
        from portal.accounts.second_factor.noting import begin_noting  # noqa: PLC0415 - the same

        begin_logging()
        begin_noting()

        # Stands after all apps of ours in INSTALLED_APPS: their permissions exist by then.
        auth = apps.get_app_config("auth")
        post_migrate.connect(update_groups, sender=auth, dispatch_uid="roles")
