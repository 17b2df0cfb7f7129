"""How much waits for curators, for the first page of the desk."""

from django import template
from django.db.models import Count, Q
from django.utils import timezone

from exchanges.models import Membership
from practices.models import Submission
from practices.permissions import may_review

register = template.Library()


@register.simple_tag(takes_context=True)
def review_queue(context) -> dict[str, int] | None:
    """The numbers of submissions that wait, are the reader's own and are late, and of `people` who
    wait to speak for a city; None for others than curators. Two statements.
    """
    person = context["user"]
    if not may_review(person):
        return None
    numbers = Submission.objects.waiting().aggregate(
        waiting=Count("pk"),
        mine=Count("pk", filter=Q(reviewer=person)),
        late=Count("pk", filter=Q(due_on__lt=timezone.localdate())),
    )
    return numbers | {"people": Membership.objects.waiting().count()}
