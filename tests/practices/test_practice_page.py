"""The page of one practice: what stands there, what does not, and where old addresses lead."""

import io
import re

import pytest
from django.core.files.base import ContentFile
from PIL import Image

from exchanges.models import City
from findings.models import Finding
from practices.choices import State
from practices.models import Practice, PracticeDocument, PracticePhoto, PracticeSource
from tests.practices.records import only_in

pytestmark = pytest.mark.django_db

LONDON = "london-shared-endeavour-fund"


def text_of(client, practice: Practice, language: str = "en") -> str:
    response = client.get(f"/{language}/practices/{practice.pk}-{practice.slug}/")
    assert response.status_code == 200
    return response.text


def headings(text: str) -> list[str]:
    """The headings of the parts of the article."""
    return re.findall(r"<section><h2>([^<]*)</h2>", text)


def a_photo() -> ContentFile:
    content = io.BytesIO()
    Image.new("RGB", (40, 30), "#356").save(content, "JPEG")
    return ContentFile(content.getvalue(), name="table.jpg")


def test_the_page_has_every_part_of_the_record_in_the_order_of_an_officials_questions(
    client, london
):
    london.what_a_city_needs_en = "A partner who can hold the money."
    london.what_did_not_work_en = "The first call reached the same groups twice."
    london.save()
    assert headings(text_of(client, london)) == [
        "The problem",
        "The approach",
        "Steps for another city",
        "Who runs it",
        "For whom",
        "Resources and cost",
        "What a city needs for it",
        "What did not work",
    ]


def test_parts_that_are_not_known_are_not_there(client, london):
    Practice.objects.filter(pk=london.pk).update(
        resources_en="", resources_ar=None, problem_en="", problem_ar="", starts=None
    )
    text = text_of(client, london)
    assert "Resources and cost" not in text
    assert "The problem" not in text
    assert "Started" not in text
    assert "Effect" not in text
    assert "<dt>Cost</dt>" not in text


def test_the_snapshot_says_where_since_when_how_sure_and_whom_to_ask(client, london):
    text = text_of(client, london)
    snapshot = text[text.index('<dl class="facts">') : text.index("</dl>")]
    assert re.findall("<dt>([^<]*)</dt>", snapshot) == [
        "City",
        "Started",
        "Evidence",
        "Whom to ask",
    ]
    assert f'<a href="{london.city.website}" rel="external">' in snapshot
    assert '<span class="strength" data-n="2" aria-hidden="true">' in snapshot


def test_effect_and_cost_stand_there_when_they_are_known(client, london):
    Practice.objects.filter(pk=london.pk).update(
        effect="improved", cost_band="high", evaluation_url="https://example.org/report"
    )
    text = text_of(client, london)
    assert "<dt>Effect</dt><dd>Improved</dd>" in text
    assert "<dt>Cost</dt><dd>High: over €100,000 a year</dd>" in text
    assert '<a href="https://example.org/report" rel="external">Read the evaluation</a>' in text
    assert "<i></i><i></i><i></i><i data-on></i><i></i>" in text


def test_strength_comes_with_its_definition(client, london):
    text = text_of(client, london)
    assert "<strong>Moderate</strong>" in text
    assert '<span class="cells" aria-hidden="true"><i data-on></i><i data-on></i><i></i>' in text
    assert "Independent or academic evaluation without a comparison group" in text


def test_every_source_is_linked_and_one_without_an_address_is_named(client, london):
    PracticeSource.objects.create(practice=london, label_en="A letter of the city", position=9)
    text = text_of(client, london)
    for url in london.sources.exclude(url="").values_list("url", flat=True):
        assert f'<a href="{url}" rel="external">' in text
    assert "A letter of the city" in text


def test_findings_themes_and_cities_are_links_and_unpublished_ones_are_not_there(client, london):
    oslo, berlin = City.objects.get(slug="oslo"), City.objects.get(slug="berlin")
    london.other_cities.set([oslo, berlin])
    City.objects.filter(pk=berlin.pk).update(is_published=False)
    hidden, *kept = list(london.findings.select_related("edition"))
    Finding.objects.filter(pk=hidden.pk).update(is_published=False)
    text = text_of(client, london)
    assert f'href="{oslo.get_absolute_url()}"' in text
    assert f'href="{berlin.get_absolute_url()}"' not in text
    assert f'href="{hidden.get_absolute_url()}"' not in text
    for finding in kept:
        assert f'href="{finding.get_absolute_url()}"' in text
    for theme in london.themes.all():
        assert f'href="/en/practices/?theme={theme.slug}"' in text


def test_a_city_that_is_not_published_is_named_without_a_link(client, london):
    City.objects.filter(pk=london.city.pk).update(is_published=False)
    text = text_of(client, london)
    assert "London" in text
    assert f'href="{london.city.get_absolute_url()}"' not in text


