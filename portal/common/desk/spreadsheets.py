"""The desk's pages for files of records: export, import with a preview, nothing or all written."""

import logging
from uuid import uuid4

from django import forms
from django.conf import settings
from django.contrib import messages
from django.contrib.admin.models import ADDITION, LogEntry
from django.core import signing
from django.core.cache import caches
from django.core.exceptions import PermissionDenied, ValidationError
from django.shortcuts import redirect
from django.template.defaultfilters import filesizeformat
from django.template.response import TemplateResponse
from django.utils.decorators import method_decorator
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST
from import_export.admin import ImportExportMixin
from import_export.forms import ConfirmImportForm, ExportForm, ImportForm
from import_export.tmp_storages import BaseStorage

from portal.common.desk.formats import FORMATS, format_of
from portal.common.display import digits, number

logger = logging.getLogger(__name__)

# How long a preview waits for its confirmation.
PREVIEW_SECONDS = 3600
FORMAT_NAMES = ("CSV", "XLSX")


class PreviewStorage(BaseStorage):
    """Keeps a file between preview and confirmation where every process finds it, for an hour."""

    def save(self, data: bytes) -> None:
        self.name = uuid4().hex
        caches["database"].set(self._key, data, PREVIEW_SECONDS)

    def read(self) -> bytes:
        return caches["database"].get(self._key)

    def remove(self) -> None:
        caches["database"].delete(self._key)

    def is_there(self) -> bool:
        return self._key in caches["database"]

    @property
    def _key(self) -> str:
        return f"import-{self.name}"


class ChooseFileForm(ImportForm):
    """Asks for the file only: its format shows in its content."""

    def __init__(self, formats, resources, **kwargs):
        super().__init__(formats, resources, **kwargs)
        self.fields["format"].required = False
        self.fields["format"].widget = forms.HiddenInput()
        file = self.fields["import_file"]
        file.widget.attrs = {"accept": ".csv,.xlsx"}
        file.help_text = _(
            "CSV or XLSX with the columns of an export. Columns that are not in the file stay as "
            "they are. Nothing is written before you have seen a preview."
        )

    @property
    def media(self):
        return forms.Media()

    def clean_import_file(self):
        file = self.cleaned_data["import_file"]
        if file.size > settings.IMPORT_MAX_BYTES:
            limit = digits(filesizeformat(settings.IMPORT_MAX_BYTES))
            raise ValidationError(_("A file may have at most %(limit)s.") % {"limit": limit})
        return file

    def clean(self):
        cleaned = super().clean()
        if file := cleaned.get("import_file"):
            cleaned["format"] = str(format_of(file.read(8)))
            file.seek(0)
        return cleaned


class ConfirmForm(ConfirmImportForm):
    """Names the file of a preview; only who has seen the preview can confirm it, and once."""

    def __init__(self, *, person, **kwargs):
        super().__init__(**kwargs)
        self.signer = signing.TimestampSigner(salt=f"import by {person.pk}")
        if name := self.initial.get("import_file_name"):
            self.initial["import_file_name"] = self.signer.sign(name)

    def clean_import_file_name(self):
        try:
            name = self.signer.unsign(
                self.cleaned_data["import_file_name"], max_age=PREVIEW_SECONDS
            )
        except signing.BadSignature:
            name = None
        if name is None or not PreviewStorage(name=name).is_there():
            raise ValidationError(
                _("This preview is over: its file was written, or it is too old. Choose it again.")
            )
        return name


class ChooseFormatForm(ExportForm):
    """Asks for the format of an export."""

    def __init__(self, formats, resources, **kwargs):
        super().__init__(formats, resources, **kwargs)
        self.fields["format"].choices = list(enumerate(FORMAT_NAMES))
        self.fields["format"].label = _("Format")
        self.fields["format"].help_text = _("Both open in every spreadsheet program.")


class SpreadsheetAdmin(ImportExportMixin):
    """Export for whoever may see the records, import for whoever may write them."""

    formats = FORMATS
    import_formats = FORMATS
    export_formats = FORMATS
    import_form_class = ChooseFileForm
    confirm_form_class = ConfirmForm
    export_form_class = ChooseFormatForm
    tmp_storage_class = PreviewStorage

    def has_import_permission(self, request):
        return self.has_add_permission(request) and self.has_change_permission(request)

    def has_export_permission(self, request):
        return self.has_view_permission(request)

    def get_confirm_form_kwargs(self, request, import_form=None):
        return {**super().get_confirm_form_kwargs(request, import_form), "person": request.user}

    def get_import_data_kwargs(self, **kwargs):
        """A row that fails takes all others with it, in the preview as in earnest."""
        return {**super().get_import_data_kwargs(**kwargs), "rollback_on_validation_errors": True}

    def add_data_read_fail_error_to_form(self, form, e):
        if not isinstance(e, ValidationError):
            logger.info("an import could not be read: %r", e)
            e = ValidationError(_("The file cannot be read as CSV or XLSX."))
        form.add_error("import_file", e)

    @method_decorator(require_POST)
    def process_import(self, request, **kwargs):
        """Write what the preview showed, once; a preview that is over leads to a new one."""
        if not self.has_import_permission(request):
            raise PermissionDenied
        form = self.create_confirm_form(request)
        if form.is_valid():
            return super().process_import(request, **kwargs)
        messages.error(request, " ".join(form.errors.get("import_file_name", [])))
        return redirect("admin:{}_{}_import".format(*self.get_model_info()))

    def process_result(self, result, request):
        """Go on to the list; where rows fail that the preview had found right, name them."""
        if not (result.has_errors() or result.has_validation_errors()):
            return super().process_result(result, request)
        resource_classes = self.get_import_resource_classes(request)
        context = {
            **self.admin_site.each_context(request),
            "title": _("Import"),
            "opts": self.opts,
            "form": self.import_form_class(self.get_import_formats(), resource_classes),
            "result": result,
        }
        return TemplateResponse(request, [self.import_template_name], context)

    def add_success_message(self, result, request):
        counts = {name: number(count) for name, count in result.totals.items()}
        message = _("Imported. New: %(new)s. Changed: %(update)s. Unchanged: %(skip)s.")
        messages.success(request, message % counts)

    def _create_log_entry(self, user_pk, rows, import_type, action_flag):
        message = [{"added": {}}] if action_flag == ADDITION else ""
        LogEntry.objects.log_actions(user_pk, rows, action_flag, change_message=message)
