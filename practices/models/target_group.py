"""Target groups: whom practices are for, in about ten words."""

from django.db import models
from django.utils.translation import gettext_lazy as _

from portal.common.fields import CleanLine, CleanText
from portal.common.sorting import SortedByText, SortedQuerySet


class TargetGroup(SortedByText):
    slug = models.SlugField(_("name in addresses"), max_length=60, unique=True)
    name = CleanLine(_("name"), max_length=120)
    description = CleanText(_("description"), blank=True)

    objects = SortedQuerySet.as_manager()

    class Meta:
        verbose_name = _("target group")
        verbose_name_plural = _("target groups")
        ordering = ["slug"]

    def __str__(self) -> str:
        return self.name or self.slug
