"""Scales and groups of cities, partners and dialogue events, as data."""

from django.db import models
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy


class Continent(models.TextChoices):
    EUROPE = "europe", _("Europe")
    NORTH_AMERICA = "north-america", _("North America")
    ELSEWHERE = "elsewhere", pgettext_lazy("continent", "Elsewhere")


class Region(models.TextChoices):
    NORDIC = "nordic", _("Nordic countries")
    WESTERN = "western", _("Western Europe")
    CENTRAL_EASTERN = "central-eastern", _("Central and eastern Europe")
    SOUTHERN = "southern", _("Southern Europe")
    UNITED_STATES = "united-states", _("United States")
    CANADA = "canada", _("Canada")
    ELSEWHERE = "elsewhere", pgettext_lazy("region", "Elsewhere")

    @property
    def continent(self) -> Continent:
        """The continent that groups this region."""
        return CONTINENT_OF_REGION[self]


CONTINENT_OF_REGION = {
    Region.NORDIC: Continent.EUROPE,
    Region.WESTERN: Continent.EUROPE,
    Region.CENTRAL_EASTERN: Continent.EUROPE,
    Region.SOUTHERN: Continent.EUROPE,
    Region.UNITED_STATES: Continent.NORTH_AMERICA,
    Region.CANADA: Continent.NORTH_AMERICA,
    Region.ELSEWHERE: Continent.ELSEWHERE,
}


class NetworkStanding(models.TextChoices):
    MEMBER = "member", _("Member of the network")
    TOOK_PART = "took-part", _("Took part in the network's work")
    HOST = "host", _("Hosted a dialogue event")
    UNKNOWN = "unknown", _("No link to the network known")


class PartnerKind(models.TextChoices):
    NETWORK = "network", _("Network")
    CITY = "city", _("City administration")
    NATIONAL_GOVERNMENT = "national-government", _("National government")
    INTERNATIONAL_ORGANISATION = "international-organisation", _("International organisation")
    UNIVERSITY = "university", _("University or research institute")
    CIVIL_SOCIETY = "civil-society", _("Civil society")
    FOUNDATION = "foundation", _("Foundation")
    OTHER = "other", pgettext_lazy("kind of partner", "Other")


class PartnerRole(models.TextChoices):
    HOST = "host", pgettext_lazy("role of a partner", "Host")
    PARTNER = "partner", pgettext_lazy("role of a partner", "Partner")
    SUPPORTER = "supporter", pgettext_lazy("role of a partner", "Supporter")
    FUNDER = "funder", pgettext_lazy("role of a partner", "Funder")


class Confidence(models.TextChoices):
    CONFIRMED = "confirmed", _("Confirmed: the source names the initiative")
    PROBABLE = "probable", _("Probable: documented, its place in the initiative is deduced")
    NAME_ONLY = "name-only", _("Known by name only")
    DOUBTFUL = "doubtful", _("Doubtful: may not have taken place")


class MembershipRole(models.TextChoices):
    OFFICIAL = "official", pgettext_lazy("role in a city", "Official")
    FOCAL_POINT = "focal-point", pgettext_lazy("role in a city", "Focal point")


class MembershipState(models.TextChoices):
    ASKED = "asked", pgettext_lazy("state of a membership", "Waiting")
    CONFIRMED = "confirmed", pgettext_lazy("state of a membership", "Confirmed")
    REFUSED = "refused", pgettext_lazy("state of a membership", "Refused")
    ENDED = "ended", pgettext_lazy("state of a membership", "Ended")


OPEN_MEMBERSHIP_STATES = (MembershipState.ASKED, MembershipState.CONFIRMED)

# How the journal names the acts of exchanges.membership.
MEMBERSHIP_ACTS = {
    "membership-asked": pgettext_lazy("act", "asked to speak for a city"),
    "membership-confirmed": pgettext_lazy("act", "confirmed who speaks for a city"),
    "membership-by-invitation": pgettext_lazy("act", "accepted an invitation to speak for a city"),
    "membership-refused": pgettext_lazy("act", "refused a request to speak for a city"),
    "membership-ended": pgettext_lazy("act", "ended a membership"),
    "membership-role": pgettext_lazy("act", "changed a role in a city"),
    "city-invited": pgettext_lazy("act", "invited somebody to speak for a city"),
    "city-invitation-withdrawn": pgettext_lazy("act", "withdrew an invitation"),
}
