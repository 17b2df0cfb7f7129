"""Who worked on a document, taken out of the XML of its parts byte by byte."""

import re
from collections.abc import Callable

from portal.common.filefaults import FileFault

# More changes and comments than any honest document has; each costs a step in Python.
MAX_MENTIONS = 100_000
_VALUE = rb"(\s*=\s*)(\"[^\"]*\"|'[^']*')"
# Writers of comments and changes, people of a collaboration server, who reserved or refreshed it.
_NAMES = re.compile(rb"(author|userId|userName|refreshedBy)" + _VALUE)
_INITIALS = re.compile(rb"(initials)" + _VALUE)
_PEOPLE = re.compile(rb"(displayName)" + _VALUE)
# "tc=" ties a comment to its thread, which names a person by number.
_AUTHORS = re.compile(rb"(author>)(?!tc=)([^<]+)")
# Where data come from, with which account.
_CONNECTIONS = re.compile(rb"(connection|command|sourceFile|odcFile|url)" + _VALUE)
# What leads to a part that is left out (template, printer), variables of a template, addresses of
# a letter's readers, and the folder on somebody's machine.
_ELEMENTS = re.compile(
    rb"<((?:\w+:)?(?:attachedTemplate|docVar|connectString|udl|printerSettings|pageSetup|absPath))"
    rb"\b[^<>]*>(?:</\1\s*>)?"
)
_PRINTER = re.compile(rb"\s\w+:id" + _VALUE)
_FOLDER = re.compile(rb"(\surl)" + _VALUE)


class Persons:
    """The persons of one document, each known by a number only: who said what stays readable."""

    def __init__(self):
        self._numbers: dict[bytes, int] = {}
        self._mentions_left = MAX_MENTIONS

    def removed_from(self, content: bytes, content_type: str) -> bytes:
        """The XML of a part with "Author 1", "Author 2" for persons, and without their places.

        Raises FileFault "unpacks" for a document that names persons beyond all measure.
        """
        content = self._replaced(_ELEMENTS, _without_places, content)
        content = self._replaced(_NAMES, self._numbered, content)
        content = self._replaced(_INITIALS, rb'\1\2""', content)
        if content_type.endswith(".person+xml"):
            content = self._replaced(_PEOPLE, self._numbered, content)
        if content_type.endswith(".connections+xml"):
            content = self._replaced(_CONNECTIONS, rb'\1\2""', content)
        if content_type.endswith(".comments+xml"):
            content = self._replaced(_AUTHORS, self._numbered_in_text, content)
        return content

    def _replaced(self, pattern: re.Pattern, by: bytes | Callable, content: bytes) -> bytes:
        content, times = pattern.subn(by, content, count=self._mentions_left)
        self._mentions_left -= times
        if self._mentions_left <= 0:
            raise FileFault("unpacks")
        return content

    def _numbered(self, found: re.Match) -> bytes:
        return found[1] + found[2] + b'"' + self._number(found[3][1:-1]) + b'"'

    def _numbered_in_text(self, found: re.Match) -> bytes:
        return found[1] + self._number(found[2])

    def _number(self, name: bytes) -> bytes:
        number = self._numbers.setdefault(name, len(self._numbers) + 1)
        return b"Author %d" % number


def _without_places(found: re.Match) -> bytes:
    element = found[1].rpartition(b":")[2]
    if element == b"pageSetup":
        return _PRINTER.sub(b"", found[0])
    return _FOLDER.sub(rb'\1\2""', found[0]) if element == b"absPath" else b""
