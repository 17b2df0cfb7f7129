"""Cities and where facts about them come from."""

from django.db import models
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from exchanges.choices import NetworkStanding
from exchanges.models.country import Country
from exchanges.models.theme import Theme
from exchanges.querysets import CityQuerySet
from exchanges.spelling import folded
from portal.common.attachments import Source
from portal.common.constraints import source_is_not_empty
from portal.common.fields import CleanLine, CleanText, WebAddressField
from portal.common.languages import columns
from portal.common.sorting import SortedByText


class City(SortedByText):
    slug = models.SlugField(_("name in addresses"), max_length=80, unique=True)
    name = CleanLine(_("name"), max_length=120)
    other_names = CleanText(
        _("other spellings"),
        blank=True,
        help_text=_("One a line. People find the city under these names too."),
    )
    country = models.ForeignKey(
        Country, models.PROTECT, related_name="cities", verbose_name=_("country")
    )
    latitude = models.DecimalField(
        _("latitude"), max_digits=8, decimal_places=5, null=True, blank=True
    )
    longitude = models.DecimalField(
        _("longitude"), max_digits=8, decimal_places=5, null=True, blank=True
    )
    population = models.PositiveIntegerField(_("population"), null=True, blank=True)
    population_year = models.PositiveSmallIntegerField(
        _("year of the figure"), null=True, blank=True
    )
    population_basis = CleanLine(
        _("what the figure covers"),
        max_length=120,
        blank=True,
        help_text=_("For example: municipality, or city without suburbs."),
    )
    website = WebAddressField(_("website"), max_length=300, blank=True)
    standing = models.CharField(
        _("standing in the network"),
        max_length=20,
        choices=NetworkStanding,
        default=NetworkStanding.UNKNOWN,
    )
    email_domains = CleanText(
        _("e-mail domains of officials"),
        blank=True,
        help_text=_("One a line, for example oslo.example.org. Never shown in public."),
    )
    offers = models.ManyToManyField(
        Theme, related_name="offered_by", blank=True, verbose_name=_("what it offers to others")
    )
    seeks = models.ManyToManyField(
        Theme, related_name="sought_by", blank=True, verbose_name=_("what it seeks")
    )
    spellings = models.TextField(editable=False, default="")
    is_published = models.BooleanField(_("published"), default=True)
    curator_note = CleanText(
        _("note for curators"), blank=True, help_text=_("For staff only, never published.")
    )

    objects = CityQuerySet.as_manager()

    class Meta:
        verbose_name = _("city")
        verbose_name_plural = _("cities")
        ordering = ["slug"]
        constraints = [
            models.CheckConstraint(
                condition=models.Q(latitude__isnull=True, longitude__isnull=True)
                | models.Q(
                    latitude__gte=-90, latitude__lte=90, longitude__gte=-180, longitude__lte=180
                ),
                name="city_place_is_whole_and_on_earth",
                violation_error_message=_(
                    "Give both latitude (-90 to 90) and longitude (-180 to 180), or neither."
                ),
            ),
            models.CheckConstraint(
                condition=models.Q(standing__in=NetworkStanding.values),
                name="city_standing_is_known",
            ),
        ]

    def __str__(self) -> str:
        return self.name or self.slug

    def save(self, *args, update_fields=None, **kwargs):
        self.set_spellings()
        if update_fields is not None:
            update_fields = {*update_fields, "spellings"}
        super().save(*args, update_fields=update_fields, **kwargs)

    def set_spellings(self) -> None:
        """Set what CityQuerySet.named() searches: all names and spellings. Saves nothing."""
        texts = [*columns("name"), *columns("other_names")]
        self.spellings = folded(getattr(self, column) for column in texts)

    def published_practices(self):
        """The practices that everybody may see and that it runs, alone or with others."""
        return self.practices.model.objects.published().filter(
            models.Q(city=self) | models.Q(pk__in=self.practices_with_others.values("pk"))
        )

    def get_absolute_url(self) -> str:
        return reverse("exchanges:city-detail", args=[self.slug])

    @property
    def event_count(self) -> int:
        """How many events it hosted or took part in; the row comes from with_counts()."""
        return self.hosted_count + self.attended_count

    @property
    def has_place(self) -> bool:
        """Whether the city has coordinates."""
        return self.latitude is not None


class CitySource(Source):
    city = models.ForeignKey(City, models.CASCADE, related_name="sources")

    class Meta(Source.Meta):
        constraints = [source_is_not_empty(name="city_source_is_not_empty")]
