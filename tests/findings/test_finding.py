"""The page of a finding: what was said, where, and what answers it."""

import json
import re

import pytest

from exchanges.models import DialogueEvent
from findings.models import Finding
from findings.views import PRACTICES_SHOWN
from practices.choices import State
from tests.findings.records import answered_by, finding, only_in

pytestmark = pytest.mark.django_db


def cards(response) -> list[int]:
    """Primary keys of the practices on the page, in their order."""
    links = re.findall(r'<h3[^>]*><a href="/(?:en|ar)/practices/(\d+)-', response.text)
    return [int(link) for link in links]


@pytest.mark.parametrize("language", ["en", "ar"])
def test_a_finding_shows_its_number_title_and_summary(client, language):
    record = finding(2023, 3)
    text = client.get(f"/{language}/findings/2023/3/").text
    assert '<b aria-hidden="true">3</b>' in text
    assert f"<bdi>{getattr(record, f'title_{language}')}</bdi></h1>" in text
    assert getattr(record, f"summary_{language}") in text


def test_the_practices_that_answer_it_are_shown_newest_first(client):
    record = finding(2023, 6)
    response = client.get("/en/findings/2023/6/")
    newest = record.practices.published().newest_first().values_list("pk", flat=True)
    assert cards(response) == list(newest[:PRACTICES_SHOWN])
    assert f'<a href="/en/practices/?finding=2023-6">All {record.practices.count()}</a>' in (
        response.text
    )


def test_a_practice_that_is_not_public_is_not_shown(client):
    practice = finding(2023, 3).practices.first()
    practice.state = State.UNLISTED
    practice.save()
    response = client.get("/en/findings/2023/3/")
    assert practice.pk not in cards(response)
    assert practice.title_en not in response.text


@pytest.mark.parametrize(
    ("number", "sentence"),
    [
        (0, "No practice in the exchange is linked to this finding yet."),
        (1, "Only 1 practice in the exchange answers this finding."),
        (4, "Only 4 practices in the exchange answer this finding."),
    ],
)
def test_a_gap_is_said(client, number, sentence):
    answered_by(finding(2023, 3), number)
    text = client.get("/en/findings/2023/3/").text
    assert "This is a gap." in text
    assert sentence in text


def test_five_practices_are_no_gap(client):
    answered_by(finding(2023, 3), 5)
    assert "This is a gap." not in client.get("/en/findings/2023/3/").text


@pytest.mark.parametrize(
    ("language", "sentence"),
    [
        ("en", "Only the beginning of this finding is recorded."),
        ("ar", "لم يُسجَّل من هذه النتيجة إلا بدايتها."),
    ],
)
def test_a_partial_finding_says_so_before_its_text(client, language, sentence):
    record = finding(2022, 3)
    text = client.get(f"/{language}/findings/2022/3/").text
    summary = getattr(record, f"summary_{language}")
    assert text.index("<h1>") < text.index(sentence) < text.rindex(summary)
    assert sentence not in client.get(f"/{language}/findings/2023/3/").text


def test_where_it_was_discussed_and_on_what_basis(client):
    event = DialogueEvent.objects.get(slug="tdi-2023-oslo")
    text = client.get("/en/findings/2023/3/").text
    panel = text[text.index('id="h-discussed"') :]
    panel = panel[: panel.index("</section>")]
    assert "<bdi>Oslo</bdi>" in panel
    assert '<time datetime="2023-05">May 2023</time>' in panel
    assert f'<a href="/en/events/tdi-2023-oslo/"><bdi>{event.title_en}</bdi></a>' in panel
    assert "Inferred by the editors from the theme of the event" in panel


def test_an_event_that_is_not_public_is_not_named(client):
    DialogueEvent.objects.filter(slug="tdi-2023-oslo").update(is_published=False)
    text = client.get("/en/findings/2023/3/").text
    assert "tdi-2023-oslo" not in text
    assert 'id="h-discussed"' not in text


def test_themes_lead_to_the_practices_of_the_theme(client):
    assert '<a href="/en/practices/?theme=crisis-preparedness">' in (
        client.get("/en/findings/2023/3/").text
    )


def test_a_recommendation_is_shown_when_there_is_one(client):
    assert "Recommendation" not in client.get("/en/findings/2023/3/").text
    record = finding(2023, 3)
    record.recommendation_en = "Give the mayor a place in the command centre."
    record.save()
    text = client.get("/en/findings/2023/3/").text
    assert "Give the mayor a place in the command centre." in text


def test_neighbours_are_linked_and_the_first_has_none_before_it(client):
    middle = client.get("/en/findings/2023/3/").text
    assert '<a href="/en/findings/2023/2/" rel="prev">' in middle
    assert '<a href="/en/findings/2023/4/" rel="next">' in middle
    assert 'rel="prev"' not in client.get("/en/findings/2023/1/").text
    assert 'rel="next"' not in client.get("/en/findings/2023/10/").text


def test_a_finding_in_one_language_is_marked_and_labelled(client):
    record = only_in("ar", 2023, 3)
    text = client.get("/en/findings/2023/3/").text
    assert f'<span lang="ar" dir="rtl">{record.title_ar}</span></h1>' in text
    assert f'<p lang="ar" dir="rtl">{record.summary_ar}</p>' in text
    assert '<span class="tag">Arabic only</span>' in text
    assert "Arabic only" not in client.get("/en/findings/2023/4/").text


@pytest.mark.parametrize("path", ["2023/11/", "2023/0/", "1999/1/", f"2023/{'9' * 30}/", "2022/4/"])
def test_an_unknown_finding_is_not_found(client, path):
    assert client.get(f"/ar/findings/{path}").status_code == 404


def test_an_unpublished_finding_is_not_found_and_its_neighbours_pass_over_it(client):
    Finding.objects.filter(edition__year=2023, number=4).update(is_published=False)
    assert client.get("/en/findings/2023/4/").status_code == 404
    assert '<a href="/en/findings/2023/5/" rel="next">' in client.get("/en/findings/2023/3/").text


def test_it_is_described_to_search_engines(client):
    text = client.get("/ar/findings/2023/3/").text
    data = json.loads(re.search(r'<script type="application/ld\+json">(.*?)</script>', text)[1])
    record = finding(2023, 3)
    assert data["@type"] == "Article"
    assert data["headline"] == record.title_ar
    assert data["inLanguage"] == "ar"
    assert data["url"] == "http://testserver/ar/findings/2023/3/"
    assert (data["datePublished"], data["dateModified"]) == ("2024-03-22", "2024-09-02")


def test_nothing_in_a_title_ends_the_element_with_the_description(client):
    record = finding(2023, 3)
    record.title_en = '</script><script>alert("x")</script>'
    record.save()
    text = client.get("/en/findings/2023/3/").text
    assert "</script><script>alert" not in text


@pytest.mark.parametrize("language", ["en", "ar"])
@pytest.mark.parametrize("practices", [1, 3, 50])
def test_a_finding_takes_eight_statements(client, django_assert_num_queries, language, practices):
    answered_by(finding(2023, 3), practices)
    with django_assert_num_queries(8):
        client.get(f"/{language}/findings/2023/3/")


def test_a_signed_in_reader_costs_two_statements_more(
    client, django_assert_num_queries, django_user_model
):
    client.force_login(django_user_model.objects.create_user("reader@example.org", name="Reader"))
    with django_assert_num_queries(10):
        client.get("/en/findings/2023/3/")
