"""The list of dialogue events and the page of one."""

import json
import re

import pytest
from django.core.files.base import ContentFile

from exchanges.models import City, DialogueEvent, EventDocument
from findings.models import Finding
from tests.exchanges.records import event_in_arabic_only

pytestmark = pytest.mark.django_db


def page_of(client, slug: str, language: str = "en") -> str:
    response = client.get(f"/{language}/events/{slug}/")
    assert response.status_code == 200
    return response.content.decode()


def text_of(markup: str) -> str:
    return " ".join(re.sub(r"<[^>]+>", " ", markup).split())


def structured_data(page: str) -> dict:
    return json.loads(re.search(r"ld\+json\">(.*?)</script>", page, re.DOTALL).group(1))


def test_events_are_listed_newest_first_with_those_of_unknown_day_last_in_their_year(client):
    page = client.get("/en/events/").content.decode()
    listed = re.findall(r'class="h4"><a href="/en/events/([\w-]+)/"', page)
    assert listed == [
        "tdi-2024-cape-town", "tdi-2024-columbus", "tdi-2024-stockholm", "tdi-2024-strasbourg",
        "tdi-2024-bratislava", "tdi-2024-washington", "tdi-2023-new-york", "tdi-2023-berlin-june",
        "tdi-2023-oslo", "tdi-2023-london", "tdi-2023-berlin-second", "tdi-2023-washington",
        "tdi-2022-denver", "tdi-2022-the-hague", "tdi-2022-bratislava", "tdi-2022-helsinki",
        "tdi-2022-new-york", "tdi-2021-brussels",
    ]  # fmt: skip
    assert re.findall(r'class="year" id="h-(\d+)"', page) == ["2024", "2023", "2022", "2021"]


@pytest.mark.parametrize(
    ("slug", "precision", "shown"),
    [
        ("tdi-2023-london", "day", "29 March 2023"),
        ("tdi-2023-berlin-june", "day", "15–16 June 2023"),
        ("tdi-2023-oslo", "month", "May 2023"),
        ("tdi-2023-washington", "year", "2023"),
    ],
)
def test_a_date_is_shown_at_its_precision(client, slug, precision, shown):
    page = client.get("/en/events/").content.decode()
    rows = re.findall(r'<li data-precision="(\w+)">(.*?)</li>', page, re.DOTALL)
    row = next((row for row in rows if f"/events/{slug}/" in row[1]), None)
    assert row[0] == precision
    assert text_of(re.search(r"<time.*?</time>", row[1]).group()) == shown
    assert shown in text_of(page_of(client, slug))


def test_the_number_of_cities_counts_hosts_once_and_is_left_out_without_a_guest(client):
    page = client.get("/en/events/").content.decode()
    rows = re.findall(r"<li data-precision.*?</li>", page, re.DOTALL)
    counts = {
        re.search(r"/events/([\w-]+)/", row).group(1): re.search(r"(\d+) cit(?:y|ies) named", row)
        for row in rows
    }
    assert counts["tdi-2023-london"].group(1) == "14"
    assert counts["tdi-2023-oslo"].group(1) == "19"
    assert counts["tdi-2024-columbus"] is None


@pytest.mark.parametrize(
    ("slug", "said"),
    [
        ("tdi-2023-oslo", "The day is not known: the source gives only the month."),
        ("tdi-2023-washington", "Day and month are not known: the source gives only the year."),
        ("tdi-2023-washington", "This event is not confirmed. Known by name only."),
        ("tdi-2023-berlin-second", "This event is not confirmed. Doubtful"),
    ],
)
def test_what_is_not_known_is_said_at_the_top(client, slug, said):
    assert said in text_of(page_of(client, slug))


def test_a_confirmed_event_with_known_days_has_no_notice(client):
    page = page_of(client, "tdi-2023-london")
    assert "not confirmed" not in page
    assert "not known" not in page
    assert 'class="notice' not in page


def test_cities_that_took_part_stand_by_continent_with_lines_to_the_host(client):
    page = page_of(client, "tdi-2023-oslo")
    assert "Europe 13" in text_of(page)
    assert "North America 6" in text_of(page)
    figure = re.search(r"<figure.*?</figure>", page, re.DOTALL).group()
    assert figure.count('class="arc"') == 18


