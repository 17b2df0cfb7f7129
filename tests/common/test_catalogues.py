"""The check that translators and CI rely on finds each kind of fault, and none in our own file."""

from pathlib import Path

import polib
import pytest
from django.conf import settings
from django.core.management import CommandError, call_command

from portal.common.catalogues import check_catalogue

ARABIC = Path(settings.LOCALE_PATHS[0]) / "ar" / "LC_MESSAGES" / "django.po"


@pytest.fixture
def faults_of(tmp_path):
    """Check a catalogue with the given entries; gives what is wrong, as texts."""

    def check(
        *entries: polib.POEntry, plural_forms: str = settings.PLURAL_FORMS["ar"]
    ) -> list[str]:
        catalogue = polib.POFile()
        catalogue.metadata = {
            "Content-Type": "text/plain; charset=UTF-8",
            "Plural-Forms": plural_forms,
        }
        catalogue.extend(entries)
        path = tmp_path / "django.po"
        catalogue.save(str(path))
        return [fault.what for fault in check_catalogue(path, settings.PLURAL_FORMS["ar"])]

    return check


def test_our_own_catalogue_has_no_fault():
    assert check_catalogue(ARABIC, settings.PLURAL_FORMS["ar"]) == []


def test_a_whole_translation_has_no_fault(faults_of):
    counted = polib.POEntry(
        msgid="%(count)s city",
        msgid_plural="%(count)s cities",
        msgstr_plural={
            0: "لا مدن",
            1: "مدينة واحدة",
            2: "مدينتان",
            3: "%(count)s مدن",
            4: "%(count)s مدينة",
            5: "%(count)s مدينة",
        },
    )
    assert faults_of(polib.POEntry(msgid="Hello %(name)s", msgstr="أهلًا %(name)s"), counted) == []


@pytest.mark.parametrize(
    ("msgid", "msgstr", "what"),
    [
        ("City", "", "the translation is empty"),
        (
            "%(year)s, finding",
            "%(yaer)s، نتيجة",
            "the translation has the placeholders ['%(yaer)s'], the source has ['%(year)s']",
        ),
        (
            "{name} was sent",
            "أُرسل",
            "the translation has the placeholders [], the source has ['{name}']",
        ),
        ("City", "<b>مدينة</b>", "the translation has other tags or attributes than the source"),
        (
            '<a href="{x}">City</a>',
            '<a href="{x}" onclick="y">مدينة</a>',
            "the translation has other tags or attributes than the source",
        ),
        (
            "See our page",
            "javascript:alert(1)",
            "the translation has the address 'javascript:alert(1)', which the source does not have",
        ),
        (
            "City",
            "مدينة\u202e",
            "the translation has an invisible character that changes the direction of text",
        ),
        ("City", "مديـــنة", "the translation has a tatweel (ـ)"),
        ("City ", "مدينة", "the translation has other white space at its end than the source"),
    ],
)
def test_a_faulty_translation_is_named(faults_of, msgid, msgstr, what):
    assert faults_of(polib.POEntry(msgid=msgid, msgstr=msgstr)) == [what]


def test_a_missing_plural_form_is_named(faults_of):
    entry = polib.POEntry(
        msgid="%(count)s city",
        msgid_plural="%(count)s cities",
        msgstr_plural={0: "لا مدن", 1: "مدينة واحدة"},
    )
    assert faults_of(entry) == ["needs 6 plural forms, has 2"]


def test_a_plural_form_may_not_lose_another_placeholder_than_the_number(faults_of):
    entry = polib.POEntry(
        msgid="%(count)s city of %(country)s",
        msgid_plural="%(count)s cities of %(country)s",
        msgstr_plural=dict.fromkeys(range(6), "%(count)s مدن"),
    )
    assert len(faults_of(entry)) == 6


def test_fuzzy_and_obsolete_entries_are_named(faults_of):
    fuzzy = polib.POEntry(msgid="City", msgstr="مدينة", flags=["fuzzy"])
    obsolete = polib.POEntry(msgid="Town", msgstr="بلدة", obsolete=True)
    assert faults_of(fuzzy, obsolete) == [
        "is marked fuzzy: read it again and take the mark away",
        "is obsolete: no source has it any more",
    ]


def test_a_wrong_plural_rule_is_named(faults_of):
    rule = "nplurals=2; plural=n != 1;"
    assert faults_of(plural_forms=rule) == [
        f"the header must say Plural-Forms: {settings.PLURAL_FORMS['ar']}"
    ]


def test_the_command_ends_with_an_error_where_something_is_wrong(settings, tmp_path, capsys):
    folder = tmp_path / "ar" / "LC_MESSAGES"
    folder.mkdir(parents=True)
    catalogue = polib.pofile(str(ARABIC))
    catalogue[0].msgstr = ""
    catalogue.save(str(folder / "django.po"))
    settings.LOCALE_PATHS = [tmp_path]
    with pytest.raises(CommandError, match="1 faults in the translations"):
        call_command("check_translations")
    assert catalogue[0].msgid in capsys.readouterr().err
