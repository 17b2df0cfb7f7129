"""The portal's addresses, and the bare view that everything is measured against."""

from django.http import HttpRequest, HttpResponse
from django.urls import path

from portal import urls as portal_urls

READY = "".join(f"<p>{number:05} كلمة and word</p>\n" for number in range(1000)).encode()[:30_000]


def bare(request: HttpRequest) -> HttpResponse:
    """30,000 ready bytes."""
    return HttpResponse(READY)


urlpatterns = [path("bare/", bare), *portal_urls.urlpatterns]
handler400 = portal_urls.handler400
handler403 = portal_urls.handler403
handler404 = portal_urls.handler404
handler500 = portal_urls.handler500
