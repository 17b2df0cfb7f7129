"""The bench's practices in the portal's record format, from a corpus generator that is at hand.

`python -m tests.bench.corpus GENERATOR SIZE` writes them to standard output. The generator is a
program that answers `docs N`, `facets` and `queries`; what it does not say of a practice and the
pages show (cost, evidence, target groups, sizes of cities) is dealt out by number.
"""

import json
import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from itertools import cycle
from pathlib import Path

YEAR = 2023
TITLE_LENGTH, SUMMARY_LENGTH = 90, 200
REGIONS = {
    "nordic": "no se dk fi is",
    "western": "de gb fr nl be ie at ch",
    "southern": "es pt it gr cy mt",
    "united-states": "us",
    "canada": "ca",
    "elsewhere": "mx",
}
POPULATIONS = (31_000, 84_000, 120_000, 245_000, 410_000, 760_000, 1_300_000, 3_700_000)
COSTS = ("low", "medium", "high", None)
EVIDENCE = ("none-found", "limited", "limited", "moderate", "strong")
TARGET_GROUPS = {
    "young-people": ("Young people", "الشباب"),
    "families": ("Families", "الأسر"),
    "schools": ("Schools", "المدارس"),
    "police": ("Police", "الشرطة"),
    "city-staff": ("City staff", "موظفو المدينة"),
    "newcomers": ("Newcomers", "القادمون الجدد"),
    "faith-groups": ("Faith groups", "الجماعات الدينية"),
    "neighbourhoods": ("Neighbourhoods", "الأحياء"),
    "victims": ("Victims", "الضحايا"),
    "general-public": ("General public", "عامة الناس"),
}


def main(generator: str, size: str) -> None:
    for record in records(Path(generator), int(size)):
        sys.stdout.write(json.dumps(record, ensure_ascii=False, separators=(",", ":")) + "\n")


def records(generator: Path, size: int) -> Iterator[dict]:
    """The lines of the corpus, what practices mention first."""
    facets = json.loads(asked(generator, "facets"))
    yield from _mentioned_by_practices(facets)
    slugs = {city["id"]: city["slug"] for city in facets["cities"]}
    with _lines(generator, "docs", str(size)) as lines:
        for line in lines:
            yield practice(json.loads(line), slugs)


def queries(generator: Path) -> list[tuple[str, str]]:
    """Language and words of the searches that go with the corpus."""
    return [tuple(line.split("\t")) for line in asked(generator, "queries").splitlines()]


def asked(generator: Path, *question: str) -> str:
    """All that the generator answers."""
    with _lines(generator, *question) as lines:
        return lines.read()


@contextmanager
def _lines(generator: Path, *question: str):
    with subprocess.Popen(
        [sys.executable, generator, *question], stdout=subprocess.PIPE, text=True, encoding="utf-8"
    ) as process:
        yield process.stdout
    if process.returncode:
        raise RuntimeError(f"{generator} {' '.join(question)} ended with {process.returncode}")


def _mentioned_by_practices(facets: dict) -> Iterator[dict]:
    regions = {code: region for region, codes in REGIONS.items() for code in codes.split()}
    for country in facets["countries"]:
        region = regions.get(country["code"], "central-eastern")
        yield _named("country", country, code=country["code"].upper(), region=region)
    for theme in facets["themes"]:
        yield _named("theme", theme, slug=theme["slug"])
    for slug, (english, arabic) in TARGET_GROUPS.items():
        yield _named("target_group", {"en": english, "ar": arabic}, slug=slug)
    for city, population in zip(facets["cities"], cycle(POPULATIONS), strict=False):
        country = city["country"].upper()
        yield _named("city", city, slug=city["slug"], country=country, population=population)
    title = {"en": f"Findings of {YEAR}", "ar": f"نتائج عام {YEAR}"}
    yield {"kind": "edition", "year": YEAR, "title": title, "is_complete": True}
    for finding in facets["findings"]:
        texts = {"en": finding["en"], "ar": finding["ar"]}
        yield {"kind": "finding", "edition": YEAR, "number": finding["id"], "title": texts}


def _named(kind: str, texts: dict, **columns) -> dict:
    return {"kind": kind, **columns, "name": {"en": texts["en"], "ar": texts["ar"]}}


def practice(row: dict, city_slugs: dict[int, str]) -> dict:
    """A practice of the corpus as a line of the record format, no word of it left out."""
    number = row["id"]
    groups = list(TARGET_GROUPS)
    versions = {code: _parts(row[code]) for code in ("en", "ar")}
    return {
        "slug": row["slug"],
        "city": city_slugs[row["city"]],
        "main_theme": row["themes"][number % len(row["themes"])],
        "themes": row["themes"],
        "findings": [f"{YEAR}-{row['finding']}"],
        "target_groups": sorted({groups[number % 10], groups[number // 10 % 10]}),
        "starts": row["date"][:7],
        "published_at": f"{row['date']}T12:00:00Z",
        "cost_band": COSTS[number % len(COSTS)],
        "evidence": EVIDENCE[number % len(EVIDENCE)],
        "original_language": ("en", "ar")[number % 2],
        **{part: {code: versions[code][part] for code in versions} for part in versions["en"]},
    }


def _parts(text: dict) -> dict[str, str]:
    """Title, summary and body as the parts of a page; what is too long goes on in the next."""
    title, rest = _cut(text["title"], TITLE_LENGTH)
    summary, rest = _cut(f"{rest} {text['summary']}".strip(), SUMMARY_LENGTH)
    problem, approach, *others = [*text["body"].split("\n\n"), ""]
    return {
        "title": title,
        "summary": summary,
        "problem": f"{rest} {problem}".strip(),
        "approach": approach,
        "steps": "\n".join(others).strip(),
    }


def _cut(text: str, length: int) -> tuple[str, str]:
    """`text` in two at a space, the first part no longer than `length`."""
    if len(text) <= length:
        return text, ""
    first, _space, _half_word = text[: length + 1].rpartition(" ")
    return first, text[len(first) :].strip()


if __name__ == "__main__":
    main(*sys.argv[1:3])
