"""What answers a finding: the published practices that a city has put behind it."""

from django.db.models import Count, F, IntegerField, OuterRef, QuerySet, Subquery
from django.db.models.functions import Coalesce
from django.db.models.lookups import LessThan

from findings.models import Finding

# A finding that fewer practices answer is a gap: help is needed there.
GAP_BELOW = 5


def with_answers(findings: QuerySet[Finding]) -> QuerySet[Finding]:
    """`findings`, each with `practice_count` and `is_gap`. Only published practices count."""
    practices = Finding._meta.get_field("practices").related_model.objects.published()
    count = (
        practices.filter(findings=OuterRef("pk"))
        .order_by()
        .values("findings")
        .annotate(count=Count("pk"))
        .values("count")
    )
    return findings.annotate(
        practice_count=Coalesce(Subquery(count), 0, output_field=IntegerField())
    ).annotate(is_gap=LessThan(F("practice_count"), GAP_BELOW))
