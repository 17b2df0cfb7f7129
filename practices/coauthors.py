"""Co-authors: who writes a submission with its author."""

from django.db import transaction
from django.utils.translation import gettext_lazy as _

from portal import notices
from portal.accounts.invitations import redeem, refused, verified_addresses
from portal.accounts.models import User
from portal.common import journal
from portal.common.refusals import Refused
from practices.models import CoAuthor, CoAuthorInvitation, Submission
from practices.moves import locked, tell
from practices.permissions import may_write

MOST = 20


@transaction.atomic
def invite(
    submission: Submission, email: str, *, by: User, language: str, works_for: str = ""
) -> CoAuthorInvitation:
    """Invite somebody, by a mail to `email`, to write with the author; an older invitation of the
    same address is replaced. Raises Refused.
    """
    current = locked(submission)
    if not current.is_open or not may_write(by, current):
        raise Refused(_("You may not change this text any more."), code="permission")
    if _writes(current, email):
        raise Refused(_("This person writes it already."), code="known")
    mine = CoAuthorInvitation.objects.filter(submission=current)
    mine.filter(email=email.lower()).withdraw()
    if mine.open().count() + current.coauthors.count() >= MOST:
        raise Refused(_("A text can have %(most)s co-authors.") % {"most": MOST}, code="many")
    invitation, token = CoAuthorInvitation.issue(
        email=email, by=by, language=language, submission=current, works_for=works_for
    )
    journal.record("coauthor-invite", current, by=by)
    notices.tell_address(
        email,
        language,
        "coauthor_invited",
        key=f"coauthor-invitation:{invitation.pk}",
        to="submissions:join",
        to_args=[token],
        context={"title": current.title, "by": by.name},
        is_secret=True,
    )
    return invitation


@transaction.atomic
def join(token: str, *, by: User) -> Submission:
    """Accept an invitation of somebody who still writes the text. The author is told.

    Raises Refused.
    """
    invitation = redeem(CoAuthorInvitation, token, by=by)
    submission = locked(invitation.submission)
    if not submission.is_open or not may_write(invitation.invited_by, submission):
        raise refused("withdrawn")
    if by != submission.author:
        CoAuthor.objects.get_or_create(
            submission=submission, person=by, defaults={"works_for": invitation.works_for}
        )
    journal.record("coauthor-join", submission, by=by)
    tell(
        submission,
        submission.author,
        "coauthor_joined",
        text=by.name,
        mark=f"invitation-{invitation.pk}",
    )
    return submission


@transaction.atomic
def remove(coauthor: CoAuthor, *, by: User) -> None:
    """Let somebody write no more, nor whom they invited: the author takes anybody away, a
    co-author the own person.
    """
    submission = locked(coauthor.submission)
    if by not in (submission.author, coauthor.person):
        raise Refused(_("Only the author can do this."), code="permission")
    journal.record("coauthor-remove", submission, by=by)
    submission.invitations.filter(invited_by=coauthor.person).withdraw()
    coauthor.delete()


@transaction.atomic
def withdraw_invitation(invitation: CoAuthorInvitation, *, by: User) -> None:
    """Take an invitation back. Raises Refused unless `by` writes the text."""
    submission = locked(invitation.submission)
    if not may_write(by, submission):
        raise Refused(_("You may not change this text any more."), code="permission")
    if CoAuthorInvitation.objects.filter(pk=invitation.pk).withdraw():
        journal.record("coauthor-withdraw-invitation", submission, by=by)


def _writes(submission: Submission, email: str) -> bool:
    people = [submission.author, *(row.person for row in submission.coauthors.all())]
    return any(email.lower() in verified_addresses(person) for person in people)
