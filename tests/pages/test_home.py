"""The home page: what there is to find."""

import json
import re

import pytest

from exchanges.models import City, DialogueEvent
from findings.models import Edition, Finding
from practices.models import Practice
from tests.exchanges.records import publish_only_cities, publish_only_events
from tests.findings.records import answered_by, finding
from tests.practices.records import only_in, publish_only

pytestmark = pytest.mark.django_db


def section(text: str, heading: str) -> str:
    """The part of the page that the heading with this id names."""
    part = text[text.index(f'aria-labelledby="{heading}"') :]
    return part[: part.index("</section>")]


def numbers(text: str) -> dict[str, str]:
    found = re.findall(r"<dt>([^<]+)</dt><dd>([^<]+)</dd>", section(text, "h-numbers"))
    return dict(found)


def test_the_search_box_leads_to_the_search_of_everything(client):
    text = client.get("/en/").text
    form = text[text.index("<form") : text.index("</form>")]
    assert 'action="/en/search/"' in form
    assert 'name="q"' in form


@pytest.mark.parametrize("language", ["en", "ar"])
def test_what_is_often_sought_finds_practices(client, language):
    text = client.get(f"/{language}/").text
    tries = text[text.index('class="tries') :]
    links = re.findall(r'<a href="([^"]+)">', tries[: tries.index("</p>")])
    assert len(links) == 3
    for link in links:
        (practices, *_others) = client.get(link).context["groups"]
        assert practices.kind == "practice"
        assert practices.total >= 2


@pytest.mark.parametrize("language", ["en", "ar"])
def test_the_example_in_the_box_finds_something(client, language):
    text = client.get(f"/{language}/").text
    example = re.search(r'placeholder="[^:]+: ([^"]+)"', text)[1]
    assert client.get(f"/{language}/search/", {"q": example}).context["groups"]


@pytest.mark.parametrize("language", ["en", "ar"])
def test_the_ten_findings_of_the_newest_complete_edition(client, language):
    text = client.get(f"/{language}/").text
    links = re.findall(rf'<h3><a href="(/{language}/findings/[^"]+)">', text)
    assert links == [f"/{language}/findings/2023/{number}/" for number in range(1, 11)]


def test_findings_have_counts_and_gaps(client):
    answered_by(finding(2023, 1), 4)
    answered_by(finding(2023, 2), 1)
    part = section(client.get("/en/").text, "h-findings")
    items = re.findall(r'<li><span class="n".*?</li>', part, re.DOTALL)
    assert "Gap:" in items[0]
    assert '<a href="/en/practices/?finding=2023-1">4 practices</a>' in items[0]
    assert '<a href="/en/practices/?finding=2023-2">1 practice</a>' in items[1]


def test_every_edition_is_linked_and_the_shown_one_is_marked(client):
    text = client.get("/en/").text
    nav = text[text.index('<nav class="editions"') :]
    assert re.findall(r'<a href="([^"]+)"([^>]*)>', nav[: nav.index("</nav>")]) == [
        ("/en/findings/2022/", ""),
        ("/en/findings/2023/", ' aria-current="true"'),
        ("/en/findings/2024/", ""),
    ]


def test_every_host_of_an_event_stands_beside_the_map_with_its_events(client):
    part = section(client.get("/en/").text, "h-map")
    table = part[part.index("<table") :]
    rows = re.findall(r'<tr><th scope="row"><a href="/en/cities/([^/]+)/">.*?</tr>', table)
    hosts = City.objects.filter(hosted_events__isnull=False).distinct()
    assert sorted(rows) == sorted(hosts.values_list("slug", flat=True))
    events = set(re.findall(r'href="/en/events/([^/]+)/"', table))
    assert events == set(DialogueEvent.objects.values_list("slug", flat=True))


def test_every_city_is_a_link_on_the_map_or_named_beside_it(client):
    part = section(client.get("/ar/").text, "h-map")
    figure = part[part.index("<figure") : part.index("</figure>")]
    slugs = re.findall(r'href="/ar/cities/([^/]+)/"', figure)
    assert sorted(slugs) == sorted(City.objects.values_list("slug", flat=True))
    assert slugs[-1] == "cape-town"


def test_the_four_newest_practices_are_shown(client):
    part = section(client.get("/en/").text, "h-recent")
    shown = re.findall(r'<h3[^>]*><a href="/en/practices/(\d+)-', part)
    newest = Practice.objects.published().newest_first().values_list("pk", flat=True)[:4]
    assert [int(pk) for pk in shown] == list(newest)
    assert "All 49 practices" in part


@pytest.mark.parametrize(
    ("language", "practices"),
    [
        ("en", "practices, all in English and Arabic"),
        ("ar", "ممارسة، كلها باللغتين: الإنجليزية والعربية"),
    ],
)
def test_the_numbers_are_counted(client, language, practices):
    counted = numbers(client.get(f"/{language}/").text)
    assert counted.pop(practices) == str(Practice.objects.published().count())
    assert list(counted.values()) == [
        str(City.objects.published().count()),
        str(City.objects.published().values("country").distinct().count()),
        str(DialogueEvent.objects.published().count()),
        str(Finding.objects.published().count()),
    ]


def test_a_practice_in_one_language_is_not_counted_as_in_both(client):
    only_in("en", "london-shared-endeavour-fund")
    counted = numbers(client.get("/en/").text)
    assert counted["practices, 48 of them in English and Arabic"] == "49"


def test_it_tells_search_engines_where_to_search(client):
    text = client.get("/ar/").text
    data = json.loads(re.search(r'<script type="application/ld\+json">(.*?)</script>', text)[1])
    assert (data["@type"], data["url"]) == ("WebSite", "http://testserver/ar/")
    assert data["potentialAction"]["target"] == "http://testserver/ar/search/?q={query}"


def test_an_empty_portal_has_a_home_page(client):
    Practice.objects.update(state="unlisted")
    Edition.objects.update(is_published=False)
    DialogueEvent.objects.update(is_published=False)
    City.objects.update(is_published=False)
    response = client.get("/ar/")
    assert response.status_code == 200
    assert "<dd>" not in response.text


@pytest.mark.parametrize("language", ["en", "ar"])
@pytest.mark.parametrize("rows", [1, 3, 50])
def test_home_takes_eight_statements(client, django_assert_num_queries, language, rows):
    publish_only(rows)
    publish_only_cities(rows)
    publish_only_events(rows)
    with django_assert_num_queries(8):
        client.get(f"/{language}/")


def test_a_signed_in_reader_costs_two_statements_more(
    client, django_assert_num_queries, django_user_model
):
    client.force_login(django_user_model.objects.create_user("reader@example.org", name="Reader"))
    with django_assert_num_queries(10):
        client.get("/en/")
