"""Themes: the subjects that cities, findings and practices share."""

from django.db import models
from django.utils.translation import gettext_lazy as _

from portal.common.fields import CleanLine, CleanText
from portal.common.sorting import SortedByText, SortedQuerySet


class Theme(SortedByText):
    slug = models.SlugField(_("name in addresses"), max_length=60, unique=True)
    name = CleanLine(_("name"), max_length=120)
    description = CleanText(_("description"), blank=True)

    objects = SortedQuerySet.as_manager()

    class Meta:
        verbose_name = _("theme")
        verbose_name_plural = _("themes")
        ordering = ["slug"]

    def __str__(self) -> str:
        return self.name or self.slug
