from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class ExchangesConfig(AppConfig):
    name = "exchanges"
    verbose_name = _("Cities and dialogue events")

    def ready(self):
        from exchanges.indexing import register  # noqa: PLC0415 - needs loaded models

        register()
