"""Practices: the public record of what a city did."""

from django.db import models
from django.urls import reverse
from django.utils import timezone
from django.utils.text import slugify
from django.utils.translation import gettext_lazy as _

from exchanges.models import City, Theme
from findings.models import Finding
from portal.common.attachments import Document, Photo, Source
from portal.common.constraints import (
    at_precision_of,
    full_in_original_language,
    source_is_not_empty,
)
from portal.common.fields import CleanLine, CleanText, PartialDateField, WebAddressField
from portal.common.languages import InOriginalLanguage, columns, shown
from portal.common.sorting import SortedByText
from practices.choices import GONE_STATES, CostBand, Effect, Evidence, State
from practices.models.target_group import TargetGroup
from practices.querysets import PracticeQuerySet

TITLE_LENGTH = 90
SUMMARY_LENGTH = 200
REASON_LENGTH = 1000


class Practice(InOriginalLanguage, SortedByText):
    sort_field = "title"
    # The fields that have a text in each language.
    TEXTS = (
        "title",
        "summary",
        "problem",
        "approach",
        "steps",
        "run_by",
        "for_whom",
        "resources",
        "evaluation",
        "what_did_not_work",
        "what_a_city_needs",
    )

    slug = models.SlugField(
        _("name in addresses"),
        max_length=80,
        unique=True,
        blank=True,
        allow_unicode=True,
        help_text=_("Left empty, it is made from the title in the original language."),
    )
    title = CleanLine(_("title"), max_length=TITLE_LENGTH)
    summary = CleanText(_("summary"), max_length=SUMMARY_LENGTH, blank=True)
    problem = CleanText(_("the problem"), blank=True)
    approach = CleanText(_("the approach"), blank=True)
    steps = CleanText(
        _("steps for another city"), blank=True, help_text=_("One step a line, in their order.")
    )
    run_by = CleanText(_("who runs it"), blank=True)
    for_whom = CleanText(_("for whom"), blank=True)
    resources = CleanText(_("resources"), blank=True)
    evaluation = CleanText(_("evaluation"), blank=True)
    what_did_not_work = CleanText(_("what did not work"), blank=True)
    what_a_city_needs = CleanText(_("what a city needs for it"), blank=True)

    city = models.ForeignKey(City, models.PROTECT, related_name="practices", verbose_name=_("city"))
    other_cities = models.ManyToManyField(
        City,
        related_name="practices_with_others",
        blank=True,
        verbose_name=_("other cities that run it together"),
    )
    findings = models.ManyToManyField(
        Finding, related_name="practices", blank=True, verbose_name=_("findings it answers")
    )
    main_theme = models.ForeignKey(
        Theme, models.PROTECT, related_name="main_practices", verbose_name=_("main theme")
    )
    themes = models.ManyToManyField(
        Theme, related_name="practices", blank=True, verbose_name=_("themes")
    )
    target_groups = models.ManyToManyField(
        TargetGroup, related_name="practices", blank=True, verbose_name=_("target groups")
    )

    starts = PartialDateField(_("start"), null=True, blank=True)
    ends = PartialDateField(
        _("end"), null=True, blank=True, help_text=_("Leave empty while it runs or if not known.")
    )
    cost_band = models.CharField(_("cost"), max_length=10, choices=CostBand, blank=True)
    evidence = models.CharField(
        _("strength of evidence"), max_length=12, choices=Evidence, default=Evidence.NONE_FOUND
    )
    effect = models.CharField(_("effect"), max_length=15, choices=Effect, blank=True)
    evaluation_url = WebAddressField(_("address of the evaluation"), max_length=500, blank=True)

    state = models.CharField(_("state"), max_length=12, choices=State, default=State.UNLISTED)
    published_at = models.DateTimeField(_("published at"), null=True, blank=True)
    updated_at = models.DateTimeField(_("last change"), auto_now=True)
    review_by = models.DateField(
        _("to be reviewed by"),
        null=True,
        blank=True,
        help_text=_("After this day the record appears among those to be read again."),
    )
    gone_since = models.DateTimeField(_("not public since"), null=True, editable=False)
    gone_reason = CleanText(
        _("why it is not public any more"),
        max_length=REASON_LENGTH,
        blank=True,
        help_text=_("Everybody reads it on the page that a withdrawn or archived practice leaves."),
    )
    curator_note = CleanText(
        _("note for curators"), blank=True, help_text=_("For staff only, never published.")
    )

    objects = PracticeQuerySet.as_manager()

    class Meta:
        verbose_name = _("practice")
        verbose_name_plural = _("practices")
        ordering = ["-published_at", "-pk"]
        indexes = [
            # Without the state: SQLite would take it for a look-up by primary keys of one state
            # too, and go through all that are published.
            models.Index(fields=["-published_at", "-id"], name="practice_newest"),
        ]
        constraints = [
            models.CheckConstraint(
                condition=models.Q(state__in=State.values), name="practice_state_is_known"
            ),
            models.CheckConstraint(
                condition=models.Q(evidence__in=Evidence.values), name="practice_evidence_is_known"
            ),
            models.CheckConstraint(
                condition=models.Q(effect__in=["", *Effect.values]), name="practice_effect_is_known"
            ),
            models.CheckConstraint(
                condition=models.Q(cost_band__in=["", *CostBand.values]),
                name="practice_cost_is_known",
            ),
            models.CheckConstraint(
                condition=~models.Q(state=State.PUBLISHED) | models.Q(published_at__isnull=False),
                name="practice_published_has_a_time",
            ),
            models.CheckConstraint(
                condition=models.Q(starts__isnull=True)
                | models.Q(ends__isnull=True)
                | models.Q(ends__gte=at_precision_of("ends", "starts")),
                name="practice_ends_after_it_starts",
                violation_error_message=_("The end lies before the start."),
            ),
            full_in_original_language("title", name="practice_title_is_full"),
        ]

    def __str__(self) -> str:
        return self.title or self.slug

    def save(self, *args, **kwargs):
        if not self.slug:
            self.slug = self.make_slug()
        self.note_publication()
        self.note_absence()
        super().save(*args, **kwargs)

    def clean(self):
        super().clean()
        # Before the constraint is checked that a published practice has this time.
        self.note_publication()

    def note_publication(self) -> None:
        """Set the time of the first publication where it is missing. Saves nothing."""
        if self.state == State.PUBLISHED and self.published_at is None:
            self.published_at = timezone.now()

    def note_absence(self) -> None:
        """Set since when it is gone; where it is not, forget that and the reason. Saves nothing."""
        if self.is_gone:
            self.gone_since = self.gone_since or timezone.now()
            return
        self.gone_since = None
        for column in columns("gone_reason"):
            setattr(self, column, None)

    def make_slug(self) -> str:
        """A free slug from the title in the original language, Arabic letters kept."""
        title = shown(self, "title", self.original_language).text
        stem = slugify(title, allow_unicode=True)[:70].strip("-") or "practice"
        taken = set(type(self).objects.filter(slug__startswith=stem).values_list("slug", flat=True))
        candidates = [stem, *(f"{stem}-{n}" for n in range(2, len(taken) + 3))]
        return next(slug for slug in candidates if slug not in taken)

    def get_absolute_url(self) -> str:
        return reverse("practices:practice-detail", args=[self.pk, self.slug])

    @property
    def is_gone(self) -> bool:
        """Whether its page answers 410."""
        return self.state in GONE_STATES

    @property
    def is_past_review(self) -> bool:
        return self.review_by is not None and self.review_by < timezone.localdate()

    @property
    def evidence_scale(self) -> Evidence:
        return Evidence(self.evidence)

    @property
    def cost_scale(self) -> CostBand | None:
        """The cost; None where it is not known."""
        return CostBand(self.cost_band) if self.cost_band else None

    @property
    def effect_scale(self) -> Effect | None:
        """The effect; None where it is not known."""
        return Effect(self.effect) if self.effect else None


class PracticeSource(Source):
    practice = models.ForeignKey(Practice, models.CASCADE, related_name="sources")

    class Meta(Source.Meta):
        constraints = [source_is_not_empty(name="practice_source_is_not_empty")]


class PracticeDocument(Document):
    practice = models.ForeignKey(Practice, models.CASCADE, related_name="documents")


class PracticePhoto(Photo):
    practice = models.ForeignKey(Practice, models.CASCADE, related_name="photos")
