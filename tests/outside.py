"""Nothing calls out: a guard against connections and look-ups that leave this machine."""

import ipaddress
import socket
import sys

# Events of the interpreter, and where the host stands in their arguments.
CONNECTING = {"socket.connect": 1, "socket.sendto": 1}
LOOKING_UP = {"socket.getaddrinfo": 0, "socket.gethostbyname": 0}
OWN_NAMES = {"", "localhost", socket.gethostname()}


class CalledOutsideError(Exception):
    """Something tried to reach another machine."""


class Guard:
    """Notes every attempt to reach another machine, and stops it."""

    def __init__(self):
        self.attempts: list[str] = []
        sys.addaudithook(self._audit)

    def _audit(self, event: str, arguments: tuple) -> None:
        if event in CONNECTING:
            address = arguments[CONNECTING[event]]
            # Sockets of the file system have a path for an address.
            host = address[0] if isinstance(address, tuple) else None
        elif event in LOOKING_UP:
            host = arguments[LOOKING_UP[event]]
        else:
            return
        if host is not None and not is_this_machine(host):
            self.attempts.append(f"{event} {host}")
            raise CalledOutsideError(f"{event} {host}")


def is_this_machine(host: str | bytes) -> bool:
    """Whether `host`, a name or an address, is this machine."""
    name = host.decode() if isinstance(host, bytes) else str(host)
    if name in OWN_NAMES:
        return True
    try:
        return ipaddress.ip_address(name.partition("%")[0]).is_loopback
    except ValueError:
        return False
