"""The columns of every export, as data. Their names are a promise: people build on them."""

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from datetime import UTC, datetime
from operator import attrgetter
from typing import Any

from django.conf import settings
from django.db.models import Model, TextChoices
from django.utils.translation import gettext_lazy as _
from modeltranslation.utils import build_localized_fieldname

from exchanges.choices import Region
from portal.common.languages import LANGUAGE_CODES, columns, languages_of
from portal.common.sorting import sort_columns
from practices.choices import CostBand, Effect, Evidence
from practices.models import Practice

Read = Callable[[Practice], Any]


@dataclass(frozen=True)
class Column:
    """One column: its name, and its value for a practice from for_page().

    A value is a text, a number, None where there is nothing, or a list of those.
    """

    name: str
    read: Read


@dataclass(frozen=True)
class Entry:
    """One line of the documentation: columns that say the same, mostly one a language.

    `of` names the field of the model that they show, `scale` what its values mean.
    """

    of: str
    description: str
    columns: tuple[Column, ...]
    scale: type[TextChoices] | None = None


def _scale(name: str, description: str, scale: type[TextChoices]) -> Entry:
    return Entry(name, description, (Column(name, attrgetter(name)),), scale)


def _one(name: str, description: str, read: Read | None = None, of: str = "") -> Entry:
    return Entry(of or name, description, (Column(name, read or attrgetter(name)),))


def _stored(field: str, description: str) -> Entry:
    """A text of the practice in each language as it is stored: nothing where it has none."""
    return Entry(
        field, description, tuple(Column(name, attrgetter(name)) for name in columns(field))
    )


def _in_each_language(
    stem: str, description: str, field: str, read: Callable[[Practice], Any], of: str = ""
) -> Entry:
    """What `field` of the record, or of each record of the list, that `read` gives says."""
    return Entry(
        of or stem,
        description,
        tuple(
            Column(f"{stem}_{code}", _each(read, build_localized_fieldname(field, code)))
            for code in LANGUAGE_CODES
        ),
    )


def _each(read: Callable[[Practice], Any], attribute: str) -> Read:
    get = attrgetter(attribute)

    def value(practice: Practice):
        found = read(practice)
        return get(found) if isinstance(found, Model) else [get(record) for record in found]

    return value


def _all(relation: str) -> Callable[[Practice], Iterable[Model]]:
    return lambda practice: getattr(practice, relation).all()


def _of_all(relation: str, attribute: str) -> Read:
    return _each(_all(relation), attribute)


def _moment(field: str) -> Read:
    return lambda practice: _utc(getattr(practice, field))


def _utc(moment: datetime) -> str:
    return moment.astimezone(UTC).strftime("%Y-%m-%dT%H:%M:%SZ")


def _iso(field: str) -> Read:
    """A date, also a partial one, as ISO 8601 writes it."""
    return lambda practice: str(getattr(practice, field) or "")


def _address(practice: Practice) -> str:
    return settings.SITE_URL + practice.get_absolute_url()


def _files(relation: str) -> Read:
    return lambda practice: [
        settings.SITE_URL + file.url for file in getattr(practice, relation).all()
    ]


def _city_slug(practice: Practice) -> str:
    """Nothing for a city that has no page."""
    return practice.city.slug if practice.city.is_published else ""


