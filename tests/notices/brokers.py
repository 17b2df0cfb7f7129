"""A way to the broker that a test can break: refused, silent, or cut in the middle."""

import selectors
import socket
import socketserver
import threading
import time
from contextlib import suppress

WELL, REFUSED, SILENT, CUT = "well", "refused", "silent", "cut"
# Of each connection that is cut, this much gets through first.
BYTES_BEFORE_CUT = 40


class Way:
    """A port of this machine that leads to `target`, another port, as `state` lets it.

    `break_with(fault)` and `mend()` change the state for open and new connections alike.
    """

    def __init__(self, target: int):
        self.target = target
        self.state = WELL
        self._server = None
        self._open: set[socket.socket] = set()
        with socket.socket() as probe:
            probe.bind(("127.0.0.1", 0))
            self.port = probe.getsockname()[1]

    def __enter__(self):
        self._listen()
        return self

    def __exit__(self, *exception):
        self._hang_up()
        if self._server:
            self._stop_listening()

    def break_with(self, fault: str) -> None:
        self.state = fault
        if fault != SILENT:
            self._hang_up()
        if fault == REFUSED:
            self._stop_listening()

    def mend(self) -> None:
        # Who was kept waiting is not answered late: the connection is gone.
        self._hang_up()
        self.state = WELL
        if self._server is None:
            self._listen()

    def _listen(self) -> None:
        way = self

        class Passage(socketserver.BaseRequestHandler):
            def handle(self):
                way._pass_on(self.request)

        class Server(socketserver.ThreadingTCPServer):
            allow_reuse_address = True
            daemon_threads = True
            request_queue_size = 100

        self._server = Server(("127.0.0.1", self.port), Passage)
        threading.Thread(target=self._server.serve_forever, args=[0.05], daemon=True).start()

    def _stop_listening(self) -> None:
        self._server.shutdown()
        self._server.server_close()
        self._server = None

    def _hang_up(self) -> None:
        for connection in [*self._open]:
            with suppress(OSError):
                connection.shutdown(socket.SHUT_RDWR)

    def _pass_on(self, near: socket.socket) -> None:
        self._open.add(near)
        try:
            with socket.create_connection(("127.0.0.1", self.target)) as far, suppress(OSError):
                self._copy(near, far)
        except OSError:
            return
        finally:
            self._open.discard(near)

    def _copy(self, near: socket.socket, far: socket.socket) -> None:
        passed = 0
        with selectors.DefaultSelector() as selector:
            selector.register(near, selectors.EVENT_READ, far)
            selector.register(far, selectors.EVENT_READ, near)
            while True:
                for key, _events in selector.select(0.1):
                    if self.state == SILENT:
                        time.sleep(0.05)
                        continue
                    data = key.fileobj.recv(65536)
                    if not data:
                        return
                    if self.state == CUT:
                        key.data.sendall(data[: max(0, BYTES_BEFORE_CUT - passed)])
                        if (passed := passed + len(data)) > BYTES_BEFORE_CUT:
                            return
                    else:
                        key.data.sendall(data)
