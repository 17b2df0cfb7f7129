"""The door of the desk: who has rights there shows a second step first."""

from django.http import HttpRequest, HttpResponse

from portal.accounts.second_factor.door import led_to_second_step

DESK = "admin"
# Leaving is open to everybody.
WAY_OUT = "logout"


class SecondFactorAtTheDesk:
    """Lead staff without a second factor, or who have not shown it in this session, to it.

    They come back afterwards. Every address of the desk is behind this, whichever app made it.
    """

    def __init__(self, get_response):
        self.get_response = get_response

    def __call__(self, request):
        return self.get_response(request)

    def process_view(self, request: HttpRequest, view, args, kwargs) -> HttpResponse | None:
        match = request.resolver_match
        if DESK not in match.namespaces or match.url_name == WAY_OUT:
            return None
        return led_to_second_step(request)
