"""Sets of cities and dialogue events."""

from django.db.models import (
    Case,
    Func,
    IntegerField,
    Max,
    OuterRef,
    Prefetch,
    Q,
    QuerySet,
    Subquery,
    When,
)
from django.db.models.functions import Coalesce

from exchanges.choices import OPEN_MEMBERSHIP_STATES, MembershipRole, MembershipState, Region
from exchanges.spelling import folded_words
from portal.common.sorting import SortedQuerySet, sort_column


def _count(rows) -> Coalesce:
    """The number of `rows`, a query that refers to an outer row, as a column of that row."""
    # An aggregate of Django's own would group the rows; this one counts them all.
    counted = rows.order_by().annotate(count=Func("pk", function="COUNT")).values("count")
    return Coalesce(Subquery(counted, output_field=IntegerField()), 0)


class CityQuerySet(SortedQuerySet):
    def published(self):
        """The cities that everybody may see."""
        return self.filter(is_published=True)

    def named(self, query: str):
        """The cities that have every word of `query` in a name or another spelling.

        Case, accents, vowel marks and seats of hamza do not count, parts of words do. All cities
        where `query` has neither letter nor digit.
        """
        return self.filter(*(Q(spellings__contains=word) for word in folded_words(query)))

    def with_counts(self):
        """Each with `practice_count`, `hosted_count` and `attended_count` of what is published.

        Practices that it runs with others count; events that it hosted do not count as attended.
        """
        practices = self.model.practices.rel.related_model.objects.published()
        events = self.model.events.rel.related_model.objects.published()
        return self.annotate(
            practice_count=_count(practices.filter(city=OuterRef("pk")))
            + _count(practices.filter(other_cities=OuterRef("pk"))),
            hosted_count=_count(events.filter(host_cities=OuterRef("pk"))),
            attended_count=_count(
                events.filter(cities=OuterRef("pk")).exclude(host_cities=OuterRef("pk"))
            ),
        )

    def by_region(self):
        """By region in the order of Region, then by name as a reader of the page expects."""
        order = [When(country__region=region, then=place) for place, region in enumerate(Region)]
        return self.order_by(Case(*order, output_field=IntegerField()), sort_column(), "pk")


class DialogueEventQuerySet(SortedQuerySet):
    def published(self):
        """The events that everybody may see."""
        return self.filter(is_published=True)

    def newest_first(self):
        """By start, newest first; within a year those without a known day stand last."""
        return self.order_by("-starts", "pk")

    def in_order_of_date(self):
        """By start, oldest first."""
        return self.order_by("starts", "pk")

    def of_city(self, city):
        """The events that `city` hosted or took part in, each once."""
        return self.filter(
            Q(pk__in=city.hosted_events.values("pk")) | Q(pk__in=city.events.values("pk"))
        )

    def with_places(self):
        """Each with its published host cities, their countries, and `guest_count`.

        `guest_count` is the number of published cities that took part beside the hosts.
        """
        cities = self.model.cities.rel.model.objects.published()
        guests = cities.filter(events=OuterRef("pk")).exclude(hosted_events=OuterRef("pk"))
        return self.annotate(guest_count=_count(guests)).prefetch_related(
            Prefetch("host_cities", cities.select_related("country").in_reading_order())
        )


class MembershipQuerySet(QuerySet):
    def open(self):
        """Asked or confirmed, and not ended."""
        return self.filter(state__in=OPEN_MEMBERSHIP_STATES)

    def waiting(self):
        """Those that nobody has decided yet."""
        return self.filter(state=MembershipState.ASKED)

    def confirmed(self):
        """Those whose people speak for the city."""
        return self.filter(state=MembershipState.CONFIRMED, person__is_active=True)

    def focal_points(self):
        """Those whose people decide for the city who speaks for it."""
        return self.confirmed().filter(role=MembershipRole.FOCAL_POINT)

    def newest_of_each_city(self):
        """Of each person and city the last one, by city: what became of what was asked."""
        newest = self.order_by().values("person", "city").annotate(newest=Max("pk"))
        return self.filter(pk__in=newest.values("newest")).select_related("city", "city__country")
