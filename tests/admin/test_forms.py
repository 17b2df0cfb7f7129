"""Writing records: original language, digits, partial dates, files, search that follows."""

import io

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.utils import translation
from PIL import Image

from exchanges.models import City, Country, DialogueEvent, Theme
from portal import search
from practices.choices import State
from practices.models import Practice
from tests.admin.conftest import LANGUAGES, desk, errors_of, sent_by

ARABIC_TITLE = "مقهى الحوار الليلي"


def new_practice(client, language: str, **fields):
    """Send the form of a new practice with only these fields filled in."""
    address = desk("practices.practice", "add", language=language)
    data = sent_by(client.get(address))
    city, theme = City.objects.get(slug="oslo"), Theme.objects.order_by("pk").first()
    return client.post(address, {**data, "city": city.pk, "main_theme": theme.pk, **fields})


def picture() -> SimpleUploadedFile:
    content = io.BytesIO()
    Image.new("RGB", (40, 30), "teal").save(content, "JPEG")
    return SimpleUploadedFile("photo.jpg", content.getvalue(), "image/jpeg")


def photo(**fields) -> dict:
    return {"photos-TOTAL_FORMS": 1, "photos-0-position": 1, "photos-0-image": picture(), **{
        f"photos-0-{name}": value for name, value in fields.items()
    }}  # fmt: skip


@pytest.mark.parametrize("language", LANGUAGES)
def test_an_arabic_only_practice_can_be_written_in_either_language_of_the_desk(curator, language):
    new_practice(curator, language, original_language="ar", title_ar=ARABIC_TITLE)
    practice = Practice.objects.get(title_ar=ARABIC_TITLE)
    assert (practice.title_en, practice.original_language) == (None, "ar")
    assert practice.slug == "مقهى-الحوار-الليلي"


@pytest.mark.parametrize("original", LANGUAGES)
def test_the_title_is_asked_for_in_the_original_language_only(curator, original):
    response = new_practice(curator, "en", original_language=original)
    assert errors_of(response) == {f"title_{original}": ["This field is required."]}


def test_a_new_record_begins_in_the_language_of_the_desk(curator):
    for language in LANGUAGES:
        form = curator.get(desk("practices.practice", "add", language=language))
        assert sent_by(form)["original_language"] == [language]


def test_a_city_needs_its_name_in_any_one_language(curator):
    address = desk("exchanges.city", "add", language="ar")
    norway = Country.objects.get(code="NO")
    data = {**sent_by(curator.get(address)), "slug": "alta", "country": norway.pk}
    assert set(errors_of(curator.post(address, data))) == {"name_en", "name_ar"}
    assert curator.post(address, {**data, "name_ar": "ألتا"}).status_code == 302
    assert City.objects.get(slug="alta").name_en is None


def test_inputs_have_the_language_and_direction_of_their_column(curator):
    form = curator.get(desk("practices.practice", "add", language="ar")).context["adminform"].form
    attributes = {name: form.fields[name].widget.attrs for name in ("title_en", "title_ar", "slug")}
    assert [(attributes[n]["lang"], attributes[n]["dir"]) for n in ("title_en", "title_ar")] == [
        ("en", "ltr"),
        ("ar", "rtl"),
    ]
    assert attributes["slug"]["dir"] == "ltr"


def test_labels_name_the_language_of_their_column_in_that_of_the_desk(curator):
    labels = {}
    for language in LANGUAGES:
        response = curator.get(desk("practices.practice", "add", language=language))
        form = response.context["adminform"].form
        with translation.override(language):
            labels[language] = str(form.fields["title_ar"].label)
    assert labels == {"en": "Title (Arabic)", "ar": "العنوان (العربية)"}


def test_dates_and_numbers_are_taken_in_the_digits_of_arabic(curator):
    event = DialogueEvent.objects.order_by("pk").first()
    address = desk("exchanges.dialogueevent", "change", language="ar", pk=event.pk)
    data = sent_by(curator.get(address))
    data |= {"starts": "٢٠٢٤-٠٣", "ends": "", "participants_number": "١٬٢٥٠"}
    assert curator.post(address, data).status_code == 302
    event.refresh_from_db()
    assert (str(event.starts), event.participants_number) == ("2024-03", 1250)
    assert sent_by(curator.get(address))["starts"] == ["2024-03"]


