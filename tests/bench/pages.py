"""Which addresses the bench asks for, a kind of page each."""

import random
from itertools import product
from pathlib import Path
from urllib.parse import urlencode

from tests.bench import corpus

SEED = 7
LANGUAGES = ("en", "ar")
BARE = "bare"
LIST_PAGES = 5
# As many practices and pairs of facets are read again and again.
READ_AGAIN = 100
# Says of a kind that nobody has asked for any of its pages before.
FIRST = "first time"


def addresses(database, generator: Path, count: int) -> dict[str, list[str]]:
    """`count` addresses of each kind, those of the bare view first. The same at each call.

    Kinds by their name alone have some pages that come again and again, as what readers like and
    lists lead to does. Of a kind that is followed by FIRST each page is another one.
    """
    rng = random.Random(SEED)
    queries = corpus.queries(generator)
    lists = [
        f"/{language}/practices/" + (f"?page={page}" if page > 1 else "")
        for language, page in product(LANGUAGES, range(1, LIST_PAGES + 1))
    ]
    details = _details(database, rng, READ_AGAIN + count)
    facets = _facets(database, rng)
    kinds = {
        BARE: ["/bare/"],
        "list": lists,
        "detail": details[:READ_AGAIN],
        f"detail, {FIRST}": details[READ_AGAIN:],
        "search": [_asking(language, "practices/", q=query) for language, query in queries],
        f"search, {FIRST}": _new_questions(queries, rng, count),
        "two facets": facets[:READ_AGAIN],
        f"two facets, {FIRST}": facets[READ_AGAIN:],
        "search all": [_asking(language, "search/", q=query) for language, query in queries],
        "suggestions": [
            _asking(language, "search/suggest/", q=_half_typed(query))
            for language, query in queries
        ],
    }
    return {kind: _dealt(pages, count, rng) for kind, pages in kinds.items()}


def _new_questions(queries: list[tuple[str, str]], rng: random.Random, count: int) -> list[str]:
    """Questions of one to three words of the corpus's queries that are none of them."""
    asked, new = {query for _language, query in queries}, []
    while len(new) < count:
        language = LANGUAGES[len(new) % 2]
        words = [w for code, query in queries if code == language for w in query.split()]
        question = " ".join(rng.sample(words, len(new) // 2 % 3 + 1))
        if question not in asked or len(question.split()) == 1:
            new.append(_asking(language, "practices/", q=question, page=rng.randint(1, 3)))
    return new


def _details(database, rng: random.Random, count: int) -> list[str]:
    rows = database.rows(
        "SELECT id, slug FROM practices_practice WHERE state = 'published' ORDER BY id"
    )
    return [
        f"/{rng.choice(LANGUAGES)}/practices/{pk}-{slug}/"
        for pk, slug in rng.sample(rows, k=min(count, len(rows)))
    ]


def _facets(database, rng: random.Random) -> list[str]:
    """Every country with every theme, and every finding with every theme, in a chance order."""
    countries = [
        code.lower()
        for (code,) in database.rows("SELECT code FROM exchanges_country ORDER BY code")
    ]
    themes = [slug for (slug,) in database.rows("SELECT slug FROM exchanges_theme ORDER BY slug")]
    findings = [f"{corpus.YEAR}-{number}" for number in range(1, 11)]
    chosen = [
        *({"theme": theme, "country": country} for theme in themes for country in countries),
        *({"theme": theme, "finding": finding} for theme in themes for finding in findings),
    ]
    pages = [_asking(code, "practices/", **each) for code, each in product(LANGUAGES, chosen)]
    return rng.sample(pages, len(pages))


def _half_typed(query: str) -> str:
    """The query as somebody has typed it who is in the middle of its last word."""
    start, last = query[: query.rfind(" ") + 1], query.split()[-1]
    return start + last[: max(3, len(last) // 2)]


def _asking(language: str, path: str, **query: str) -> str:
    return f"/{language}/{path}?{urlencode(query)}"


def _dealt(pages: list[str], count: int, rng: random.Random) -> list[str]:
    """`count` of the pages in a chance order, each about as often as every other."""
    pages = rng.sample(pages, len(pages))
    return (pages * (count // len(pages) + 1))[:count]
