"""The demonstration answers to its own machine, however its server was bound."""

from http import HTTPStatus

import pytest
from django.core.exceptions import PermissionDenied
from django.http import HttpResponse
from django.test import RequestFactory

from portal.common.middleware import CompressPages, ThisMachineOnly
from portal.settings import base, demo

answer = ThisMachineOnly(lambda request: HttpResponse("page"))


@pytest.mark.parametrize("address", ["127.0.0.1", "127.1.2.3", "::1", "::ffff:127.0.0.1"])
def test_this_machine_is_answered(address):
    assert answer(RequestFactory().get("/", REMOTE_ADDR=address)).status_code == HTTPStatus.OK


@pytest.mark.parametrize(
    "address",
    ["192.0.2.7", "10.0.0.1", "::ffff:192.0.2.7", "2001:db8::1", "", "localhost", "0.0.0.0"],
)
def test_no_other_machine_is(address):
    with pytest.raises(PermissionDenied):
        answer(RequestFactory().get("/", REMOTE_ADDR=address))


@pytest.mark.parametrize("header", ["X-Forwarded-For", "Forwarded", "Via"])
def test_nobody_is_let_in_through_a_proxy(header):
    with pytest.raises(PermissionDenied):
        answer(RequestFactory().get("/", headers={header: "127.0.0.1"}))


def test_the_demonstration_differs_from_production_in_these_two_alone():
    added = [name for name in demo.MIDDLEWARE if name not in base.MIDDLEWARE]
    assert added == [
        "portal.common.middleware.ThisMachineOnly",
        "portal.common.middleware.CompressPages",
    ]
    assert [name for name in demo.MIDDLEWARE if name not in added] == base.MIDDLEWARE
    assert demo.DEBUG is False
    assert demo.ALLOWED_HOSTS == ["127.0.0.1", "localhost"]


def compressed(response):
    request = RequestFactory().get("/", headers={"Accept-Encoding": "gzip"})
    return CompressPages(lambda _request: response)(request)


def test_pages_are_compressed_and_still_compared():
    response = compressed(HttpResponse("text " * 500, headers={"ETag": '"1"'}))
    assert response["Content-Encoding"] == "gzip"
    assert response["ETag"] == 'W/"1"'
    assert response["Vary"] == "Accept-Encoding"
    assert len(response.content) < 300


def test_pictures_and_documents_go_out_as_they_are():
    response = compressed(HttpResponse(b"x" * 5000, content_type="application/pdf"))
    assert "Content-Encoding" not in response
    assert len(response.content) == 5000
