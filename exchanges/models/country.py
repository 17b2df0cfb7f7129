"""Countries and the regions that group them."""

from django.core.validators import RegexValidator
from django.db import models
from django.db.models.functions import Length
from django.utils.translation import gettext_lazy as _

from exchanges.choices import Continent, Region
from portal.common.fields import CleanLine
from portal.common.sorting import SortedByText, SortedQuerySet

models.CharField.register_lookup(Length)


class Country(SortedByText):
    """A country; names in both languages are those of CLDR."""

    code = models.CharField(
        _("ISO code"),
        max_length=2,
        unique=True,
        validators=[RegexValidator("^[A-Z]{2}$", _("Two capital letters, as in ISO 3166."))],
        help_text=_("Two capital letters, as in ISO 3166."),
    )
    name = CleanLine(_("name"), max_length=80)
    region = models.CharField(_("region"), max_length=20, choices=Region)

    objects = SortedQuerySet.as_manager()

    class Meta:
        verbose_name = _("country")
        verbose_name_plural = _("countries")
        ordering = ["code"]
        constraints = [
            models.CheckConstraint(
                condition=models.Q(code__length=2), name="country_code_has_two_letters"
            ),
            models.CheckConstraint(
                condition=models.Q(region__in=Region.values), name="country_region_is_known"
            ),
        ]

    def __str__(self) -> str:
        return self.name or self.code

    @property
    def continent(self) -> Continent:
        return Region(self.region).continent
