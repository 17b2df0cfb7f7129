"""The page of an edition: its findings and what answers each."""

import re

import pytest

from findings.models import Edition
from practices.choices import State
from practices.models import Practice
from tests.findings.records import answered_by, finding, only_in

pytestmark = pytest.mark.django_db


def counts(response) -> dict[int, int]:
    """The number of practices beside each finding that has any, by the finding's number."""
    links = re.findall(r'\?finding=\d+-(\d+)">(\d+) practices?</a>', response.text)
    return {int(number): int(count) for number, count in links}


@pytest.mark.parametrize("language", ["en", "ar"])
def test_the_findings_lead_to_the_newest_complete_edition(client, language):
    response = client.get(f"/{language}/findings/")
    assert (response.status_code, response.url) == (302, f"/{language}/findings/2023/")


def test_without_a_complete_edition_they_lead_to_the_newest(client):
    Edition.objects.update(is_complete=False)
    assert client.get("/en/findings/").url == "/en/findings/2024/"


def test_without_any_edition_there_is_no_page(client):
    Edition.objects.update(is_published=False)
    assert client.get("/en/findings/").status_code == 404


@pytest.mark.parametrize("language", ["en", "ar"])
def test_an_edition_lists_its_ten_findings_in_order(client, language):
    text = client.get(f"/{language}/findings/2023/").text
    links = re.findall(rf'<h3><a href="/{language}/findings/2023/(\d+)/">', text)
    assert links == [str(number) for number in range(1, 11)]
    for number in range(1, 11):
        assert getattr(finding(2023, number), f"title_{language}") in text


def test_each_finding_has_the_number_of_published_practices(client):
    before = counts(client.get("/en/findings/2023/"))
    assert before == {
        number: finding(2023, number).practices.published().count() for number in range(1, 11)
    }
    practice = finding(2023, 5).practices.first()
    Practice.objects.filter(pk=practice.pk).update(state=State.WITHDRAWN)
    after = counts(client.get("/en/findings/2023/"))
    assert after[5] == before[5] - 1


def test_each_number_leads_to_a_list_of_as_many_practices(client):
    for number, count in counts(client.get("/en/findings/2023/")).items():
        listed = client.get(f"/en/practices/?finding=2023-{number}")
        assert listed.context["listing"].total == count


def test_fewer_than_five_practices_are_a_gap(client):
    answered_by(finding(2023, 1), 4)
    answered_by(finding(2023, 2), 5)
    text = client.get("/en/findings/2023/").text
    items = re.findall(r'<li><span class="n".*?</li>', text, re.DOTALL)
    assert "Gap:" in items[0]
    assert "Gap:" not in items[1]


def test_a_finding_without_practices_has_no_link_to_an_empty_list(client):
    answered_by(finding(2023, 1), 0)
    response = client.get("/en/findings/2023/")
    assert "no practice yet" in response.text
    assert 1 not in counts(response)


@pytest.mark.parametrize(
    ("language", "sentence"),
    [
        ("en", "Findings 4, 5, 6, 7, 8, 9 and 10 are not recorded here yet."),
        ("ar", "لم تُسجَّل هنا بعد النتائج 4، 5، 6، 7، 8، 9 و10."),
    ],
)
def test_an_incomplete_edition_says_so_before_anything_else(client, language, sentence):
    text = client.get(f"/{language}/findings/2022/").text
    assert sentence in text
    assert text.index("<h1>") < text.index(sentence) < text.index('class="lead"')


def test_a_complete_edition_does_not(client):
    assert "notice--warn" not in client.get("/en/findings/2023/").text


def test_an_edition_names_its_dates_supporters_and_sources(client):
    edition = Edition.objects.get(year=2023)
    text = client.get("/en/findings/2023/").text
    assert 'Published <time datetime="2024-03-22">22 March 2024</time>' in text
    assert 'Updated <time datetime="2024-09-02">2 September 2024</time>' in text
    for partner in edition.supporters.all():
        assert f"<bdi>{partner.name_en}</bdi>" in text
    for source in edition.sources.all():
        assert f'href="{source.url}"' in text


def test_an_edition_leads_to_the_others_and_says_how_much_they_have(client):
    text = client.get("/en/findings/2023/").text
    nav = text[text.index('<nav class="editions"') :]
    assert re.findall(r'<a href="([^"]+)"([^>]*)>([^<]+)</a>', nav[: nav.index("</nav>")]) == [
        ("/en/findings/2022/", "", "2022, 3 of 10 recorded"),
        ("/en/findings/2023/", ' aria-current="page"', "2023"),
        ("/en/findings/2024/", "", "2024, 1 of 10 recorded"),
    ]
    assert '<a href="/en/findings/2022/" rel="prev">' in text
    assert '<a href="/en/findings/2024/" rel="next">' in text


def test_a_finding_in_one_language_is_marked_and_labelled(client):
    record = only_in("ar", 2023, 3)
    text = client.get("/en/findings/2023/").text
    assert f'<span lang="ar" dir="rtl">{record.title_ar}</span>' in text
    assert '<span class="tag">Arabic only</span>' in text


@pytest.mark.parametrize(
    "path", ["1999/", "0/", "99999999999999999999/", "2023/x/", f"{'9' * 500}/"]
)
def test_an_unknown_edition_is_not_found(client, path):
    assert client.get(f"/en/findings/{path}").status_code == 404


def test_an_unpublished_edition_is_not_found_and_nowhere_linked(client):
    Edition.objects.filter(year=2022).update(is_published=False)
    assert client.get("/en/findings/2022/").status_code == 404
    assert client.get("/en/findings/2022/1/").status_code == 404
    assert "/findings/2022/" not in client.get("/en/findings/2023/").text


@pytest.mark.parametrize("language", ["en", "ar"])
@pytest.mark.parametrize("practices", [1, 3, 50])
def test_an_edition_takes_four_statements(client, django_assert_num_queries, language, practices):
    answered_by(finding(2023, 1), practices)
    with django_assert_num_queries(4):
        client.get(f"/{language}/findings/2023/")


def test_the_curators_note_is_not_shown(client):
    Edition.objects.filter(year=2023).update(curator_note="not for readers")
    assert "not for readers" not in client.get("/en/findings/2023/").text
