"""What the portal's own logs leave out, and how they are written."""

import logging
import re

# What ends or overwrites a line.
_BREAKS = re.compile("[\x00-\x08\x0a-\x1f\x7f-\x9f\u2028\u2029]")
# A token of portal.accounts.invitations as a part of an address. Names in addresses have no
# capitals.
_TOKEN = re.compile(r"(?<=[/=])(?=[\w-]*[A-Z])[A-Za-z0-9_-]{43}(?![\w-])")


class WithoutTokens(logging.Filter):
    """Blank out the tokens in addresses: who reads a log must not be able to accept an invitation.

    Changes the text of records; lets every one of them pass.
    """

    def filter(self, record: logging.LogRecord) -> bool:
        text = record.getMessage()
        blanked = _TOKEN.sub("…", text)
        if blanked != text:
            record.msg, record.args = blanked, ()
        return True


class OneLine(logging.Formatter):
    """Writes each message as one line, whatever was typed into it; tracebacks follow as they are.

    So nobody can make an entry look like two.
    """

    def formatMessage(self, record: logging.LogRecord) -> str:  # noqa: N802 - logging's name
        return _BREAKS.sub(lambda found: repr(found.group())[1:-1], super().formatMessage(record))
