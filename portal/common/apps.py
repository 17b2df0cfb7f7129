from django.apps import AppConfig


class CommonConfig(AppConfig):
    name = "portal.common"
    label = "common"

    def ready(self):
        # Registers the checks; the import needs settings and apps.
        from portal.common import checks  # noqa: F401, PLC0415
