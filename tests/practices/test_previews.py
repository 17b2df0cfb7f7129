"""A text as the page that it would become."""

import re

import pytest
from django.urls import reverse
from django.utils.html import strip_tags

from practices import review, workflow
from practices.choices import Evidence
from practices.curation import Curation
from practices.models import Practice
from practices.preview import draft_practice
from tests.practices.submitting import (
    a_curator,
    answers_like,
    draft,
    proposed_change,
    read,
    taken_submission,
    with_files,
)

pytestmark = pytest.mark.django_db


def test_the_preview_is_the_page_that_is_published(client, official):
    begun = with_files(draft(official, answers_like(whole=True)))
    preview = read(client, reverse("submissions:preview", args=[begun.pk]))
    workflow.send(begun, by=official)
    salto = Practice.objects.get(slug="oslo-salto")
    curation = Curation(salto.main_theme, Evidence.NONE_FOUND)
    practice = review.accept(begun, curation, by=a_curator())
    published = read(client, practice.get_absolute_url())
    judged = re.search(r"<div><dt>Evidence</dt>.*?</div>", published, re.DOTALL)[0]
    assert words_of_article(preview) == words_of_article(published.replace(judged, ""))


def words_of_article(page):
    return strip_tags(re.search(r"<article.*?</article>", page, re.DOTALL)[0]).split()


def test_a_preview_of_nearly_nothing_is_a_page(client, official):
    begun = draft(official, {"title": "Mentors"})
    text = read(client, reverse("submissions:preview", args=[begun.pk]))
    assert "Mentors" in text
    assert 'id="h-themes"' not in text
    assert "?theme=undecided" not in text


def test_a_preview_is_neither_shared_nor_cited_nor_called_published(client, official):
    begun = draft(official, answers_like(whole=True))
    text = read(client, reverse("submissions:preview", args=[begun.pk]))
    for offered in ("linkedin.com", "Cite this page", "Published <time"):
        assert offered not in text


def test_a_preview_says_nothing_of_the_evidence_before_somebody_has_judged_it(client, official):
    begun = draft(official, answers_like(whole=True))
    text = read(client, reverse("submissions:preview", args=[begun.pk]))
    assert "Not judged yet" in text
    assert str(Evidence.NONE_FOUND.label) not in text


def test_what_a_curator_noted_of_the_evidence_is_in_the_preview_of_curators_only(client, official):
    taken = taken_submission(a_curator(), official)
    taken.curation = Curation(None, Evidence.STRONG).as_stored()
    taken.save()
    text = read(client, reverse("submissions:preview", args=[taken.pk]))
    assert "Not judged yet" in text
    assert draft_practice(taken).is_judged


def test_the_preview_of_a_change_shows_how_the_published_evidence_is_rated(client, official):
    change = proposed_change(by=official)
    text = read(client, reverse("submissions:preview", args=[change.pk]))
    assert "Not judged yet" not in text
    assert str(change.practice.evidence_scale.label) in text
