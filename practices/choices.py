"""States and scales of a practice, as data."""

from django.db import models
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy


class State(models.TextChoices):
    UNLISTED = "unlisted", _("Unlisted: a curator is at work on it")
    PUBLISHED = "published", pgettext_lazy("state of a practice", "Published")
    WITHDRAWN = "withdrawn", pgettext_lazy("state of a practice", "Withdrawn by the city")
    ARCHIVED = "archived", pgettext_lazy("state of a practice", "Archived")


# Their pages answer 410 and say what happened.
GONE_STATES = (State.WITHDRAWN, State.ARCHIVED)


class Evidence(models.TextChoices):
    """How well the effect is known. The order is that of strength."""

    NONE_FOUND = "none-found", pgettext_lazy("strength of evidence", "None found")
    LIMITED = "limited", pgettext_lazy("strength of evidence", "Limited")
    MODERATE = "moderate", pgettext_lazy("strength of evidence", "Moderate")
    STRONG = "strong", pgettext_lazy("strength of evidence", "Strong")

    @property
    def level(self) -> int:
        """0 (none found) to 3 (strong)."""
        return list(type(self)).index(self)

    @property
    def cells(self) -> list[bool]:
        """One a step above none found: whether this strength reaches it."""
        return [step <= self.level for step in range(1, len(type(self)))]

    @property
    def definition(self) -> str:
        return EVIDENCE_DEFINITIONS[self]


EVIDENCE_DEFINITIONS = {
    Evidence.NONE_FOUND: _("No evaluation was found in the sources read."),
    Evidence.LIMITED: _("Output figures, statements of the city, or a review without effects."),
    Evidence.MODERATE: _(
        "Independent or academic evaluation without a comparison group, or an economic study."
    ),
    Evidence.STRONG: _(
        "Evaluation of process and effect by researchers, published whatever the result."
    ),
}


class Effect(models.TextChoices):
    WORSE = "worse", pgettext_lazy("effect", "Worse")
    NO_CHANGE = "no-change", pgettext_lazy("effect", "No change")
    MIXED = "mixed", pgettext_lazy("effect", "Mixed")
    IMPROVED = "improved", pgettext_lazy("effect", "Improved")
    MUCH_IMPROVED = "much-improved", pgettext_lazy("effect", "Much improved")

    @property
    def cells(self) -> list[bool]:
        """One a value of the scale: whether it is this one."""
        return [effect == self for effect in type(self)]


class CostBand(models.TextChoices):
    LOW = "low", _("Low: under €10,000 a year")
    MEDIUM = "medium", _("Medium: €10,000 to €100,000 a year")
    HIGH = "high", _("High: over €100,000 a year")

    @property
    def in_words(self) -> str:
        """The band where there is no room for its sums."""
        return COSTS_IN_WORDS[self]


COSTS_IN_WORDS = {
    CostBand.LOW: _("Cost: low"),
    CostBand.MEDIUM: _("Cost: medium"),
    CostBand.HIGH: _("Cost: high"),
}


class PopulationBand(models.TextChoices):
    """How many people a city has."""

    UNDER_50K = "under-50k", _("Under 50,000 people")
    FROM_50K = "50k-250k", _("50,000 to 250,000 people")
    FROM_250K = "250k-1m", _("250,000 to 1 million people")
    OVER_1M = "over-1m", _("Over 1 million people")

    @classmethod
    def of(cls, population: int) -> "PopulationBand":
        """The band of a number of people; who stands on a border is in the larger one."""
        return list(cls)[sum(population >= border for border in _POPULATION_BORDERS)]


_POPULATION_BORDERS = (50_000, 250_000, 1_000_000)


class Match(models.TextChoices):
    """How many words of a query a practice must have."""

    ANY = "any", pgettext_lazy("words of a query", "Any of these words")
    ALL = "all", pgettext_lazy("words of a query", "All of these words")


class Sort(models.TextChoices):
    """Orders of the list of practices; all but relevance are orders that search knows."""

    RELEVANCE = "relevance", pgettext_lazy("order of a list", "Best match")
    NEWEST = "newest", pgettext_lazy("order of a list", "Newest")
    CITY = "city", pgettext_lazy("order of a list", "City")
