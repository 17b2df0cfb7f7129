"""Dialogue events: where and when cities met, who made it possible, who came."""

from django.core.exceptions import ValidationError
from django.db import models
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from exchanges.choices import Confidence, PartnerRole
from exchanges.models.city import City
from exchanges.models.partner import Partner
from exchanges.models.theme import Theme
from exchanges.querysets import DialogueEventQuerySet
from portal.common.attachments import Document, Photo, Source
from portal.common.constraints import (
    at_precision_of,
    full_in_original_language,
    source_is_not_empty,
)
from portal.common.dates import PartialDate
from portal.common.fields import CleanLine, CleanText, PartialDateField
from portal.common.languages import InOriginalLanguage
from portal.common.sorting import SortedByText


class DialogueEvent(InOriginalLanguage, SortedByText):
    sort_field = "title"

    slug = models.SlugField(_("name in addresses"), max_length=80, unique=True)
    title = CleanLine(_("title"), max_length=200)
    summary = CleanText(_("summary"), blank=True)
    host_cities = models.ManyToManyField(
        City, related_name="hosted_events", blank=True, verbose_name=_("host cities")
    )
    venue = CleanLine(_("venue"), max_length=200, blank=True)
    starts = PartialDateField(_("start"))
    ends = PartialDateField(
        _("end"), null=True, blank=True, help_text=_("Leave empty for a single day.")
    )
    participants_number = models.PositiveIntegerField(
        _("number of participants"),
        null=True,
        blank=True,
        help_text=_("For calculations only; pages show the text below."),
    )
    participants = CleanText(_("participants in words"), blank=True)
    cities = models.ManyToManyField(
        City, related_name="events", blank=True, verbose_name=_("cities that took part")
    )
    themes = models.ManyToManyField(
        Theme, related_name="events", blank=True, verbose_name=_("themes")
    )
    partners = models.ManyToManyField(
        Partner, through="EventPartner", related_name="events", verbose_name=_("partners")
    )
    confidence = models.CharField(
        _("how sure we are"), max_length=20, choices=Confidence, default=Confidence.CONFIRMED
    )
    is_published = models.BooleanField(_("published"), default=True)
    curator_note = CleanText(
        _("note for curators"), blank=True, help_text=_("For staff only, never published.")
    )

    objects = DialogueEventQuerySet.as_manager()

    class Meta:
        verbose_name = _("dialogue event")
        verbose_name_plural = _("dialogue events")
        ordering = ["-starts", "slug"]
        constraints = [
            models.CheckConstraint(
                condition=models.Q(confidence__in=Confidence.values),
                name="event_confidence_is_known",
            ),
            full_in_original_language("title", name="event_title_is_full"),
            models.CheckConstraint(
                condition=models.Q(ends__isnull=True)
                | models.Q(ends__gte=at_precision_of("ends", "starts")),
                name="event_ends_after_it_starts",
                violation_error_message=_("The end lies before the start."),
            ),
        ]

    def __str__(self) -> str:
        return self.title or self.slug

    def get_absolute_url(self) -> str:
        return reverse("exchanges:event-detail", args=[self.slug])

    @property
    def city_count(self) -> int:
        """How many cities are known to have taken part, hosts included; 0 without a guest.

        The row comes from with_places().
        """
        return self.guest_count and self.guest_count + len(self.host_cities.all())

    @property
    def closes(self) -> PartialDate:
        """The end, or the start where the event had one day."""
        return self.ends or self.starts

    @property
    def has_known_days(self) -> bool:
        """Whether first and last day are known, so that it can stand in a calendar."""
        return bool(self.starts.day and self.closes.day)

    def clean(self):
        super().clean()
        if self.ends and self.starts and self.ends.last_day < self.starts.first_day:
            raise ValidationError({"ends": _("The end lies before the start.")})


class EventPartner(models.Model):
    """An organisation's part in one event; it may have several roles in the same event."""

    event = models.ForeignKey(DialogueEvent, models.CASCADE, related_name="partnerships")
    partner = models.ForeignKey(
        Partner, models.CASCADE, related_name="partnerships", verbose_name=_("partner")
    )
    role = models.CharField(_("role"), max_length=20, choices=PartnerRole)

    class Meta:
        verbose_name = _("partner of an event")
        verbose_name_plural = _("partners of an event")
        ordering = ["event", "role", "partner"]
        constraints = [
            models.UniqueConstraint(
                fields=["event", "partner", "role"],
                name="event_partner_role_is_unique",
                violation_error_message=_("This organisation has this role already."),
            ),
            models.CheckConstraint(
                condition=models.Q(role__in=PartnerRole.values), name="event_partner_role_is_known"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.partner} ({self.get_role_display()})"


class EventSource(Source):
    event = models.ForeignKey(DialogueEvent, models.CASCADE, related_name="sources")

    class Meta(Source.Meta):
        constraints = [source_is_not_empty(name="event_source_is_not_empty")]


class EventDocument(Document):
    event = models.ForeignKey(DialogueEvent, models.CASCADE, related_name="documents")


class EventPhoto(Photo):
    event = models.ForeignKey(DialogueEvent, models.CASCADE, related_name="photos")
