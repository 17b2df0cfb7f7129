from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _

from practices.choices import SUBMISSION_ACTS


class PracticesConfig(AppConfig):
    name = "practices"
    verbose_name = _("Practices")

    def ready(self):
        from portal.common.journal import name_acts  # noqa: PLC0415 - needs loaded models
        from practices.indexing import register  # noqa: PLC0415 - needs loaded models

        register()
        name_acts(SUBMISSION_ACTS)
