"""How an act says no."""

from django.utils.functional import Promise


class Refused(Exception):
    """An act that may not be done now or by this person; nothing has changed.

    `message` says why in words for that person, to be translated; `code` names the reason for
    programs. Views show the message, commands print it.
    """

    def __init__(self, message: str | Promise, *, code: str):
        super().__init__(code)
        self.message = message
        self.code = code

    def __str__(self) -> str:
        return str(self.message)
