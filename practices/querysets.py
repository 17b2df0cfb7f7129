"""Sets of practices."""

from django.db.models import (
    Exists,
    F,
    OuterRef,
    Prefetch,
    Q,
    QuerySet,
    prefetch_related_objects,
)
from django.utils import timezone

from exchanges.models import City, Membership, Theme
from findings.models import Finding
from portal.common.sorting import SortedQuerySet, sort_column
from practices.choices import GONE_STATES, WAITING_STATES, State, SubmissionState


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
        """With what practices.cards.Card.of() reads: two statements, however many rows."""
        return self.select_related("city__country", "main_theme").prefetch_related(
            _published_findings(to_attr="published_findings")
        )

    def for_page(self):
        """With what the page of a practice shows: eight statements, however many rows."""
        return self.select_related("city__country", "main_theme").prefetch_related(*_page_parts())

    def one_for_page(self, pk: int):
        """One practice with what its page shows, or None. What it has none of is not asked for.

        Four statements, and one each for further cities, sources, documents and photos.
        """
        same = self.model._default_manager.filter(pk=OuterRef("pk"))
        hints = {
            f"has_{name}": Exists(same.filter(**{f"{name}__isnull": False})) for name in _RARE_PARTS
        }
        practices = self.select_related("city__country", "main_theme").annotate(**hints)
        practice = practices.filter(pk=pk).first()
        if practice:
            missing = {name for name in _RARE_PARTS if not getattr(practice, f"has_{name}")}
            empty = [
                Prefetch(name, self.model._meta.get_field(name).related_model.objects.none())
                for name in missing
            ]
            parts = [part for part in _page_parts() if part.prefetch_to not in missing]
            prefetch_related_objects([practice], *parts, *empty)
        return practice


# Parts of a page that many practices have none of.
_RARE_PARTS = ("other_cities", "sources", "documents", "photos")


def _page_parts() -> list[Prefetch]:
    return [
        _published_findings(),
        Prefetch("themes", Theme.objects.in_reading_order()),
        Prefetch(
            "other_cities",
            City.objects.published().select_related("country").in_reading_order(),
        ),
        *(Prefetch(name) for name in ("target_groups", "sources", "documents", "photos")),
    ]


def _published_findings(to_attr: str | None = None) -> Prefetch:
    findings = Finding.objects.published().select_related("edition").in_order_of_number()
    return Prefetch("findings", findings, to_attr)


class SubmissionQuerySet(QuerySet):
    def published(self):
        """None: what is published of a submission is a practice."""
        return self.none()

    def written_by(self, person):
        """The submissions that `person` (an account) writes, alone or with others."""
        if person.pk is None:
            return self.none()
        return self.filter(Q(author=person.pk) | Q(coauthors__person=person.pk)).distinct()

    def at_desk(self):
        """Those that curators see: what was sent in and is no draft (again)."""
        return self.filter(sent_at__isnull=False).exclude(state=SubmissionState.DRAFT)

    def with_confirmation(self):
        """Each with `is_confirmed`: whether somebody who wrote it speaks for its city now."""
        confirmed = Membership.objects.confirmed().filter(city=OuterRef("city"))
        by_author = confirmed.filter(person=OuterRef("author"))
        by_coauthor = confirmed.filter(person__coauthorships__submission=OuterRef("pk"))
        return self.annotate(is_confirmed=Exists(by_author) | Exists(by_coauthor))

    def waiting(self):
        """Those on which the network has promised an answer."""
        return self.filter(state__in=WAITING_STATES)

    def late(self):
        """Those of which the day of the promised answer has passed."""
        return self.waiting().filter(due_on__lt=timezone.localdate())

    def by_promise(self):
        """By the day of the promised answer, then by the time of sending; without one last."""
        return self.order_by(F("due_on").asc(nulls_last=True), F("sent_at").asc(nulls_last=True))

    def newest_first(self):
        """By the last save, newest first."""
        return self.order_by("-saved_at", "pk")
