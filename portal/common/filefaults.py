"""What can be wrong with a file that somebody sends, and how it is said."""

from django.core.exceptions import ValidationError
from django.utils.translation import gettext_lazy as _

# By code. Each text names the file and says what to do about it.
TEXTS = {
    "empty": _("“%(file)s” is empty."),
    "size": _("“%(file)s” has %(size)s. A file may have at most %(limit)s."),
    "kind": _(
        "“%(file)s” is not one of these: %(kinds)s. Save it as one of them and send it again."
    ),
    "claims": _(
        "“%(file)s” is a %(kind)s file by its content, but is called something else. "
        "Give it the ending %(ending)s and send it again."
    ),
    "damaged": _(
        "“%(file)s” is damaged or holds more than a %(kind)s file. Save it anew and send it again."
    ),
    "pixels": _("“%(file)s” has more than %(limit)s million pixels. Make it smaller first."),
    "unpacks": _(
        "“%(file)s” is too large once it is unpacked: at most %(limit)s and %(parts)s parts. "
        "Shorten it, or send it as PDF."
    ),
    "active": _(
        "“%(file)s” holds a program (such as macros or scripts) or another file inside it. "
        "Save it without these, or as a new PDF, and send that."
    ),
    "locked": _(
        "“%(file)s” has a password or an old format such as DOC or XLS. "
        "Save it as DOCX, XLSX or PDF without a password and send it again."
    ),
    "virus": _(
        "“%(file)s” looks like a test file for virus scanners and is not taken. Send another file."
    ),
}


class FileFault(Exception):
    """A file that cannot be taken. `code` is a key of TEXTS; `params` fill the text."""

    def __init__(self, code: str, **params: str):
        super().__init__(code)
        self.code = code
        self.params = params

    def said_of(self, file_name: str, **params: str) -> ValidationError:
        """The fault as a form shows it, in the active language. `params` fill what is left."""
        text = str(TEXTS[self.code])
        return ValidationError(
            text, code=self.code, params={**params, **self.params, "file": file_name}
        )
