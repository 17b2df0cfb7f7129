"""Pages of practices are kept for readers without an account, as long as they are true."""

import pytest
from django.test import Client

from exchanges.models import City, Country, Theme
from findings.models import Edition, Finding
from portal import search
from portal.common import kept_pages
from portal.search.misses import Miss
from practices.choices import State
from practices.models import Practice, TargetGroup
from tests.practices.lists import LIST
from tests.practices.records import change

pytestmark = pytest.mark.django_db

SLUG = "london-shared-endeavour-fund"


@pytest.fixture
def practice() -> Practice:
    return Practice.objects.get(slug=SLUG)


def kept() -> int:
    return len(kept_pages._kept._values)


def shown_by(practice: Practice, model):
    """A record of this model that the page of the practice names."""
    return {
        City: lambda: practice.city,
        Country: lambda: practice.city.country,
        Edition: lambda: practice.findings.first().edition,
        Finding: lambda: practice.findings.first(),
        TargetGroup: lambda: practice.target_groups.first(),
        Theme: lambda: practice.main_theme,
    }[model]()


@pytest.mark.parametrize("language", ["en", "ar"])
def test_a_page_is_kept_and_given_again(client, practice, language):
    for path in ("", "?city=london", "?q=community", f"{practice.pk}-{practice.slug}/"):
        before = kept()
        first = client.get(f"/{language}/practices/{path}")
        assert kept() == before + 1, path
        again = client.get(f"/{language}/practices/{path}")
        assert kept() == before + 1, path
        assert (again.content, again.headers) == (first.content, first.headers)


@pytest.mark.parametrize(
    ("model", "field"),
    [(City, "name_en"), (Country, "name_en"), (TargetGroup, "name_en"), (Theme, "name_en"),
     (Finding, "title_en")],
)  # fmt: skip
def test_the_page_of_a_practice_has_a_new_name_of_what_it_shows_at_once(
    client, practice, model, field
):
    address = practice.get_absolute_url()
    record = shown_by(practice, model)
    assert "Quixotic" not in client.get(address).text
    setattr(record, field, "Quixotic")
    record.save()
    search.refresh([record])
    assert "Quixotic" in client.get(address).text


def test_the_page_of_a_practice_has_a_new_source_at_once(client, practice):
    address = practice.get_absolute_url()
    client.get(address)
    practice.sources.create(label_en="Quixotic", url="https://example.org/", position=9)
    search.refresh([practice])
    assert "Quixotic" in client.get(address).text


def test_a_finding_that_is_not_public_any_more_is_on_no_page_at_once(client, practice):
    finding = shown_by(practice, Finding)
    address, link = practice.get_absolute_url(), f'href="{finding.get_absolute_url()}"'
    assert link in client.get(address).text
    assert link in client.get(f"{LIST}?city=london").text
    edition = shown_by(practice, Edition)
    edition.is_published = False
    edition.save()
    search.refresh([edition])
    assert link not in client.get(address).text
    assert link not in client.get(f"{LIST}?city=london").text


def test_what_is_withdrawn_is_gone_at_once(client, practice):
    address = practice.get_absolute_url()
    assert client.get(address).status_code == 200
    assert address in client.get(f"{LIST}?city=london").text
    change(SLUG, state=State.WITHDRAWN)
    assert client.get(address).status_code == 410
    assert address not in client.get(f"{LIST}?city=london").text


def test_pages_of_who_is_signed_in_are_neither_kept_nor_given_to_others(
    client, practice, django_user_model
):
    person = django_user_model.objects.create_user(email="reader@example.org", name="Quixote")
    reader = Client()
    reader.force_login(person)
    for address in (LIST, practice.get_absolute_url()):
        before = kept()
        own = reader.get(address).text
        assert kept() == before
        others = client.get(address).text
        assert reader.get(address).text == own != others
        assert person.email not in others


def test_a_search_that_finds_nothing_is_counted_each_time(client):
    for _time in range(2):
        client.get(f"{LIST}?q=ωωωω")
    assert list(Miss.objects.values_list("query", "count")) == [("ωωωω", 2)]


def test_the_list_and_its_part_for_the_page_are_kept_apart(client):
    whole = client.get(LIST)
    part = client.get(LIST, headers={"HX-Request": "true"})
    assert "<html" in whole.text
    assert "<html" not in part.text
    assert client.get(LIST).text == whole.text
    assert client.get(LIST, headers={"HX-Request": "true"}).text == part.text
