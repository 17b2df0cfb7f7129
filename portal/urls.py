"""Every address of the portal."""

from django.conf.urls.i18n import i18n_patterns
from django.contrib import admin
from django.urls import include, path

urlpatterns = [
    path("", include("portal.pages.urls_without_language")),
    path("", include("portal.common.urls")),
    *i18n_patterns(
        path("", include("portal.pages.urls")),
        path("practices/", include("practices.urls")),
        path("submissions/", include("practices.submission_urls")),
        path("findings/", include("findings.urls")),
        path("", include("exchanges.urls")),
        path("accounts/", include("portal.accounts.urls")),
        path("accounts/", include("allauth.urls")),
        path("admin/", admin.site.urls),
    ),
]

handler400 = "portal.pages.errors.bad_request"
handler403 = "portal.pages.errors.permission_denied"
handler404 = "portal.pages.errors.page_not_found"
handler429 = "portal.accounts.views.too_many_requests"
handler500 = "portal.pages.errors.server_error"
