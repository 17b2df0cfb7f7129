"""What holds for every request and response: input, methods, headers, compression."""

import ipaddress
import re
from urllib.parse import unquote_to_bytes

from django.core.exceptions import BadRequest, PermissionDenied
from django.http import HttpResponseNotAllowed
from django.middleware.gzip import GZipMiddleware

METHODS = ("GET", "HEAD", "POST", "OPTIONS")
HEADERS = {
    "Cross-Origin-Resource-Policy": "same-origin",
    "Permissions-Policy": ", ".join(
        f"{feature}=()"
        for feature in (
            "accelerometer", "autoplay", "browsing-topics", "camera", "display-capture",
            "encrypted-media", "geolocation", "gyroscope", "identity-credentials-get",
            "idle-detection", "magnetometer", "microphone", "midi", "payment",
            "screen-wake-lock", "serial", "usb", "xr-spatial-tracking",
        )
    ) + ", publickey-credentials-create=(self), publickey-credentials-get=(self)",
    "X-Permitted-Cross-Domain-Policies": "none",
}  # fmt: skip
# Django has decoded the path, and left as %XX the bytes that are no UTF-8.
UNREADABLE_PATH = re.compile(r"\0|%[89A-F][0-9A-F]", re.IGNORECASE)
COMPRESSED_TYPES = {
    "application/atom+xml",
    "application/json",
    "application/xml",
    "text/calendar",
    "text/html",
    "text/plain",
}


class SecurityHeaders:
    """Set the headers that neither Django nor django-csp sets."""

    def __init__(self, get_response):
        self.get_response = get_response

    def __call__(self, request):
        response = self.get_response(request)
        for name, value in HEADERS.items():
            response.headers.setdefault(name, value)
        return response


class KnownMethodsOnly:
    """Answer 405 to every method that no page of the portal has, as TRACE."""

    def __init__(self, get_response):
        self.get_response = get_response

    def __call__(self, request):
        if request.method not in METHODS:
            return HttpResponseNotAllowed(METHODS)
        return self.get_response(request)


class RefuseUnreadableInput:
    """Answer 400 to an address or cookie with NUL, or to an address that is no UTF-8.

    PostgreSQL refuses NUL and SQLite stores it; what is no UTF-8 would be read as something else.
    """

    def __init__(self, get_response):
        self.get_response = get_response

    def __call__(self, request):
        query = unquote_to_bytes(request.META.get("QUERY_STRING", ""))
        if UNREADABLE_PATH.search(request.path_info) or not _is_readable(query):
            raise BadRequest("unreadable address")
        if any("\0" in value for value in request.COOKIES.values()):
            raise BadRequest("unreadable cookie")
        return self.get_response(request)


class CompressPages(GZipMiddleware):
    """Compress texts where no proxy in front does it; files and streams go out as they are."""

    def process_response(self, request, response):
        content_type = response.get("Content-Type", "").partition(";")[0]
        if response.streaming or content_type not in COMPRESSED_TYPES:
            return response
        return super().process_response(request, response)


class ThisMachineOnly:
    """Answer 403 to everybody who is not at this machine, however the server was bound.

    A request that was passed on counts as one from elsewhere.
    """

    def __init__(self, get_response):
        self.get_response = get_response

    def __call__(self, request):
        is_passed_on = {"HTTP_X_FORWARDED_FOR", "HTTP_FORWARDED", "HTTP_VIA"} & set(request.META)
        if is_passed_on or not _is_this_machine(request.META.get("REMOTE_ADDR", "")):
            raise PermissionDenied("the demonstration answers to its own machine only")
        return self.get_response(request)


def _is_readable(raw: bytes) -> bool:
    try:
        return "\0" not in raw.decode()
    except UnicodeDecodeError:
        return False


def _is_this_machine(address: str) -> bool:
    try:
        parsed = ipaddress.ip_address(address)
    except ValueError:
        return False
    return (getattr(parsed, "ipv4_mapped", None) or parsed).is_loopback
