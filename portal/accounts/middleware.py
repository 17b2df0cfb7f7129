"""What differs between a signed-in person's pages and everybody's."""

from django.utils import timezone
from django.utils.cache import add_never_cache_headers, patch_vary_headers

from portal.accounts.time_zones import zone_of


class PersonalPages:
    """Show times in the person's zone and keep their pages out of every cache."""

    def __init__(self, get_response):
        self.get_response = get_response

    def __call__(self, request):
        # The session cookie alone decides here, so that anonymous readers cost no query.
        if request.session.session_key and request.user.is_authenticated:
            timezone.activate(zone_of(request.user))
        try:
            response = self.get_response(request)
        finally:
            timezone.deactivate()
        # A page with a form carries a token of its reader.
        if request.session.session_key or "CSRF_COOKIE_NEEDS_UPDATE" in request.META:
            add_never_cache_headers(response)
        patch_vary_headers(response, ["Cookie"])
        return response
