"""Archives from outside: bounded before anything is unpacked, and written anew."""

import io
import re
import struct
import zipfile
import zlib
from dataclasses import dataclass

from portal.common.filefaults import FileFault

# A report with a hundred charts has some 500 parts. Each costs its name only; sizes bound the rest.
MAX_PARTS = 1000
MAX_UNPACKED_BYTES = 50 * 1024 * 1024
MAX_RATIO = 100
# Small parts of equal lines are packed more tightly than that by honest programs.
RATIO_MATTERS_FROM = 1024 * 1024
# Of the directory: more than any honest one takes a part.
DIRECTORY_BYTES_A_PART = 500
ENCRYPTED = 0x1
METHODS = {zipfile.ZIP_STORED, zipfile.ZIP_DEFLATED}
LONG_AGO = (1980, 1, 1, 0, 0, 0)
_END_RECORD = struct.Struct("<4s4H2LH")
_NAME = re.compile(r"(?!/)[^\x00-\x1f\x7f\\:]+")
ARCHIVE_ERRORS = (
    EOFError,
    NotImplementedError,
    OSError,
    RuntimeError,
    UnicodeDecodeError,
    ValueError,
    struct.error,
    zipfile.BadZipFile,
    zlib.error,
)


@dataclass
class Budget:
    """What may still be unpacked from one file, archives within it included."""

    parts: int = MAX_PARTS
    size: int = MAX_UNPACKED_BYTES

    def take(self, infos: list[zipfile.ZipInfo]) -> None:
        """Count what an archive says that it holds; FileFault "unpacks" for too much."""
        self.parts -= len(infos)
        self.size -= sum(info.file_size for info in infos)
        if self.parts < 0 or self.size < 0 or any(map(_is_packed_too_tightly, infos)):
            raise FileFault("unpacks")


class Archive:
    """The parts of a ZIP archive by name, in their order.

    Raises FileFault: "unpacks" before anything is unpacked that is too much for `budget`;
    "damaged" for an archive that no honest program writes: bytes before or behind it, names that
    leave its folder or stand twice, other ways of packing, encryption.
    """

    def __init__(self, content: bytes, budget: Budget):
        _check_end(content, budget)
        try:
            self._file = zipfile.ZipFile(io.BytesIO(content))
        except ARCHIVE_ERRORS:
            raise FileFault("damaged")
        infos = [info for info in self._file.infolist() if not info.filename.endswith("/")]
        budget.take(infos)
        if min((info.header_offset for info in infos), default=1) != 0:
            raise FileFault("damaged")
        self._infos: dict[str, zipfile.ZipInfo] = {}
        for info in infos:
            # Office takes names that differ in case only for one name.
            if not _is_honest(info) or info.filename.lower() in self._infos:
                raise FileFault("damaged")
            self._infos[info.filename.lower()] = info

    @property
    def names(self) -> list[str]:
        """The names of all parts in lower case."""
        return list(self._infos)

    def read(self, name: str) -> bytes:
        """What a part holds; FileFault "damaged" where it is not what the directory says."""
        info = self._infos[name]
        try:
            with self._file.open(info) as part:
                # Without a number, the whole stream would be unpacked before it is cut.
                content = part.read(info.file_size)
        except ARCHIVE_ERRORS:
            raise FileFault("damaged")
        if len(content) != info.file_size:
            raise FileFault("damaged")
        return content

    def with_parts(self, parts: dict[str, bytes]) -> bytes:
        """A new archive of `parts`, each named and packed as it was, and nothing else."""
        stream = io.BytesIO()
        with zipfile.ZipFile(stream, "w") as written:
            for name, content in parts.items():
                info = zipfile.ZipInfo(self._infos[name].filename, LONG_AGO)
                info.compress_type = self._infos[name].compress_type
                written.writestr(info, content)
        return stream.getvalue()


def _check_end(content: bytes, budget: Budget) -> None:
    """The directory must end the file and be short: zipfile would read any number of entries."""
    if len(content) < _END_RECORD.size:
        raise FileFault("damaged")
    mark, *_disks, entries, size, offset, comment = _END_RECORD.unpack(content[-_END_RECORD.size :])
    if mark != b"PK\5\6" or comment or offset + size != len(content) - _END_RECORD.size:
        raise FileFault("damaged")
    if entries > budget.parts or size > budget.parts * DIRECTORY_BYTES_A_PART:
        raise FileFault("unpacks")


def _is_packed_too_tightly(info: zipfile.ZipInfo) -> bool:
    return info.file_size > max(RATIO_MATTERS_FROM, MAX_RATIO * info.compress_size)


def _is_honest(info: zipfile.ZipInfo) -> bool:
    return (
        info.filename == info.orig_filename
        and _NAME.fullmatch(info.filename) is not None
        and ".." not in info.filename.split("/")
        and info.compress_type in METHODS
        and not info.flag_bits & ENCRYPTED
    )
