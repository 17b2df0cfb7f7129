"""Organisations that host, accompany, support or fund the dialogue."""

from django.db import models
from django.utils.translation import gettext_lazy as _

from exchanges.choices import PartnerKind
from exchanges.models.city import City
from portal.common.fields import CleanLine, CleanText, WebAddressField
from portal.common.sorting import SortedByText, SortedQuerySet


class Partner(SortedByText):
    slug = models.SlugField(_("name in addresses"), max_length=80, unique=True)
    name = CleanLine(_("name"), max_length=200)
    kind = models.CharField(_("kind"), max_length=30, choices=PartnerKind)
    website = WebAddressField(_("website"), max_length=300, blank=True)
    city = models.ForeignKey(
        City,
        models.SET_NULL,
        related_name="partners",
        null=True,
        blank=True,
        verbose_name=_("city it belongs to"),
    )
    curator_note = CleanText(
        _("note for curators"), blank=True, help_text=_("For staff only, never published.")
    )

    objects = SortedQuerySet.as_manager()

    class Meta:
        verbose_name = _("partner")
        verbose_name_plural = _("partners")
        ordering = ["slug"]
        constraints = [
            models.CheckConstraint(
                condition=models.Q(kind__in=PartnerKind.values), name="partner_kind_is_known"
            )
        ]

    def __str__(self) -> str:
        return self.name or self.slug
