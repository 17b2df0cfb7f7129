"""Who may do what with submissions and practices."""

from django.db.models import Model, Q, QuerySet

from exchanges.choices import MembershipState
from exchanges.models import City, Membership
from exchanges.permissions import speaks_for
from portal.accounts.models import User


def has_left(person: User, city: City) -> bool:
    """Whether `person` spoke for `city` and does so no more; asking again changes nothing yet."""
    states = _memberships(person, city)
    return MembershipState.ENDED in states and MembershipState.CONFIRMED not in states


def _memberships(person: User, city: City) -> set[str]:
    """The states of all memberships of `person` in `city`."""
    rows = Membership.objects.filter(person=person, city=city)
    return set(rows.values_list("state", flat=True))


def writes(person: User, submission: Model) -> bool:
    """Whether `person` is the author or a co-author of `submission`."""
    if person.pk is None:
        return False
    is_author = submission.author_id == person.pk
    return is_author or submission.coauthors.filter(person=person.pk).exists()


def may_write(person: User, submission: Model) -> bool:
    """Whether `person` may change it: an author whose authority has not ended.

    What was never sent concerns nobody but its authors; a new version of a practice stands on the
    authority of its author, whoever helps.
    """
    if not person.is_active or not writes(person, submission):
        return False
    if submission.changes_a_practice:
        return may_propose(submission.author, submission.practice)
    is_private = submission.sent_at is None or submission.city is None
    return is_private or not has_left(person, submission.city)


def may_send(person: User, submission: Model) -> bool:
    """Whether `person` may hand it to the network; who has left its city asks for it first."""
    if not may_write(person, submission):
        return False
    city = submission.city
    if submission.changes_a_practice or city is None or not has_left(person, city):
        return True
    return submission.sent_at is None and MembershipState.ASKED in _memberships(person, city)


def may_propose(person: User, practice: Model) -> bool:
    """Whether `person` may propose a new version of a published practice; curators write theirs at
    the desk.
    """
    return speaks_for(person, practice.city)


def may_review(person: User) -> bool:
    """Whether `person` may take, answer and decide submissions."""
    return person.is_active and person.has_perm("practices.change_submission")


def reviewers() -> QuerySet[User]:
    """The accounts that may review, by name: those of `may_review`."""
    by_role = Q(
        groups__permissions__codename="change_submission",
        groups__permissions__content_type__app_label="practices",
    )
    people = User.objects.filter(by_role | Q(is_superuser=True), is_active=True)
    return people.distinct().order_by("name", "pk")


def is_confirmed(submission: Model) -> bool:
    """Whether somebody who wrote it speaks for its city now; acceptance needs that."""
    if submission.city is None or submission.author is None:
        return False
    coauthors = submission.coauthors.values("person")
    is_writer = Q(person=submission.author_id) | Q(person__in=coauthors)
    return submission.city.memberships.confirmed().filter(is_writer).exists()