ENTRIES = (
    _one("id", _("The number of the practice. It never changes.")),
    _one("address", _("Where its page is."), _address, of="slug"),
    _one(
        "languages",
        _("The languages in which the practice has a title."),
        lambda practice: languages_of(practice, "title"),
        of="title",
    ),
    _one("original_language", _("The language in which it was first written.")),
    _stored("title", _("What the practice is called.")),
    _stored("summary", _("What was done, in one or two sentences.")),
    _stored("problem", _("What the city faced.")),
    _stored("approach", _("What the city does about it.")),
    _stored("steps", _("How another city would begin; one step a line.")),
    _stored("run_by", _("Who runs it.")),
    _stored("for_whom", _("For whom it is, in a sentence.")),
    _stored("resources", _("What it takes: money, staff, partners.")),
    _stored("evaluation", _("What was evaluated, and what came out.")),
    _stored("what_did_not_work", _("What did not work.")),
    _stored("what_a_city_needs", _("What a city needs for it.")),
    _one("city", _("The city, as addresses name it."), _city_slug),
    _in_each_language("city", _("The name of the city."), "name", attrgetter("city")),
    _one(
        "country_code",
        _("The country, in two letters after ISO 3166."),
        attrgetter("city.country.code"),
        of="city",
    ),
    _in_each_language(
        "country", _("The name of the country."), "name", attrgetter("city.country"), of="city"
    ),
    Entry(
        "city",
        _("The region of the country."),
        (Column("region", attrgetter("city.country.region")),),
        Region,
    ),
    _one(
        "population",
        _("How many people live in the city, where that is known."),
        attrgetter("city.population"),
        of="city",
    ),
    _one("city_website", _("The website of the city."), attrgetter("city.website"), of="city"),
    _one(
        "other_cities",
        _("Other cities that run it together, as addresses name them."),
        _of_all("other_cities", "slug"),
    ),
    _in_each_language(
        "other_cities", _("The names of those other cities."), "name", _all("other_cities")
    ),
    _one("starts", _("When it began: year, year and month, or day."), _iso("starts")),
    _one(
        "ends",
        _("When it ended. Nothing while it runs, or where that is not known."),
        _iso("ends"),
    ),
    _one("findings", _("The findings it answers: year and number."), _of_all("findings", "key")),
    _in_each_language("findings", _("The titles of those findings."), "title", _all("findings")),
    _one("main_theme", _("The main theme."), attrgetter("main_theme.slug")),
    _one("themes", _("All themes, as addresses name them."), _of_all("themes", "slug")),
    _in_each_language("themes", _("The names of those themes."), "name", _all("themes")),
    _one(
        "target_groups",
        _("Target groups, as addresses name them."),
        _of_all("target_groups", "slug"),
    ),
    _in_each_language(
        "target_groups", _("The names of those target groups."), "name", _all("target_groups")
    ),
    _scale("evidence", _("How well the effect is known."), Evidence),
    _scale("effect", _("Whether it helped."), Effect),
    _one("evaluation_url", _("Where the evaluation can be read.")),
    _scale("cost_band", _("What it costs."), CostBand),
    _in_each_language(
        "source_labels",
        _("Where this comes from, one source a line."),
        "label",
        _all("sources"),
        of="sources",
    ),
    _one(
        "source_urls",
        _("The addresses of the sources, in the same order."),
        _of_all("sources", "url"),
        of="sources",
    ),
    _in_each_language(
        "document_titles",
        _("Documents to read, one a line."),
        "title",
        _all("documents"),
        of="documents",
    ),
    _one(
        "document_languages",
        _("The languages of the documents, in the same order."),
        _of_all("documents", "language"),
        of="documents",
    ),
    _one(
        "document_urls",
        _("The addresses of the documents, in the same order."),
        _files("documents"),
        of="documents",
    ),
    _in_each_language(
        "photo_descriptions",
        _("What the photographs show, one a line."),
        "alt",
        _all("photos"),
        of="photos",
    ),
    _in_each_language(
        "photo_captions",
        _("Captions of the photographs, in the same order."),
        "caption",
        _all("photos"),
        of="photos",
    ),
    _in_each_language(
        "photo_credits",
        _("Whose photographs they are, in the same order."),
        "credit",
        _all("photos"),
        of="photos",
    ),
    _one(
        "photo_urls",
        _("The addresses of the photographs, in the same order."),
        _files("photos"),
        of="photos",
    ),
    _one("published_at", _("When it was published."), _moment("published_at")),
    _one("updated_at", _("When it was last changed."), _moment("updated_at")),
    _one("review_by", _("The day by which it is read again."), _iso("review_by")),
)

COLUMNS = tuple(column for entry in ENTRIES for column in entry.columns)
NAMES = tuple(column.name for column in COLUMNS)

# Every other field of the model, and why it is in no file.
NOT_EXPORTED = {
    "state": "all practices of an export are published",
    "curator_note": "for staff only",
    "gone_since": "of practices that are gone, which no export has",
    **dict.fromkeys(
        ["gone_reason", *columns("gone_reason")], "of practices that are gone, which no export has"
    ),
    "submissions": "how it came about is for those who wrote it",
    **dict.fromkeys(sort_columns(), "made from the title, to sort by"),
    "history": "who changed what is for staff only",
}


def values_of(practice: Practice) -> list:
    """The values of a practice from for_page(), in the order of COLUMNS; None for nothing."""
    return [_something(column.read(practice)) for column in COLUMNS]


def _something(value: Any) -> Any:
    """`value` with None for what is empty, also inside a list."""
    if isinstance(value, list):
        return [_something(each) for each in value]
    return None if value == "" else value
