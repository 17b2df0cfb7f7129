"""Practices written many at a time: rows, links, sources and history in a few statements."""

from collections.abc import Iterator

from django.conf import settings
from django.db import DataError, IntegrityError, models, transaction
from modeltranslation.utils import build_localized_fieldname

from portal.pages.bulk.reading import Record
from portal.pages.bulk.shapes import PRACTICE
from portal.pages.seeding.mapping import review_day
from practices.choices import State
from practices.models import Practice, PracticeSource


class PracticeBatch:
    """Records of practices that wait to be written together."""

    def __init__(self, faults: list[str]):
        self._faults = faults
        self._records: list[Record] = []
        self._lines: dict[str, str] = {}
        self._review_by = review_day()

    def __len__(self) -> int:
        return len(self._records)

    def add(self, record: Record) -> None:
        """Let `record` wait, or note why it cannot be a practice."""
        before = self._lines.setdefault(record.columns["slug"], str(record.place))
        if before != str(record.place):
            record.place.at("slug").refuse(f"{record.key!r} is that of {before} too")
        _check_together(record)
        self._records.append(record)

    def write(self, *, reason: str, by=None) -> list[int]:
        """Write what waits; gives the primary keys. Where there are faults, only looks for more."""
        records, self._records = self._records, []
        self._refuse_taken(records)
        if self._faults or not records:
            return []
        practices = [self._practice(record) for record in records]
        try:
            with transaction.atomic():
                Practice.objects.bulk_create(practices)
                _write_links(practices, records)
                _write_sources(practices, records)
                Practice.history.bulk_history_create(
                    practices, default_user=by, default_change_reason=reason
                )
        except (IntegrityError, DataError) as error:
            lines = f"{records[0].place} to {records[-1].place}"
            self._faults.append(f"{lines}: the database refuses it: {str(error).splitlines()[0]}")
            return []
        return [practice.pk for practice in practices]

    def _refuse_taken(self, records: list[Record]) -> None:
        slugs = [record.columns["slug"] for record in records]
        taken = set(Practice.objects.filter(slug__in=slugs).values_list("slug", flat=True))
        for record in records:
            if record.columns["slug"] in taken:
                record.place.at("slug").refuse(f"{record.key!r} is taken")

    def _practice(self, record: Record) -> Practice:
        practice = Practice(state=State.PUBLISHED, review_by=self._review_by)
        for column, value in record.columns.items():
            setattr(practice, column, value)
        practice.note_publication()
        practice.set_sort_keys()
        return practice


def _check_together(record: Record) -> None:
    """Refuse what does not fit together, and add the main theme to the themes."""
    columns, place = record.columns, record.place
    language = columns.get("original_language", settings.LANGUAGE_CODE)
    if not columns.get(build_localized_fieldname("title", language)):
        place.at("title").at(language).refuse("missing in the original language")
    starts, ends = columns.get("starts"), columns.get("ends")
    if starts and ends and str(ends) < str(starts)[: len(str(ends))]:
        place.at("ends").refuse("lies before the start")
    themes = record.links.setdefault("themes", [])
    if columns["main_theme_id"] not in themes:
        themes.append(columns["main_theme_id"])


def _write_links(practices: list[Practice], records: list[Record]) -> None:
    for name in PRACTICE.links:
        through = Practice._meta.get_field(name).remote_field.through
        through.objects.bulk_create(_link_rows(name, through, practices, records))


def _link_rows(name: str, through, practices, records) -> Iterator[models.Model]:
    link = Practice._meta.get_field(name)
    owner, target = f"{link.m2m_field_name()}_id", f"{link.m2m_reverse_field_name()}_id"
    for practice, record in zip(practices, records, strict=True):
        for pk in record.links.get(name, ()):
            yield through(**{owner: practice.pk, target: pk})


def _write_sources(practices: list[Practice], records: list[Record]) -> None:
    PracticeSource.objects.bulk_create(
        PracticeSource(practice_id=practice.pk, position=position, **columns)
        for practice, record in zip(practices, records, strict=True)
        for position, columns in enumerate(record.sources, 1)
    )
