"""The guard that every test runs under stops and notes what would leave this machine."""

import socket
from contextlib import suppress
from urllib.request import urlopen

import pytest

from tests.conftest import GUARD
from tests.outside import CalledOutsideError, is_this_machine


@pytest.fixture
def attempts():
    """What the guard notes during the test; forgotten afterwards, so that the test may pass."""
    before = len(GUARD.attempts)
    yield lambda: GUARD.attempts[before:]
    del GUARD.attempts[before:]


def test_a_connection_elsewhere_is_stopped_and_noted(attempts):
    with pytest.raises(CalledOutsideError), socket.socket() as stranger:
        stranger.connect(("192.0.2.1", 80))
    assert attempts() == ["socket.connect 192.0.2.1"]


def test_a_name_is_not_even_looked_up(attempts):
    with pytest.raises(CalledOutsideError):
        urlopen("http://tracker.example.org/pixel", timeout=1)
    assert attempts() == ["socket.getaddrinfo tracker.example.org"]


def test_what_code_mutes_is_noted_all_the_same(attempts):
    with suppress(Exception), socket.socket(type=socket.SOCK_DGRAM) as stranger:
        stranger.sendto(b"statistics", ("192.0.2.1", 8125))
    assert attempts() == ["socket.sendto 192.0.2.1"]


def test_this_machine_may_be_reached(attempts):
    with socket.socket() as listener, socket.socket() as caller:
        listener.bind(("127.0.0.1", 0))
        listener.listen()
        caller.connect(listener.getsockname())
    assert attempts() == []


@pytest.mark.parametrize(
    ("host", "is_own"),
    [("127.0.0.1", True), ("::1", True), ("localhost", True), (b"localhost", True),
     ("192.0.2.1", False), ("example.org", False), ("0.0.0.0", False)],
)  # fmt: skip
def test_own_addresses_are_told_from_others(host, is_own):
    assert is_this_machine(host) is is_own