def test_the_note_for_curators_is_nowhere(client, london):
    Practice.objects.filter(pk=london.pk).update(curator_note="only for curators 4711")
    assert "4711" not in text_of(client, london)


def test_documents_and_photographs_stand_there_with_what_is_known_of_them(
    client, london, settings, tmp_path
):
    settings.MEDIA_ROOT = tmp_path
    file = ContentFile(b"%PDF-1.4\n%%EOF\n", name="report.pdf")
    document = PracticeDocument.objects.create(
        practice=london, title_en="Report", language="en", file=file
    )
    photo = PracticePhoto.objects.create(
        practice=london,
        image=a_photo(),
        alt_en="A round table",
        caption_en="The yearly meeting",
        credit_en="City of London",
    )
    text = text_of(client, london)
    assert f'<a href="{document.url}"><bdi>Report</bdi></a>' in text
    assert "<small><bdi>PDF</bdi> · English</small>" in text
    assert (
        f'<img src="{photo.url}" width="40" height="30" loading="lazy" alt="A round table">' in text
    )
    assert "<bdi>The yearly meeting</bdi> Photograph: <bdi>City of London</bdi>" in text
    assert f'<meta property="og:image" content="http://testserver{photo.url}">' in text
    assert f'"image": ["http://testserver{photo.url}"]' in text


# Languages ---------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("written", "reader", "notice", "attributes"),
    [
        ("ar", "en", "This text exists in Arabic only.", 'lang="ar" dir="rtl"'),
        ("en", "ar", "هذا النص متاح باللغة", 'lang="en" dir="ltr"'),
    ],
)
def test_a_record_in_one_language_is_shown_in_it_marked_up_and_labelled(
    client, written, reader, notice, attributes
):
    practice = only_in(written, LONDON)
    text = text_of(client, practice, reader)
    assert notice in text
    title = getattr(practice, f"title_{written}")
    assert f"<span {attributes}>{title}</span></h1>" in text
    for field in ("summary", "problem", "approach", "run_by"):
        assert (
            f"<p {attributes}>{getattr(practice, f'{field}_{written}').replace(chr(39), '&#x27;')}"
            in text
        )
    assert f"<ol {attributes}>" in text


@pytest.mark.parametrize("language", ["en", "ar"])
def test_a_record_in_both_languages_has_no_notice(client, london, language):
    assert 'class="notice"' not in text_of(client, london, language)


def test_a_single_part_without_translation_is_announced(client, london):
    Practice.objects.filter(pk=london.pk).update(resources_ar=None)
    text = text_of(client, london, "ar")
    assert "بعض أجزاء هذا النص" in text
    assert f'<p lang="en" dir="ltr">{london.resources_en}</p>' in text


# Addresses ---------------------------------------------------------------------------------------


@pytest.mark.parametrize("slug", ["x", "london", "LONDON-shared-endeavour-fund", "لندن"])
@pytest.mark.parametrize("language", ["en", "ar"])
def test_another_name_leads_to_the_right_one_for_good(client, london, slug, language):
    response = client.get(f"/{language}/practices/{london.pk}-{slug}/")
    assert response.status_code == 301
    assert response.url == f"/{language}/practices/{london.pk}-{LONDON}/"


def test_a_name_in_arabic_letters_is_an_address(client):
    practice = only_in("ar", LONDON)
    practice.slug = ""
    practice.save()
    assert practice.slug.startswith("صندوق")
    assert client.get(practice.get_absolute_url()).status_code == 200


@pytest.mark.parametrize("slug", [LONDON, "x"])
def test_an_unlisted_practice_is_not_there_under_any_name(client, london, slug):
    Practice.objects.filter(pk=london.pk).update(state=State.UNLISTED)
    assert client.get(f"/en/practices/{london.pk}-{slug}/").status_code == 404


@pytest.mark.parametrize(
    ("state", "says"), [(State.WITHDRAWN, "Withdrawn by the city"), (State.ARCHIVED, "Archived")]
)
@pytest.mark.parametrize("slug", [LONDON, "x"])
def test_a_practice_that_was_public_says_that_it_is_gone(client, london, state, says, slug):
    Practice.objects.filter(pk=london.pk).update(state=state)
    response = client.get(f"/en/practices/{london.pk}-{slug}/")
    assert response.status_code == 410
    assert says in response.text
    assert "Shared Endeavour Fund" not in response.text


@pytest.mark.parametrize(
    "path",
    [
        "0-x",
        "999999-x",
        "99999999999999999999-x",
        "9" * 5000 + "-x",
        "-1-x",
        "1",
        "1-",
        "x-1",
        "٣-x",
    ],
)
def test_what_is_no_practice_is_not_found(client, path):
    assert client.get(f"/en/practices/{path}/").status_code == 404


def test_the_page_is_only_read(client, london):
    assert client.post(london.get_absolute_url()).status_code == 405
