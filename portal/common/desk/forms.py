"""Forms of records with texts in several languages."""

from django import forms
from django.conf import settings
from django.contrib.admin.widgets import RelatedFieldWidgetWrapper
from django.core.exceptions import ValidationError
from django.db import models
from django.utils.translation import get_language_info
from django.utils.translation import gettext_lazy as _
from modeltranslation.fields import TranslationField
from modeltranslation.translator import translator

from portal.common.display import moment
from portal.common.languages import columns, direction

# The input of curated_change_form.html that names the version which the form shows.
VERSION_INPUT = "_version"
LINES = 5
LINES_OF_A_SHORT_TEXT = 2
# Read from left to right in every language.
LEFT_TO_RIGHT = (models.SlugField, models.URLField, models.DateField, models.DecimalField)


class CuratedForm(forms.ModelForm):
    """Asks for the texts that a record needs in its original language, and in no other.

    Where the model has no original language, one text in any language is enough.
    """

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        self.needed = {
            field: [column for column in columns(field) if column in self.fields]
            for field in translator.get_options_for_model(self._meta.model).fields
            if not self._meta.model._meta.get_field(field).blank
        }
        original = self._original_language()
        for field, inputs in self.needed.items():
            for language_column in inputs:
                self.fields[language_column].required = language_column == f"{field}_{original}"

    def clean(self):
        cleaned = super().clean()
        self._refuse_to_undo()
        if self._original_language() is None:
            for inputs in self.needed.values():
                if not any(cleaned.get(name) or name in self.errors for name in inputs):
                    self._ask_for_any(inputs)
        return cleaned

    def _refuse_to_undo(self) -> None:
        """Raise ValidationError where somebody saved the record after this form was opened.

        The form comes back with the newest version noted: sent again, it is taken.
        """
        shown_version = self.data.get(VERSION_INPUT)
        if not shown_version or not hasattr(self.instance, "history"):
            return
        newest = self.instance.history.select_related("history_user").first()
        if newest and str(newest.pk) != shown_version:
            message = _(
                "%(person)s saved this record at %(moment)s, after you opened it. Its history "
                "shows what changed. Save again to put your version in its place."
            )
            raise ValidationError(
                message,
                params={
                    "person": newest.history_user or _("The portal itself"),
                    "moment": moment(newest.history_date),
                },
            )

    def _ask_for_any(self, inputs: list[str]) -> None:
        for name in inputs:
            message = _("Write it in at least one language.")
            self.add_error(name, ValidationError(message, "required"))

    def _original_language(self) -> str | None:
        """The original language as chosen in the form, or of the record; None without one."""
        if "original_language" in self.fields:
            return self["original_language"].value()
        return getattr(self.instance, "original_language", None)


class InItsLanguage:
    """Mixin for desks: each input has the language and direction of what is written in it."""

    form = CuratedForm

    def formfield_for_dbfield(self, db_field, request, **kwargs):
        field = super().formfield_for_dbfield(db_field, request, **kwargs)
        if field is None:
            return None
        attributes = field.widget.attrs
        if isinstance(db_field, TranslationField):
            # No text yet is NULL, as everywhere.
            field.empty_value = None
            attributes.update(
                {
                    "lang": db_field.language,
                    "dir": direction(db_field.language),
                    "data-language": get_language_info(db_field.language)["name_translated"],
                }
            )
        elif isinstance(db_field, LEFT_TO_RIGHT):
            attributes["dir"] = "ltr"
        elif isinstance(field, forms.CharField):
            attributes["dir"] = "auto"
        if isinstance(field.widget, RelatedFieldWidgetWrapper):
            # A record is deleted on its own page, where the desk says what goes with it.
            field.widget.can_delete_related = field.widget.can_view_related = False
        if isinstance(field.widget, forms.Textarea):
            attributes["rows"] = LINES_OF_A_SHORT_TEXT if db_field.max_length else LINES
        return field

    def formfield_for_choice_field(self, db_field, request, **kwargs):
        """Languages are named in the language of the page."""
        if db_field.choices == settings.LANGUAGES:
            choices = db_field.get_choices(include_blank=db_field.blank)
            kwargs["choices"] = [
                (code, get_language_info(code)["name_translated"] if code else name)
                for code, name in choices
            ]
        return super().formfield_for_choice_field(db_field, request, **kwargs)
