"""A mail server that does what it is told: takes mails, refuses them, hangs, or cuts."""

import socketserver
import threading
from collections import deque
from email import message_from_bytes, policy

HANG, CUT = "hang", "cut"
# What a well server says at each stage of a mail.
WELL = {
    "MAIL": "250 Fine",
    "RCPT": "250 Fine",
    "DATA": "354 Go on",
    "END": "250 Taken",
}


class MailServer(socketserver.ThreadingTCPServer):
    """Listens on a port of this machine while it is entered.

    `faults` has one dict a mail, in their order: an answer, HANG or CUT by the stage where it is
    given; later mails are taken. `greeting` is said to who connects. `taken` holds the mails that
    the server has whole and did not refuse, even where it did not come to say so; `recipients` all
    addresses that were named to it.
    """

    daemon_threads = True
    request_queue_size = 100

    def __init__(self):
        super().__init__(("127.0.0.1", 0), _Conversation)
        self.faults: deque[dict[str, str]] = deque()
        self.greeting = "220 Welcome"
        self.taken = []
        self.recipients = []
        self.connections = 0
        self.seconds_a_mail = 0.0
        self.closing = threading.Event()

    def __enter__(self):
        threading.Thread(target=self.serve_forever, args=[0.05], daemon=True).start()
        return self

    def __exit__(self, *exception):
        self.closing.set()
        self.shutdown()
        self.server_close()

    @property
    def ids(self) -> list[str]:
        """The Message-ID of each mail taken."""
        return [message["Message-ID"] for message in self.taken]


class _Over(Exception):
    """The conversation ends without a word."""


class _Conversation(socketserver.StreamRequestHandler):
    def handle(self):
        self.server.connections += 1
        self.answers = WELL
        try:
            self._say(self.server.greeting)
            while line := self.rfile.readline():
                self._answer(line.split(None, 1)[0].upper().decode())
                if line.startswith(b"rcpt TO:<"):
                    self.server.recipients.append(line[9:].strip().decode().removesuffix(">"))
        except (_Over, ConnectionError):
            return

    def _answer(self, command: str) -> None:
        if command == "MAIL":
            fault = self.server.faults.popleft() if self.server.faults else {}
            self.answers = WELL | fault
        if command in self.answers:
            self._say(self.answers[command])
        else:
            self._say("221 Bye" if command == "QUIT" else "250 Fine")
        if command == "DATA" and self.answers["DATA"] == WELL["DATA"]:
            self._take()
        if command == "QUIT":
            raise _Over

    def _take(self) -> None:
        lines = []
        while (line := self.rfile.readline()) not in (b".\r\n", b""):
            lines.append(line.removeprefix(b"."))
        self.server.closing.wait(self.server.seconds_a_mail)
        if self.answers["END"] in (WELL["END"], CUT, HANG):
            self.server.taken.append(message_from_bytes(b"".join(lines), policy=policy.default))
        self._say(self.answers["END"])

    def _say(self, answer: str) -> None:
        if answer == HANG:
            self.server.closing.wait()
        if answer in (HANG, CUT):
            raise _Over
        self.wfile.write(f"{answer}\r\n".encode())