def test_an_event_of_which_only_the_host_is_named_lists_no_cities(client):
    assert "Cities that took part" not in page_of(client, "tdi-2024-columbus")


def test_partners_stand_by_their_roles(client):
    partnerships = DialogueEvent.objects.get(slug="tdi-2023-berlin-june").partnerships.all()
    page = text_of(page_of(client, "tdi-2023-berlin-june"))
    roles = {"host": "Hosted by", "partner": "Partners", "supporter": "Supported by"}
    assert {role for role, label in roles.items() if label in page} == {
        each.role for each in partnerships
    }


def test_a_finding_is_shown_with_the_basis_on_which_it_is_tied_to_the_event(client):
    page = page_of(client, "tdi-2023-oslo")
    assert re.findall(r'href="(/en/findings/2023/\d+/)"', page) == [
        "/en/findings/2023/3/",
        "/en/findings/2023/4/",
    ]
    assert page.count("Inferred by the editors from the theme of the event") == 2


def test_an_unpublished_finding_is_not_shown(client):
    Finding.objects.filter(edition__year=2023, number=3).update(is_published=False)
    assert "/en/findings/2023/3/" not in page_of(client, "tdi-2023-oslo")


def test_an_unpublished_event_answers_404_and_is_linked_nowhere(client):
    DialogueEvent.objects.filter(slug="tdi-2023-oslo").update(is_published=False)
    for path in ("/en/events/tdi-2023-oslo/", "/en/events/tdi-2023-oslo/event.ics"):
        assert client.get(path).status_code == 404
    for path in ("/en/events/", "/en/cities/oslo/", "/en/findings/2023/3/", "/en/", "/sitemap.xml"):
        assert "tdi-2023-oslo" not in client.get(path).content.decode(), path


def test_an_unpublished_host_is_not_named(client):
    City.objects.filter(slug="oslo").update(is_published=False)
    page = page_of(client, "tdi-2023-oslo")
    assert "Oslo, Norway" not in text_of(page)
    assert "Cities that took part" in page


def test_an_event_in_one_language_is_shown_in_it_marked_and_labelled(client):
    event_in_arabic_only("tdi-2023-oslo")
    page = page_of(client, "tdi-2023-oslo")
    assert re.search(r'<h1 class="h1-s"><span lang="ar" dir="rtl">', page)
    assert "Arabic only" in text_of(page)
    assert structured_data(page)["inLanguage"] == "ar"


def test_a_document_is_a_link_with_its_language(client, settings, tmp_path):
    settings.MEDIA_ROOT = tmp_path
    event = DialogueEvent.objects.get(slug="tdi-2023-oslo")
    document = EventDocument(event=event, title_en="Programme", language="en")
    document.file.save("programme.pdf", ContentFile(b"%PDF-1.4\n%%EOF\n", "programme.pdf"))
    page = page_of(client, "tdi-2023-oslo")
    assert "Documents" in page
    assert document.file.url in page


def test_structured_data_says_only_what_is_known(client):
    data = structured_data(page_of(client, "tdi-2023-oslo"))
    assert (data["@type"], data["startDate"]) == ("Event", "2023-05")
    assert "endDate" not in data
    assert data["location"] == [
        {
            "@type": "Place",
            "name": "Oslo",
            "address": {
                "@type": "PostalAddress",
                "addressLocality": "Oslo",
                "addressCountry": "NO",
            },
        }
    ]
    assert structured_data(page_of(client, "tdi-2023-berlin-june"))["endDate"] == "2023-06-16"


def test_the_note_of_the_curators_is_not_on_the_page(client):
    DialogueEvent.objects.filter(slug="tdi-2023-oslo").update(curator_note="only for staff")
    assert "only for staff" not in page_of(client, "tdi-2023-oslo")


def test_what_a_curator_typed_cannot_become_markup(client):
    DialogueEvent.objects.filter(slug="tdi-2023-oslo").update(
        title_en='</title><script>x("', summary_en="</script><script>y", venue_en="<i>"
    )
    page = page_of(client, "tdi-2023-oslo")
    assert "<script>x" not in page
    assert "<script>y" not in page
    assert structured_data(page)["name"] == '</title><script>x("'
