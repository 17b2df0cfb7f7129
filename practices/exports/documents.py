"""JSON, written as it is read: one practice a line."""

import json
from collections.abc import Iterable, Iterator
from datetime import datetime
from typing import Any

from practices.exports.columns import NAMES


def json_stream(
    chunks: Iterable[list[list]], *, address: str, generated: datetime
) -> Iterator[bytes]:
    """One object: when and of which list it was made, the practices, and at its end their number.

    A file that was cut off is no JSON, so nobody takes it for the whole.
    """
    head = _json({"generated": generated.isoformat(timespec="seconds"), "address": address})
    yield f'{head[:-1]}, "practices": ['.encode()
    count = 0
    for rows in chunks:
        lines = []
        for row in rows:
            lines.append(("," if count else "") + "\n" + _json(dict(zip(NAMES, row, strict=True))))
            count += 1
        yield "".join(lines).encode()
    yield f'\n], "count": {count}}}\n'.encode()


def _json(value: Any) -> str:
    return json.dumps(value, ensure_ascii=False)
