"""Model and form fields for files. Whatever is stored through them came through uploads."""

from django import forms
from django.db import models
from django.db.models.fields.files import FieldFile

from portal.common.uploads import KINDS, AcceptedFile, accept_document, accept_photo


class AcceptedFieldFile(FieldFile):
    """A stored file. Saving checks what no form has checked, and may raise ValidationError."""

    def save(self, name, content, save=True):
        accepted = self.field.accept(content)
        self.field.note_size(self.instance, accepted)
        super().save(accepted.name, accepted, save=save)


class UploadField(forms.FileField):
    """Gives an AcceptedFile: what `accept` made of the file that was sent."""

    def __init__(self, *, accept=accept_document, **kwargs):
        self.accept = accept
        super().__init__(**kwargs)

    def to_python(self, data):
        # `accept` has its own words for an empty file and for a name that cannot be read.
        return None if data in self.empty_values else self.accept(data)

    def widget_attrs(self, widget):
        kinds = [kind for kind in KINDS if kind.is_image or self.accept is accept_document]
        endings = sorted(ending for kind in kinds for ending in kind.endings)
        return {**super().widget_attrs(widget), "accept": ",".join(endings)}


class DocumentField(models.FileField):
    """A file of one of uploads.KINDS under a random name.

    Where the model has columns `width` and `height`, behind this one, the pixels of a picture are
    counted in them; they are 0 for other files.
    """

    attr_class = AcceptedFieldFile
    accept = staticmethod(accept_document)

    def formfield(self, **kwargs):
        return super().formfield(
            **{"form_class": UploadField, "accept": self.accept, "max_length": None, **kwargs}
        )

    def clean(self, value, model_instance):
        """Check what no form has checked: the file of an import or of a script."""
        if value and not value._committed and not isinstance(value.file, AcceptedFile):
            setattr(model_instance, self.attname, self.accept(value.file))
            value = getattr(model_instance, self.attname)
        return super().clean(value, model_instance)

    def note_size(self, instance: models.Model, accepted: AcceptedFile) -> None:
        """Write the size in pixels into the columns for it, where there are any."""
        if hasattr(instance, "width") and hasattr(instance, "height"):
            instance.width, instance.height = accepted.size_in_pixels or (0, 0)


class PhotoField(DocumentField):
    """A PNG, JPEG or WebP picture."""

    accept = staticmethod(accept_photo)