def test_a_date_that_is_none_is_named_beside_its_field(curator, practice):
    address = desk("practices.practice", "change", language="ar", pk=practice.pk)
    data = sent_by(curator.get(address)) | {"starts": "2024-13"}
    assert errors_of(curator.post(address, data)) == {
        "starts": ["أدخلوا سنة أو شهرًا أو يومًا: 2024 أو 2024/03 أو 2024/03/06."]
    }


def test_a_draft_gets_its_time_of_publication_when_it_is_published(curator):
    new_practice(curator, "en", original_language="ar", title_ar=ARABIC_TITLE)
    practice = Practice.objects.get(title_ar=ARABIC_TITLE)
    assert (practice.state, practice.published_at) == (State.UNLISTED, None)
    address = desk("practices.practice", "change", pk=practice.pk)
    curator.post(address, sent_by(curator.get(address)) | {"state": State.PUBLISHED})
    practice.refresh_from_db()
    assert practice.published_at is not None


def test_sending_a_form_as_it_came_changes_nothing(curator, practice):
    address = desk("practices.practice", "change", pk=practice.pk)
    before = Practice.objects.filter(pk=practice.pk).values().get()
    assert curator.post(address, sent_by(curator.get(address))).status_code == 302
    after = Practice.objects.filter(pk=practice.pk).values().get()
    assert {name for name in before if before[name] != after[name]} == {"updated_at"}
    assert practice.history.first().diff_against(practice.history.last()).changed_fields == []


def test_a_photograph_needs_a_description_in_some_language(curator):
    response = new_practice(curator, "en", original_language="ar", title_ar=ARABIC_TITLE, **photo())
    formset = response.context["inline_admin_formsets"][2].formset
    assert set(formset.forms[0].errors) == {"alt_en", "alt_ar"}


def test_a_file_that_is_no_picture_is_refused_by_name(curator):
    broken = SimpleUploadedFile("photo.jpg", b"GIF89a", "image/jpeg")
    response = new_practice(
        curator, "ar", original_language="ar", title_ar=ARABIC_TITLE,
        **photo(alt_ar="شاي", image=broken),
    )  # fmt: skip
    errors = response.context["inline_admin_formsets"][2].formset.forms[0].errors
    assert "photo.jpg" in errors["image"][0]
    assert "ليس من هذه الأنواع" in errors["image"][0]


def test_a_photograph_is_stored_under_a_random_name(curator, settings, tmp_path):
    settings.MEDIA_ROOT = tmp_path
    new_practice(
        curator, "ar", original_language="ar", title_ar=ARABIC_TITLE, **photo(alt_ar="شاي")
    )
    stored = Practice.objects.get(title_ar=ARABIC_TITLE).photos.get()
    assert "photo.jpg" not in stored.image.name
    assert (stored.width, stored.height, stored.alt_ar) == (40, 30, "شاي")


def found(words: str) -> set[int]:
    """Primary keys of the practices that search finds."""
    return {hit.id for hit in search.find(words, language="ar", kinds=["practice"]).hits}


def test_a_new_practice_is_found_at_once(curator):
    new_practice(
        curator, "ar", original_language="ar", title_ar=ARABIC_TITLE, state=State.PUBLISHED
    )
    assert Practice.objects.get(title_ar=ARABIC_TITLE).pk in found("مقهى الحوار الليلي")


def test_the_practices_of_a_city_are_found_by_its_new_name_at_once(curator):
    city = City.objects.get(slug="oslo")
    address = desk("exchanges.city", "change", pk=city.pk)
    curator.post(address, sent_by(curator.get(address)) | {"name_en": "Quorvania"})
    practices = set(city.published_practices().values_list("pk", flat=True))
    assert practices
    assert practices == found("Quorvania")


def test_a_practice_is_found_by_a_target_group_that_was_linked_with_it(curator, practice):
    group = practice.target_groups.model.objects.create(slug="new", name_en="Lamplighters")
    address = desk("practices.practice", "change", pk=practice.pk)
    assert found("Lamplighters") == set()
    curator.post(address, sent_by(curator.get(address)) | {"target_groups": [group.pk]})
    assert found("Lamplighters") == {practice.pk}


def test_a_practice_that_is_withdrawn_is_not_found_any_more(curator, practice):
    assert practice.pk in found(practice.title_en)
    address = desk("practices.practice", "change", pk=practice.pk)
    curator.post(address, sent_by(curator.get(address)) | {"state": State.WITHDRAWN})
    assert practice.pk not in found(practice.title_en)
