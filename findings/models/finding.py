"""Findings: what an edition says in its ten points, and where that was discussed."""

from django.db import models
from django.urls import reverse
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from exchanges.models import DialogueEvent, Theme
from findings.choices import Basis
from findings.models.edition import Edition
from portal.common.attachments import Photo, Source
from portal.common.constraints import full_in_original_language, source_is_not_empty
from portal.common.fields import CleanLine, CleanText
from portal.common.languages import InOriginalLanguage
from portal.common.sorting import SortedByText, SortedQuerySet

FINDINGS_OF_AN_EDITION = 10


class FindingQuerySet(SortedQuerySet):
    def published(self):
        """The findings that everybody may see: published ones of published editions."""
        return self.filter(is_published=True, edition__is_published=True)

    def in_order_of_number(self):
        """Newest edition first, then by number."""
        return self.order_by("-edition__year", "number")


class Finding(InOriginalLanguage, SortedByText):
    sort_field = "title"

    edition = models.ForeignKey(
        Edition, models.PROTECT, related_name="findings", verbose_name=_("edition")
    )
    number = models.PositiveSmallIntegerField(_("number"))
    title = CleanLine(_("title"), max_length=200)
    summary = CleanText(_("summary"), blank=True)
    recommendation = CleanText(_("recommendation"), blank=True)
    themes = models.ManyToManyField(
        Theme, related_name="findings", blank=True, verbose_name=_("themes")
    )
    events = models.ManyToManyField(
        DialogueEvent, through="Discussion", related_name="findings", verbose_name=_("discussed at")
    )
    is_partial = models.BooleanField(
        _("partial"),
        default=False,
        help_text=_("Only the beginning of the finding is known. Its page says so at the top."),
    )
    is_published = models.BooleanField(_("published"), default=True)
    curator_note = CleanText(
        _("note for curators"), blank=True, help_text=_("For staff only, never published.")
    )

    objects = FindingQuerySet.as_manager()

    class Meta:
        verbose_name = _("finding")
        verbose_name_plural = _("findings")
        ordering = ["-edition__year", "number"]
        constraints = [
            models.UniqueConstraint(
                fields=["edition", "number"],
                name="finding_number_is_unique_in_edition",
                violation_error_message=_("This edition has a finding with this number."),
            ),
            models.CheckConstraint(
                condition=models.Q(number__gte=1, number__lte=FINDINGS_OF_AN_EDITION),
                name="finding_number_is_one_to_ten",
                violation_error_message=_("Findings are numbered from 1 to 10."),
            ),
            full_in_original_language("title", name="finding_title_is_full"),
        ]

    def __str__(self) -> str:
        return gettext("%(year)d, finding %(number)d: %(title)s") % {
            "year": self.edition.year,
            "number": self.number,
            "title": self.title,
        }

    def get_absolute_url(self) -> str:
        return reverse("findings:finding-detail", args=[self.edition.year, self.number])

    @property
    def key(self) -> str:
        """The finding's value in addresses: "2023-3"."""
        return f"{self.edition.year}-{self.number}"


class Discussion(models.Model):
    """That a finding was discussed at an event, and how that is known."""

    finding = models.ForeignKey(Finding, models.CASCADE, related_name="discussions")
    event = models.ForeignKey(
        DialogueEvent, models.CASCADE, related_name="discussions", verbose_name=_("event")
    )
    basis = models.CharField(_("basis"), max_length=10, choices=Basis, default=Basis.STATED)

    class Meta:
        verbose_name = _("discussion of a finding")
        verbose_name_plural = _("discussions of findings")
        constraints = [
            models.UniqueConstraint(
                fields=["finding", "event"],
                name="finding_event_is_unique",
                violation_error_message=_("This event is listed already."),
            ),
            models.CheckConstraint(
                condition=models.Q(basis__in=Basis.values), name="discussion_basis_is_known"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.finding} · {self.event}"


class FindingSource(Source):
    finding = models.ForeignKey(Finding, models.CASCADE, related_name="sources")

    class Meta(Source.Meta):
        constraints = [source_is_not_empty(name="finding_source_is_not_empty")]


class FindingPhoto(Photo):
    finding = models.ForeignKey(Finding, models.CASCADE, related_name="photos")
