"""The door of the desk: who has rights there shows a second step first."""

from django.http import HttpRequest, HttpResponse
from django.utils.functional import SimpleLazyObject

from portal.accounts.second_factor.door import lacks_second_step, led_to_second_step

DESK = "admin"
# Leaving is open to everybody.
WAY_OUT = "logout"


class SecondFactorAtTheDesk:
    """Lead staff without a second factor, or who have not shown it in this session, to it.

    They come back afterwards. Every address of the desk is behind this, whichever app made it. To
    other views `request.lacks_second_step` says whether rights of staff count for nothing yet.
    """

    def __init__(self, get_response):
        self.get_response = get_response

    def __call__(self, request):
        return self.get_response(request)

    def process_view(self, request: HttpRequest, view, args, kwargs) -> HttpResponse | None:
        request.lacks_second_step = SimpleLazyObject(lambda: lacks_second_step(request))
        match = request.resolver_match
        if DESK not in match.namespaces or match.url_name == WAY_OUT:
            return None
        return led_to_second_step(request)
