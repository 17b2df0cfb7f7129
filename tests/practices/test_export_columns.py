"""What is in the files, and what the page about them says of it."""

import pytest
from django.utils import translation

from portal.common.languages import columns
from practices.exports.columns import ENTRIES, NAMES, NOT_EXPORTED
from practices.models import Practice

LANGUAGES = ["en", "ar"]
# Of what hangs on a practice, the fields that hold no part of what the page shows.
NOT_SHOWN = {"id", "practice", "position", "width", "height"}


def test_every_field_of_a_practice_is_a_column_or_has_a_reason_not_to_be():
    exported = {entry.of for entry in ENTRIES}
    for field in Practice._meta.get_fields():
        stem = next((stem for stem in exported if field.name in [stem, *columns(stem)]), None)
        assert bool(stem) != (field.name in NOT_EXPORTED), field.name
    names = {field.name for field in Practice._meta.get_fields()} | {"history"}
    assert NOT_EXPORTED.keys() <= names


def test_every_field_of_what_hangs_on_a_practice_is_a_column():
    known = {"label", "url", "title", "language", "file", "alt", "caption", "credit", "image"}
    for relation in ("sources", "documents", "photos"):
        model = Practice._meta.get_field(relation).related_model
        fields = {field.name for field in model._meta.get_fields()} - NOT_SHOWN
        translated = {name for stem in known for name in columns(stem)}
        assert fields <= known | translated, relation


@pytest.mark.django_db
@pytest.mark.parametrize("language", LANGUAGES)
def test_every_column_is_described_in_the_language_of_the_reader(client, language):
    response = client.get(f"/{language}/practices/export/")
    assert response.status_code == 200
    for name in NAMES:
        assert f"<code>{name}</code>" in response.text
    with translation.override(language):
        described = [str(entry.description) for entry in ENTRIES]
    assert all(text in response.text for text in described)
    assert any("ا" in text for text in described) == (language == "ar")
    assert len(set(NAMES)) == len(NAMES)
