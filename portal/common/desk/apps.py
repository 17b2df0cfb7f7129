from django.contrib.admin.apps import AdminConfig


class DeskConfig(AdminConfig):
    """Django's admin with the portal's own site."""

    default_site = "portal.common.desk.site.Desk"
