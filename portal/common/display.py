"""Dates, numbers and lists as texts in the active language. Digits follow settings."""

import datetime

from django.conf import settings
from django.utils import dates, formats, timezone
from django.utils.translation import gettext as _
from django.utils.translation import pgettext

from portal.common.dates import PartialDate
from portal.common.languages import current_language

_ARABIC_INDIC = str.maketrans("0123456789", "٠١٢٣٤٥٦٧٨٩")
_ARABIC_SEPARATORS = str.maketrans(",.", "٬٫")


def digits(text: str) -> str:
    """`text` with the digits that NUMBERING settles for the active language."""
    return text.translate(_ARABIC_INDIC) if _has_arabic_digits() else text


def number(value: int | float) -> str:
    """A number with the grouping of the active language: 709,000."""
    text = formats.number_format(value, use_l10n=True, force_grouping=True)
    return digits(text.translate(_ARABIC_SEPARATORS) if _has_arabic_digits() else text)


def numbering() -> str:
    """By what numbers of the same value look different: for the keys of what is kept of them."""
    return f"{current_language()}-{settings.NUMBERING.get(current_language(), '')}"


def listing(texts: list[str]) -> str:
    """Texts as one list: "a", "a and b", "a, b and c"."""
    if len(texts) < 2:
        return "".join(texts)
    comma = pgettext("comma between parts of a list", ", ")
    return _("%(first)s and %(last)s") % {"first": comma.join(texts[:-1]), "last": texts[-1]}


def day(value: datetime.date | PartialDate) -> str:
    """One date at its precision: "2023", "March 2024", "6 March 2024"."""
    parts = _parts(value)
    if "month" not in parts:
        return parts["year"]
    if "day" not in parts:
        return pgettext("month and year", "%(month)s %(year)s") % parts
    return pgettext("a day", "%(day)s %(month)s %(year)s") % parts


def moment(value: datetime.datetime) -> str:
    """A point in time in the reader's zone: "6 March 2024, 14:32"."""
    local = timezone.localtime(value)
    return pgettext("day and time", "%(day)s, %(time)s") % {
        "day": day(local.date()),
        "time": digits(f"{local:%H:%M}"),
    }


def period(starts: PartialDate, ends: PartialDate | None = None) -> str:
    """One date, or the span of two, without saying twice what both share."""
    if ends is None or ends == starts:
        return day(starts)
    span = {"start": day(starts), "end": day(ends)}
    if starts.precision == ends.precision == "year":
        return pgettext("from one year to another", "%(start)s–%(end)s") % span
    first, last = _parts(starts), _parts(ends)
    both = {**first, **{f"end_{name}": text for name, text in last.items()}}
    if starts.year == ends.year and starts.precision == ends.precision:
        return _period_within_a_year(starts, ends) % both
    return pgettext("from one date to another", "%(start)s – %(end)s") % span


def _period_within_a_year(starts: PartialDate, ends: PartialDate) -> str:
    """The pattern for two dates of one year and of the same precision, month or day."""
    if starts.precision == "month":
        return pgettext("months of a year", "%(month)s–%(end_month)s %(year)s")
    if starts.month != ends.month:
        return pgettext("days of a year", "%(day)s %(month)s – %(end_day)s %(end_month)s %(year)s")
    if ends.day == starts.day + 1:
        return pgettext("two days that follow", "%(day)s–%(end_day)s %(month)s %(year)s")
    return pgettext("days of a month", "%(day)s–%(end_day)s %(month)s %(year)s")


def _has_arabic_digits() -> bool:
    return settings.NUMBERING.get(current_language()) == "arab"


def _parts(value: datetime.date | PartialDate) -> dict[str, str]:
    """Year, and month by name and day where known, as texts."""
    parts = {"year": digits(str(value.year))}
    if value.month:
        parts["month"] = str(dates.MONTHS[value.month])
    if value.day:
        parts["day"] = digits(str(value.day))
    return parts
