"""The figures of a bench as people read them."""

_ROW = "{:<22} {:>10} {:>11} {:>8} {:>8} {:>5} {:>11} {:>9}\n"
_MEGABYTE = 1_000_000


def table(result: dict) -> str:
    """Every kind of page, then what loading, memory and disk took."""
    lines = [
        _ROW.format("page", "times bare", "processor", "p50", "p95", "SQL", "bytes", "gzip"),
        *(_row(kind, figures) for kind, figures in result["pages"].items()),
    ]
    load, memory, disk = result["load"], result["memory"], result["disk"]
    in_all = load["reading_and_writing_ms"] + load["index_ms"]
    lines.append(
        f"load: {in_all:.2f} ms of processor a practice "
        f"({load['reading_and_writing_ms']:.2f} reading and writing, "
        f"{load['index_ms']:.2f} index), {load['seconds']:.0f} s\n"
    )
    lines.append(
        f"memory of the server: {_megabytes(memory['proportional_bytes'])} "
        f"({_megabytes(memory['resident_bytes'])} with shared pages counted in each process)\n"
    )
    found = _megabytes(disk["search_bytes"]) if disk["search_bytes"] else "not told by this SQLite"
    lines.append(f"disk: {_megabytes(disk['database_bytes'])}, search alone {found}")
    return "".join(lines)


def growth(result: dict, smaller: list[dict]) -> str:
    """How many times as much each page costs as at the smaller sizes, in multiples of the bare
    view; "" where no smaller size was measured."""
    lines = []
    for earlier in smaller:
        ratios = [
            f"{kind} {figures['times_bare'] / earlier['pages'][kind]['times_bare']:.2f}"
            for kind, figures in result["pages"].items()
            if kind in earlier["pages"] and kind != "bare"
        ]
        lines.append(f"growth from {earlier['size']:,} to {result['size']:,}: {', '.join(ratios)}")
    return "\n".join(lines)


def _row(kind: str, figures: dict[str, float]) -> str:
    return _ROW.format(
        kind,
        f"{figures['times_bare']:.1f}",
        f"{figures['processor_ms']:.2f} ms",
        f"{figures['p50_ms']:.1f}",
        f"{figures['p95_ms']:.1f}",
        figures["statements"],
        f"{figures['bytes']:,.0f}",
        f"{figures['gzip_bytes']:,.0f}",
    )


def _megabytes(count: int) -> str:
    return f"{count / _MEGABYTE:,.0f} MB"
