"""Import and export of records that search finds, as rows of CSV or XLSX files."""

import logging
from collections import Counter
from collections.abc import Iterable

from django.core.exceptions import ValidationError
from django.db import models
from django.utils.translation import gettext as _
from import_export import fields, resources, results
from import_export.instance_loaders import BaseInstanceLoader
from modeltranslation.translator import translator

from portal import search
from portal.common.desk.columns import ColumnWidget, Key, LinksWidget, LinkWidget, as_text
from portal.common.desk.differences import Difference, text_pieces
from portal.common.desk.history import IMPORTED
from portal.common.display import listing

logger = logging.getLogger(__name__)

KEY = "slug"


def table_columns(model: type[models.Model], *left_out: str) -> list[str]:
    """Names of the columns of a file: the key, then all that people write, a column a language.

    Left out are what nobody writes, and the columns that repeat the text of the active language.
    """
    repeated = translator.get_options_for_model(model).all_fields
    columns = [*model._meta.fields, *model._meta.many_to_many]
    written = [column.name for column in columns if column.editable and not column.primary_key]
    return [KEY, *(n for n in written if n not in {KEY, *left_out, *repeated})]


class RecordsOfFile(BaseInstanceLoader):
    """Reads the records that a file names once and all together."""

    def __init__(self, resource, dataset=None):
        super().__init__(resource, dataset)
        keys = [as_text(key) for key in dataset[KEY]] if KEY in dataset.headers else []
        rows = resource.get_queryset().filter(**{f"{KEY}__in": keys})
        self.records = {getattr(record, KEY): record for record in rows}

    def get_instance(self, row):
        return self.records.get(as_text(row[KEY]))


class RowDifferences:
    """What a row changes, by the names of the columns."""

    def __init__(self, resource, record, is_new):
        self.fields = resource.get_import_fields()
        self.before = [""] * len(self.fields) if is_new else self._cells(record)
        self.after = []

    def compare_with(self, resource, record):
        self.after = self._cells(record)

    def as_html(self) -> list[Difference]:
        """The differences; import-export asks for them by this name and leaves markup to us."""
        return [
            Difference(field.column_name, text_pieces(str(old), str(new)), field.widget.language)
            for field, old, new in zip(self.fields, self.before, self.after, strict=True)
            if old != new
        ]

    def _cells(self, record) -> list:
        return [field.export(record) for field in self.fields]


class CuratedResource(resources.ModelResource):
    """One row a record, known by its slug; one column a language; checked like a form.

    Columns that the file does not have stay as they are. Rows that change nothing are left alone.
    Search is refreshed last, in the same transaction. `keys` says what names records of a model
    that have no slug.
    """

    keys: dict[type[models.Model], Key] = {}

    class Meta:
        import_id_fields = [KEY]
        instance_loader_class = RecordsOfFile
        clean_model_instances = True
        skip_unchanged = True
        report_skipped = True
        use_transactions = True
        store_instance = True

    @classmethod
    def field_from_django_field(cls, field_name, django_field, readonly):
        if django_field.is_relation:
            model = django_field.related_model
            widget_class = LinksWidget if django_field.many_to_many else LinkWidget
            widget = widget_class(model, cls.keys.get(model, Key()))
        else:
            widget = ColumnWidget(django_field)
        return fields.Field(attribute=field_name, column_name=field_name, widget=widget)

    @classmethod
    def get_diff_class(cls):
        return RowDifferences

    def get_queryset(self):
        """The records with all that a row says of them, in a fixed number of statements."""
        return self.filter_export(super().get_queryset())

    def filter_export(self, queryset, **kwargs):
        links = {LinkWidget: [], LinksWidget: []}
        for field in self.fields.values():
            links.get(type(field.widget), []).append(field.attribute)
        return queryset.select_related(*links[LinkWidget]).prefetch_related(*links[LinksWidget])

    def before_import(self, dataset, **kwargs):
        """Raise ValidationError for columns that nobody can read, before any row is."""
        known = {field.column_name for field in self.get_import_fields()}
        if KEY not in dataset.headers:
            raise ValidationError(_("The column “%(name)s” is missing.") % {"name": KEY})
        unknown = [name for name in dict.fromkeys(dataset.headers) if name not in known]
        if unknown:
            message = _("These columns are not known here: %(names)s.")
            raise ValidationError(message % {"names": listing(unknown)})
        if twice := _repeated(dataset.headers):
            message = _("These columns stand there twice: %(names)s.")
            raise ValidationError(message % {"names": listing(twice)})
        if twice := _repeated(as_text(key) for key in dataset[KEY]):
            message = _("These records stand there twice: %(names)s.")
            raise ValidationError(message % {"names": listing(twice)})

    def before_import_row(self, row, **kwargs):
        if not as_text(row[KEY]):
            message = _("Each row needs the name of its record in addresses.")
            raise ValidationError({KEY: message})
        try:
            self.fields[KEY].clean(row)
        except ValueError as error:
            raise ValidationError({KEY: str(error)}) from None

    def after_import_row(self, row, row_result, **kwargs):
        for fault in row_result.errors:
            logger.error("a row of an import failed", exc_info=fault.error)

    def import_instance(self, instance, row, **kwargs):
        """As in the base class, but wrong links are named with the other errors of the row."""
        errors = {}
        try:
            super().import_instance(instance, row, **kwargs)
        except ValidationError as error:
            errors = error.error_dict
        for field in self.get_import_fields():
            if isinstance(field.widget, LinksWidget) and field.column_name in row:
                try:
                    field.clean(row)
                except ValueError as error:
                    errors[field.attribute] = [ValidationError(str(error))]
        if errors:
            raise ValidationError(errors)

    def skip_row(self, instance, original, row, import_validation_errors=None):
        """Whether the row says what is stored: NULL and an empty text are the same."""
        if import_validation_errors or original.pk is None:
            return False
        return all(
            self._says_the_same(field, instance, original, row)
            for field in self.get_import_fields()
            if field.column_name in row
        )

    def before_save_instance(self, instance, row, **kwargs):
        instance._change_reason = IMPORTED

    def after_import(self, dataset, result: results.Result, **kwargs):
        super().after_import(dataset, result, **kwargs)
        if not self._is_dry_run(kwargs):
            search.refresh([row.instance for row in result if row.is_new() or row.is_update()])

    def _says_the_same(self, field, instance, original, row) -> bool:
        if isinstance(field.widget, LinksWidget):
            return set(field.clean(row)) == set(field.get_value(original).all())
        return field.export(instance) == field.export(original)


def _repeated(names: Iterable[str]) -> list[str]:
    """The names that stand there more than once; empty ones do not count."""
    return [name for name, times in Counter(names).items() if name and times > 1]
