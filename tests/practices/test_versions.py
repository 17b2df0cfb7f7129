"""The public list of versions: what changed for readers and when, and nothing else."""

import re
from datetime import UTC, datetime

import pytest
from django.core.management import call_command
from django.utils import translation

from exchanges.models import City, Theme
from portal.accounts.models import User
from practices.choices import State
from practices.models import Practice
from practices.versions import PUBLIC_COLUMNS, Step, public_versions
from tests.practices.records import change

pytestmark = pytest.mark.django_db

LONDON = "london-shared-endeavour-fund"


def address(practice: Practice, language: str = "en") -> str:
    return f"/{language}/practices/{practice.pk}-{practice.slug}/versions/"


def text_of(client, practice: Practice, language: str = "en", query: str = "") -> str:
    response = client.get(address(practice, language) + query)
    assert response.status_code == 200
    return response.text


def entries(text: str) -> dict[int, str]:
    """The versions on the page by number, as text with the words for screen readers in it."""
    found = re.findall(r'<li id="version-(\d+)">(.*?)</li>', text, re.DOTALL)
    return {int(n): " ".join(re.sub(r"<[^>]*>", " ", part).split()) for n, part in found}


# What is listed ----------------------------------------------------------------------------------


def test_a_practice_as_it_was_loaded_has_one_version(client, london):
    [(number, entry)] = entries(text_of(client, london)).items()
    assert number == 1
    assert entry.endswith("First published")


def test_the_newest_change_comes_first_and_the_first_publication_last(client, london):
    change(LONDON, title_en="A fund")
    change(LONDON, title_en="The fund")
    found = entries(text_of(client, london))
    assert list(found) == [3, 2, 1]
    assert "taken away: A put in: The fund" in found[3]
    assert found[1].endswith("First published")


def test_every_column_that_readers_see_is_compared_and_told_in_words(client, london):
    oslo, theme = City.objects.get(slug="oslo"), Theme.objects.exclude(pk=london.main_theme_id)[0]
    change(
        LONDON, city=oslo, starts="2019-05", ends="2021", cost_band="low", evidence="strong",
        effect="mixed", evaluation_url="https://example.org/report", main_theme=theme,
    )  # fmt: skip
    entry = entries(text_of(client, london))[2]
    labels = re.findall(
        r"<dt>(.*?)</dt>", text_of(client, london).split('id="version-2"')[1].split("</li>")[0]
    )
    assert labels == [
        "City", "Start", "End", "Cost", "Main theme", "Strength of evidence", "Effect",
        "Address of the evaluation",
    ]  # fmt: skip
    for told in (
        "taken away: London put in: Oslo",
        "put in: May 2019",
        "put in: 2021",
        "put in: Low: under €10,000 a year",
        "taken away: Moderate put in: Strong",
        "put in: Mixed",
        "put in: https://example.org/report",
    ):
        assert told in entry


def test_every_text_of_the_page_is_compared_in_both_languages():
    missing = {
        f"{field}_{language}" for field in Practice.TEXTS for language in ("en", "ar")
    } - set(PUBLIC_COLUMNS)
    assert missing == set()


@pytest.mark.parametrize(
    "values",
    [
        {"curator_note": "only for curators 4711"},
        {"review_by": "2031-01-01"},
        {"resources_en": "the same"},
    ],
)
def test_what_readers_do_not_see_makes_no_version(client, london, values):
    change(LONDON, resources_en="the same")
    before = entries(text_of(client, london))
    practice = change(LONDON, **values)
    text = text_of(client, practice)
    assert entries(text) == before
    assert "4711" not in text


def test_nobody_is_named(client, london):
    london.title_en = "A fund"
    london._history_user = User.objects.create_user("4711@example.org", name="Ragnhild 4711")
    london._change_reason = "reason 4711"
    london.save()
    assert "4711" not in text_of(client, london)


def test_a_text_that_is_emptied_or_was_empty_reads_as_such(client, london):
    change(LONDON, what_did_not_work_en="Nothing yet.")
    change(LONDON, what_did_not_work_en=None)
    found = entries(text_of(client, london))
    assert found[2].endswith("What did not work (English) put in: Nothing yet.")
    assert found[3].endswith("What did not work (English) taken away: Nothing yet.")


def test_a_loaded_practice_without_history_was_published_when_it_was(london):
    london.history.all().delete()
    Practice.objects.filter(pk=london.pk).update(published_at=datetime(2024, 3, 6, tzinfo=UTC))
    london.refresh_from_db()
    [version] = public_versions(london).shown
    assert (version.step, version.moment.year) == (Step.FIRST, 2024)


