"""Whatever is asked, an answer comes at once and never an error."""

import os
import random
from time import process_time

import pytest

from portal import search
from portal.search.models import Word
from practices.models import Practice
from tests.search.asking import KINDS, find, suggest

pytestmark = pytest.mark.django_db

QUERIES = 10_000 if os.environ.get("FULL") else 500
SECONDS = 1.0

FRAGMENTS = [
    *('"', "'", "*", "(", ")", "\\", "%", "_", "-", "--", ";", ":", "+", "[", "^", "~", "|", "$1"),
    *("C++", "AND", "OR", "NOT", "NEAR(", "NEAR/2", "t:x", "t:", "city-hall", "*:*", "a*", "-foo"),
    *(
        "\x00",
        "\ud800",
        "\udfff",
        "\ufffe",
        "\u200f",
        "\u202e",
        "\u200b",
        "\u200d",
        "\ufeff",
        "\u00ad",
    ),
    *("\u064e\u0651", "ـــ", "\u0301", "َ" * 40, "ٱ", "ﷺ", "ﻻ", "هه", "ء", "ةة"),
    *("🙂", "👩‍👩‍👧", "𝔓olice", "ｐｏｌｉｃｅ", "ß", "İ", "ŉ", "ǅ", "中文", "한국어", "ไทย", "𐤀𐤁"),
    *("2023", "٢٠٢٣", "۲۰۲۳", "²", "½", "1e9", "-1", "9" * 50, "٣" * 70, "0x0"),
    *("the", "in", "who are we", "في", "من نحن", "ال", "و", "بال", "ولل"),
    *("x" * 500, "ض" * 500, "ab" * 3000, "police-" * 300, "مدينة" * 100),
    *("'; DROP TABLE search_word; --", "%s%s%n", "{0}", "${jndi}", "<script>", "../..", "a\tb\nc"),
    *("police", "Polise", "الشرطة", "الشرظة", "mayors", "برلين", "Brlin", "مَدِينَة", "hate"),
]
CHOSEN = [
    {"country": ["de", "us"]},
    {"theme": ["youth"], "year": ["2020", "\x00"]},
    {"language": ["ar"], "nobody": ["\ud800"]},
    {"__class__": ["__dict__"]},
    {"finding": [], "city": ["'; --"]},
]


def random_query(chance, vocabulary):
    parts = chance.choices(FRAGMENTS, k=chance.choice([1, 1, 2, 3, 5, 9]))
    parts += chance.choices(vocabulary, k=chance.choice([0, 1, 2, 4, 60]))
    if chance.random() < 0.2:
        parts = [part[: chance.randrange(1, len(part) + 1)] for part in parts]
    chance.shuffle(parts)
    return chance.choice(["", " ", " ", " "]).join(parts)


def random_arguments(chance):
    arguments = {
        "limit": chance.choice([None, 0, 1, 15]),
        "offset": chance.choice([0, 0, 15, 10**6, 10**30]),
        "repair": chance.random() < 0.8,
        "match": chance.choice(["any", "any", "all"]),
    }
    if chance.random() < 0.3:
        return arguments | {"kinds": KINDS, "limit_each": chance.choice([None, 8])}
    return arguments | {
        "chosen": chance.choice([None, *CHOSEN]),
        "counts": chance.random() < 0.5,
        "order": chance.choice([None, None, "newest", "city"]),
    }


def check(query, arguments, text):
    """An answer that makes sense, and every use that a page makes of it."""
    start = process_time()
    found = find(query, **arguments)
    suggested = suggest(query, kinds=KINDS)
    pieces = search.highlight(text, found.words)
    shown = search.snippet(query, found.words) + search.snippet(text, suggested.words)
    assert process_time() - start < SECONDS, ascii(query)
    assert len(found.hits) == len(found.versions) <= found.total
    assert len(suggested.hits) <= 8
    assert "".join(piece for piece, _is_match in pieces) == text
    assert len(shown) <= 404
    assert (found.exactly == query) or found.repairs or len(query) > 4000


def test_random_queries_are_answered():
    chance = random.Random(1)
    vocabulary = list(Word.objects.order_by("text").values_list("text", flat=True))
    practices = Practice.objects.published().order_by("pk")
    texts = [
        text for row in practices.values_list("problem_en", "steps_ar") for text in row if text
    ]
    for _number in range(QUERIES):
        query = random_query(chance, vocabulary)
        check(query, random_arguments(chance), chance.choice(texts))


@pytest.mark.parametrize("query", FRAGMENTS, ids=ascii)
def test_each_hostile_word_is_answered(query):
    check(query, {"counts": True}, query)
    check(query, {"kinds": KINDS}, query * 3)


@pytest.mark.parametrize("fragment", ["C++ ", "police ", "الشرطة ", "x ", "polise", "zq ", '"'])
def test_two_thousand_times_the_same_is_answered(fragment):
    check(fragment * 2000, {"counts": True, "chosen": CHOSEN[0]}, "police")


def test_two_thousand_different_words_are_answered():
    words = list(Word.objects.order_by("text").values_list("text", flat=True))[:2000]
    assert len(words) == 2000
    check(" ".join(words), {"kinds": KINDS}, " ".join(words))
    check(" ".join(word[::-1] for word in words), {"kinds": KINDS}, " ".join(words))
