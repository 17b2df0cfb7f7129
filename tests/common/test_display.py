"""Dates, numbers and lists as readers of each language write them."""

import datetime

import pytest
from django.template import Context, Template
from django.utils import timezone, translation
from django.utils.formats import date_format, localize, number_format

from portal.common import display
from portal.common.dates import PartialDate

PERIODS = [
    # start, end, English, Arabic
    ("2023", None, "2023", "2023"),
    ("2024-03", None, "March 2024", "مارس 2024"),
    ("2024-03-06", None, "6 March 2024", "6 مارس 2024"),
    ("2024-03-06", "2024-03-06", "6 March 2024", "6 مارس 2024"),
    ("2021", "2024", "2021–2024", "من 2021 إلى 2024"),
    ("2023-05", "2023-07", "May–July 2023", "من مايو إلى يوليو 2023"),
    ("2023-05", "2024-07", "May 2023 – July 2024", "من مايو 2023 إلى يوليو 2024"),
    ("2023-06-15", "2023-06-16", "15–16 June 2023", "15 و16 يونيو 2023"),
    ("2024-09-17", "2024-09-19", "17–19 September 2024", "من 17 إلى 19 سبتمبر 2024"),
    ("2024-03-30", "2024-04-02", "30 March – 2 April 2024", "من 30 مارس إلى 2 أبريل 2024"),
    ("2023-12-30", "2024-01-02", "30 December 2023 – 2 January 2024",
     "من 30 ديسمبر 2023 إلى 2 يناير 2024"),
    ("2023-05", "2024", "May 2023 – 2024", "من مايو 2023 إلى 2024"),
]  # fmt: skip


@pytest.mark.parametrize(("starts", "ends", "english", "arabic"), PERIODS)
def test_a_period_says_nothing_twice(starts, ends, english, arabic):
    starts, ends = PartialDate.parse(starts), ends and PartialDate.parse(ends)
    with translation.override("en"):
        assert display.period(starts, ends) == english
    with translation.override("ar"):
        assert display.period(starts, ends) == arabic


@pytest.mark.parametrize(("starts", "ends", "english", "arabic"), PERIODS)
def test_no_dash_stands_between_arabic_numbers(starts, ends, english, arabic):
    assert not set(arabic) & set("-–—")


@pytest.mark.parametrize(
    ("typed", "stored"),
    [
        ("2024", "2024"),
        (" 2024-3 ", "2024-03"),
        ("2024/03/06", "2024-03-06"),
        ("2024.3.6", "2024-03-06"),
        ("٢٠٢٤-٠٣-٢٢", "2024-03-22"),
        ("۲۰۲۴", "2024"),
    ],
)
def test_a_partial_date_is_read_in_any_digits(typed, stored):
    assert str(PartialDate.parse(typed)) == stored


@pytest.mark.parametrize(
    "typed", ["", "24", "2024-13", "2024-02-30", "2023-02-29", "06-03-2024", "2024-", "0999", "²"]
)
def test_what_is_no_date_is_refused(typed):
    with pytest.raises(ValueError, match=r"date|month|day|year"):
        PartialDate.parse(typed)


@pytest.mark.parametrize(("language", "text"), [("en", "1,234,567.8"), ("ar", "1,234,567.8")])
def test_numbers_are_written_as_in_cldr(language, text):
    with translation.override(language):
        assert display.number(1234567.8) == text
        assert number_format(12345.6, force_grouping=True) == "12,345.6"
        assert localize(2023) == "2023"


@pytest.mark.parametrize(("language", "text"), [("en", "6 March 2024"), ("ar", "6 مارس 2024")])
def test_django_s_own_dates_put_the_day_first(language, text):
    with translation.override(language):
        assert date_format(datetime.date(2024, 3, 6)) == text
        assert date_format(datetime.date(2024, 3, 6), "SHORT_DATE_FORMAT") == "06/03/2024"


@pytest.mark.parametrize(
    ("names", "english", "arabic"),
    [
        ([], "", ""),
        (["Oslo"], "Oslo", "Oslo"),
        (["Oslo", "Lille"], "Oslo and Lille", "Oslo وLille"),
        (["Oslo", "Lille", "Ghent"], "Oslo, Lille and Ghent", "Oslo، Lille وGhent"),
    ],
)
def test_a_list_is_joined_as_people_write_it(names, english, arabic):
    with translation.override("en"):
        assert display.listing(names) == english
    with translation.override("ar"):
        assert display.listing(names) == arabic


NUMBERS_AND_DATES = Template(
    "{{ big|number }} {{ share|number }} {{ year|ungrouped }} {{ date|day }} "
    "{{ first|period:last }}"
)


def rendered(language):
    with translation.override(language):
        return NUMBERS_AND_DATES.render(
            Context(
                {
                    "big": 709_000,
                    "share": 12.5,
                    "year": 2023,
                    "date": datetime.date(2024, 3, 6),
                    "first": PartialDate.parse("2024-09-17"),
                    "last": PartialDate.parse("2024-09-19"),
                }
            )
        )


def test_one_setting_changes_every_digit_of_one_language(settings):
    english, arabic = rendered("en"), rendered("ar")
    settings.NUMBERING = {"ar": "arab"}
    assert rendered("en") == english
    assert rendered("ar") == (
        "٧٠٩٬٠٠٠ ١٢٫٥ ٢٠٢٣ "
        '<time datetime="2024-03-06">٦ مارس ٢٠٢٤</time> '
        '<time datetime="2024-09-17">من ١٧ إلى ١٩ سبتمبر ٢٠٢٤</time>'
    )
    assert rendered("ar") != arabic


def test_a_moment_is_a_day_of_the_reader_s_zone():
    moment = datetime.datetime(2024, 3, 6, 23, 30, tzinfo=datetime.UTC)
    template = Template("{{ moment|day }}")
    with translation.override("en"), timezone.override("Europe/Oslo"):
        assert template.render(Context({"moment": moment})) == (
            '<time datetime="2024-03-07">7 March 2024</time>'
        )
