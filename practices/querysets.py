"""Sets of practices."""

from django.db.models import Prefetch
from django.utils import timezone

from exchanges.models import City, Theme
from findings.models import Finding
from portal.common.sorting import SortedQuerySet, sort_column
from practices.choices import GONE_STATES, State


class PracticeQuerySet(SortedQuerySet):
    def published(self):
        """The practices that everybody may see."""
        return self.filter(state=State.PUBLISHED)

    def gone(self):
        """The practices that were public and are not any more; their pages answer 410."""
        return self.filter(state__in=GONE_STATES)

    def past_review(self):
        """The practices whose review date has passed."""
        return self.filter(review_by__lt=timezone.localdate())

    def newest_first(self):
        """By the time of publication, newest first, ties by id."""
        return self.order_by("-published_at", "-pk")

    def by_city(self):
        """By the name of the city, then by title, as a reader of the active language expects."""
        return self.order_by(f"city__{sort_column()}", sort_column(), "pk")

    def for_cards(self):
        """With what templates/practices/_card.html shows: two statements, however many rows."""
        return self.select_related("city__country").prefetch_related(_published_findings())

    def for_page(self):
        """With what the page of a practice shows: eight statements, however many rows."""
        return self.select_related("city__country", "main_theme").prefetch_related(
            _published_findings(),
            Prefetch("themes", Theme.objects.in_reading_order()),
            Prefetch(
                "other_cities",
                City.objects.published().select_related("country").in_reading_order(),
            ),
            "target_groups",
            "sources",
            "documents",
            "photos",
        )


def _published_findings() -> Prefetch:
    return Prefetch(
        "findings", Finding.objects.published().select_related("edition").in_order_of_number()
    )
