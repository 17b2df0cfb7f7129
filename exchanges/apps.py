from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _

from exchanges.choices import MEMBERSHIP_ACTS


class ExchangesConfig(AppConfig):
    name = "exchanges"
    verbose_name = _("Cities and dialogue events")

    def ready(self):
        from exchanges.indexing import register  # noqa: PLC0415 - needs loaded models
        from portal.common.journal import name_acts  # noqa: PLC0415 - needs loaded models

        register()
        name_acts(MEMBERSHIP_ACTS)
