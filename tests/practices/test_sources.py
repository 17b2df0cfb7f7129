"""Sources that people name, a line each, and what becomes of them."""

import time

import pytest
from django.utils import translation

from practices import review
from practices.acceptance import named_sources
from practices.models import Practice
from tests.practices.submitting import (
    SALTO,
    answers_like,
    draft,
    judged,
    proposed_change,
    sent_submission,
)

pytestmark = pytest.mark.django_db


def test_sources_keep_what_is_known_of_them_when_another_answer_changes(curator):
    salto = Practice.objects.get(slug=SALTO)
    source = salto.sources.first()
    source.label_en, source.label_ar = "Evaluation of 2023", "تقييم عام 2023"
    source.save()
    before = list(salto.sources.values())
    with translation.override("ar"):
        proposed = proposed_change(title="SaLTo again")
    review.accept(proposed, judged(proposed), by=curator)
    assert list(salto.sources.values()) == before


@pytest.mark.parametrize(
    ("typed", "named"),
    [
        ("Report, https://example.org/a", [("Report", "https://example.org/a")]),
        ("–\nhttps://example.org/a\n,;", [(None, "https://example.org/a")]),
        ("Only a book", [("Only a book", "")]),
        ("تقرير:https://example.org/a", [("تقرير", "https://example.org/a")]),
        ("Twice https://example.org/a\nTwice  https://example.org/a",
         [("Twice", "https://example.org/a")]),
    ],
)  # fmt: skip
def test_a_line_of_sources_is_a_label_and_an_address(typed, named):
    rows = named_sources(draft(answers=answers_like() | {"sources": typed}))
    assert [(row.label_en, row.url) for row in rows] == named


@pytest.mark.parametrize("line", ["a" + " " * 19_000 + "b", "http://x" * 2_400 + " b"])
def test_no_line_of_sources_takes_long_to_read(line):
    begun = draft(answers=answers_like() | {"sources": line})
    started = time.perf_counter()
    named_sources(begun)
    assert time.perf_counter() - started < 1


def test_an_address_without_its_scheme_leads_where_it_should(curator):
    sent = sent_submission(answers=answers_like() | {"evaluation_url": "example.org/report"})
    practice = review.accept(sent, judged(), by=curator)
    assert practice.evaluation_url == "https://example.org/report"
