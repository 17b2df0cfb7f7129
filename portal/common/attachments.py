"""What hangs on a record: sources, documents, photographs. One concrete table an owner."""

import unicodedata
from pathlib import PurePath
from uuid import uuid4

from django.apps import apps
from django.conf import settings
from django.contrib.auth import get_permission_codename
from django.contrib.auth.base_user import AbstractBaseUser
from django.contrib.auth.models import AnonymousUser
from django.db import models
from django.db.models.fields.files import FieldFile
from django.utils.translation import gettext_lazy as _
from modeltranslation.utils import build_localized_fieldname

from portal.common.fields import CleanLine, WebAddressField
from portal.common.filefields import DocumentField, PhotoField
from portal.common.languages import shown

LONGEST_DOWNLOAD_NAME = 80


def random_name(instance: models.Model, filename: str) -> str:
    """Where an upload is kept: a random name, the checked ending, nothing of the sender's."""
    folder = instance._meta.model_name
    return f"{folder}/{uuid4().hex}{PurePath(filename).suffix.lower()}"


def attachment_models() -> list[type["Attachment"]]:
    """Every concrete table of files."""
    return [model for model in apps.get_models() if issubclass(model, Attachment)]


class Ordered(models.Model):
    """A record with a place in its owner's list, from 1."""

    position = models.PositiveSmallIntegerField(_("position"), default=1)

    class Meta:
        abstract = True
        ordering = ["position", "pk"]


class Source(Ordered):
    """Where a fact comes from: an address, or a label where the source has none, or both."""

    label = CleanLine(_("label"), max_length=300, blank=True)
    url = WebAddressField(_("address"), max_length=500, blank=True)

    class Meta(Ordered.Meta):
        abstract = True
        verbose_name = _("source")
        verbose_name_plural = _("sources")

    def __str__(self) -> str:
        return self.label or self.url


class AttachmentQuerySet(models.QuerySet):
    """Rows of Attachment models."""

    def published(self):
        """The files of records that everybody may see."""
        owner = self.model.owner_field()
        return self.filter(
            **{f"{owner.name}__in": owner.related_model._default_manager.published()}
        )


class Attachment(Ordered):
    """A file that hangs on one record: the target of the model's first foreign key."""

    file_field = "file"
    naming_field = "title"

    objects = AttachmentQuerySet.as_manager()

    class Meta(Ordered.Meta):
        abstract = True

    def __str__(self) -> str:
        return getattr(self, self.naming_field)

    @classmethod
    def owner_field(cls) -> models.ForeignKey:
        """The foreign key to the record that the file belongs to."""
        return next(field for field in cls._meta.fields if field.many_to_one)

    @property
    def stored(self) -> FieldFile:
        """The file itself."""
        return getattr(self, self.file_field)

    @property
    def url(self) -> str:
        """Where the file is served to those who may have it."""
        return self.stored.url

    def may_be_read_by(self, person: AbstractBaseUser | AnonymousUser) -> bool:
        """Whether `person` may have the file while its record is not published.

        Who may view the table may; a subclass says who else.
        """
        permission = get_permission_codename("view", self._meta)
        return person.has_perm(f"{self._meta.app_label}.{permission}")

    @property
    def download_name(self) -> str:
        """A name for the file on a reader's disk, made from what the file is called in the portal.

        Letters, marks and digits of every script, blanks and hyphens: nothing that any system
        takes for more than a name.
        """
        text = self._title()
        kept = "".join(c if unicodedata.category(c)[0] in "LMN" or c == "-" else " " for c in text)
        stem = " ".join(kept.split())[:LONGEST_DOWNLOAD_NAME].strip(" -") or "file"
        return stem + PurePath(self.stored.name).suffix

    def _title(self) -> str:
        """What the file is called in the portal, best in its own language."""
        language = getattr(self, "language", "") or settings.LANGUAGE_CODE
        if hasattr(self, build_localized_fieldname(self.naming_field, language)):
            return shown(self, self.naming_field, language).text
        return getattr(self, self.naming_field)


class Document(Attachment):
    """A file to read, of one of the kinds of portal.common.uploads."""

    title = CleanLine(_("title"), max_length=200)
    file = DocumentField(_("file"), upload_to=random_name, max_length=200)
    language = models.CharField(
        _("language of the file"), max_length=10, choices=settings.LANGUAGES, blank=True
    )

    class Meta(Ordered.Meta):
        abstract = True
        verbose_name = _("document")
        verbose_name_plural = _("documents")

    @property
    def kind(self) -> str:
        """Its ending: "PDF", "DOCX", "JPG"."""
        return PurePath(self.file.name).suffix.removeprefix(".").upper()


class Photo(Attachment):
    """A photograph with what a reader who does not see it needs to know."""

    file_field = "image"
    naming_field = "alt"

    image = PhotoField(_("photograph"), upload_to=random_name, max_length=200)
    width = models.PositiveIntegerField(editable=False, default=0)
    height = models.PositiveIntegerField(editable=False, default=0)
    alt = CleanLine(
        _("description for those who do not see it"),
        max_length=300,
        help_text=_("What the photograph shows, in one sentence."),
    )
    caption = CleanLine(_("caption"), max_length=300, blank=True)
    credit = CleanLine(_("credit"), max_length=200, blank=True)

    class Meta(Ordered.Meta):
        abstract = True
        verbose_name = _("photograph")
        verbose_name_plural = _("photographs")