def test_drafts_before_the_first_publication_are_no_versions(london):
    draft = Practice(title_en="Draft", slug="draft", city=london.city, main_theme=london.main_theme)
    draft.save()
    draft.title_en = "Secret 4711"
    draft.save()
    draft.title_en, draft.state = "Public", State.PUBLISHED
    draft.save()
    draft.title_en = "Public title"
    draft.save()
    versions = public_versions(draft).shown
    assert [(v.number, v.step) for v in versions] == [(2, Step.CHANGED), (1, Step.FIRST)]


def test_what_was_taken_down_does_not_come_back_with_the_practice(client, london):
    change(LONDON, title_en="With a name 4711")
    change(LONDON, state=State.WITHDRAWN)
    change(LONDON, state=State.PUBLISHED, title_en="A fund")
    change(LONDON, title_en="The fund")
    text = text_of(client, london)
    found = entries(text)
    assert "4711" not in text
    assert list(found) == [4, 3, 1]
    assert found[3].endswith("Published again")
    assert "Changes from before the practice was taken down are not shown any more." in text


# How it reads ------------------------------------------------------------------------------------


def test_a_long_text_is_shown_around_its_changes(client, london):
    words = [f"word{number}" for number in range(300)]
    change(LONDON, approach_en=" ".join(words))
    change(LONDON, approach_en=" ".join([*words[:150], "fresh", *words[150:]]))
    entry = entries(text_of(client, london))[3]
    assert "word149 put in: fresh" in entry
    assert "word140" in entry
    assert "word160" in entry
    assert "word100" not in entry
    assert entry.count("…") == 2


@pytest.mark.parametrize("language", ["en", "ar"])
def test_a_change_is_marked_with_the_language_in_which_it_was_made(client, london, language):
    change(LONDON, title_en="A fund", title_ar="منحة")
    text = text_of(client, london, language)
    words = {"en": "put in:", "ar": None}[language]
    with translation.override(language):
        words = words or translation.gettext("put in:")
    said = f'<span class="vh" lang="{language}">{words} </span>'
    assert re.search(f'lang="en" dir="ltr">.*<ins>{said}A fund', text)
    assert re.search(f'lang="ar" dir="rtl">.*<ins>{said}منحة', text)


def test_typed_text_is_only_text(client, london):
    change(LONDON, approach_en="<script>alert(1)</script> & <b>")
    assert "<script>alert" not in text_of(client, london)


def test_many_versions_are_shown_page_by_page(client, london):
    for number in range(45):
        change(LONDON, title_en=f"Title {number}")
    assert list(entries(text_of(client, london))) == list(range(46, 26, -1))
    assert list(entries(text_of(client, london, query="?page=3"))) == list(range(6, 0, -1))
    assert list(entries(text_of(client, london, query="?page=x"))) == list(range(46, 26, -1))


# Address -----------------------------------------------------------------------------------------


def test_the_page_of_the_practice_leads_there(client, london):
    assert f'href="{address(london)}"' in client.get(london.get_absolute_url()).text


@pytest.mark.parametrize("slug", ["x", "لندن"])
def test_another_name_leads_to_the_right_one_for_good(client, london, slug):
    response = client.get(f"/ar/practices/{london.pk}-{slug}/versions/")
    assert (response.status_code, response.url) == (301, address(london, "ar"))


def test_versions_of_what_is_not_public_are_not_there(client, london):
    change(LONDON, state=State.UNLISTED)
    assert client.get(address(london)).status_code == 404
    assert client.get("/en/practices/999999-x/versions/").status_code == 404


@pytest.mark.parametrize("state", [State.WITHDRAWN, State.ARCHIVED])
def test_versions_of_what_is_gone_are_gone(client, london, state):
    change(LONDON, title_en="With a name 4711")
    change(LONDON, state=state)
    response = client.get(address(london))
    assert response.status_code == 410
    assert "4711" not in response.text
    assert client.get(f"/en/practices/{london.pk}-x/versions/").status_code == 410


def test_the_page_is_for_readers_and_not_for_search_engines(client, london):
    assert '<meta name="robots" content="noindex">' in text_of(client, london)
    assert client.post(address(london)).status_code == 405


# Cost --------------------------------------------------------------------------------------------


@pytest.mark.parametrize("changes", [1, 3, 50])
def test_the_page_costs_the_same_for_any_number_of_versions(
    client, london, django_assert_num_queries, changes
):
    cities = [City.objects.get(slug=slug) for slug in ("oslo", "berlin")]
    for number in range(changes):
        change(LONDON, title_en=f"Title {number}", city=cities[number % 2])
    client.get("/en/about/")
    with django_assert_num_queries(4):
        client.get(address(london))
    with django_assert_num_queries(1):
        client.get(address(london))


def test_a_page_that_was_kept_goes_with_the_next_change(client, london):
    text_of(client, london)
    change(LONDON, title_en="A fund")
    assert 2 in entries(text_of(client, london))


def test_loading_the_content_again_makes_no_version(client, london):
    call_command("load_content", verbosity=0)
    assert list(entries(text_of(client, london))) == [1]
