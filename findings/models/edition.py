"""Yearly editions of the ten key findings."""

from django.db import models
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from exchanges.models import Partner
from portal.common.attachments import Source
from portal.common.constraints import full_in_original_language, source_is_not_empty
from portal.common.fields import CleanLine, CleanText
from portal.common.languages import InOriginalLanguage


class EditionQuerySet(models.QuerySet):
    def published(self):
        """The editions that everybody may see."""
        return self.filter(is_published=True)

    def newest_first(self):
        return self.order_by("-year")

    def complete(self):
        """The editions with all ten findings."""
        return self.filter(is_complete=True)


class Edition(InOriginalLanguage):
    year = models.PositiveSmallIntegerField(_("year"), unique=True)
    title = CleanLine(_("title"), max_length=200)
    intro = CleanText(_("introduction"), blank=True)
    is_complete = models.BooleanField(
        _("complete"),
        default=False,
        help_text=_("All ten findings are here. Where not, the page says so at the top."),
    )
    published_on = models.DateField(_("published on"), null=True, blank=True)
    updated_on = models.DateField(_("updated on"), null=True, blank=True)
    supporters = models.ManyToManyField(
        Partner, related_name="editions", blank=True, verbose_name=_("supporters")
    )
    is_published = models.BooleanField(_("published"), default=True)
    curator_note = CleanText(
        _("note for curators"), blank=True, help_text=_("For staff only, never published.")
    )

    objects = EditionQuerySet.as_manager()

    class Meta:
        verbose_name = _("edition")
        verbose_name_plural = _("editions")
        ordering = ["-year"]
        constraints = [
            models.CheckConstraint(
                condition=models.Q(year__gte=2000, year__lte=2100), name="edition_year_is_sensible"
            ),
            full_in_original_language("title", name="edition_title_is_full"),
        ]

    def __str__(self) -> str:
        return str(self.year)

    def get_absolute_url(self) -> str:
        return reverse("findings:edition-detail", args=[self.year])


class EditionSource(Source):
    edition = models.ForeignKey(Edition, models.CASCADE, related_name="sources")

    class Meta(Source.Meta):
        constraints = [source_is_not_empty(name="edition_source_is_not_empty")]
