"""Acts on a practice that was published: withdraw it, archive it, publish it again.

Each locks the practice, asks in its transaction who may do it, and returns the practice as it is
then. Each is noted in the journal, and told to those who speak for its city. Each raises Refused
where it may not be done, with a code of REFUSALS.
"""

from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils.translation import gettext_lazy as _
from modeltranslation.utils import build_localized_fieldname

from exchanges.permissions import is_curator, speaks_for
from portal import notices, search
from portal.accounts.models import User
from portal.common import journal
from portal.common.languages import columns, current_language, shown
from portal.common.refusals import Refused
from portal.common.text import clean_text
from practices.choices import GONE_STATES, State
from practices.models import Practice
from practices.models.practice import REASON_LENGTH

REFUSALS = {
    "not-allowed": _("Only somebody who speaks for its city, or a curator, may do this."),
    "not-published": _("This practice is not published any more."),
    "not-gone": _("This practice is neither withdrawn nor archived."),
    "reason": _("Write the reason in at most 1,000 characters."),
}
# What the journal and the notices call the act that leads to a state.
ACTS = {
    State.WITHDRAWN: "practice-withdrawn",
    State.ARCHIVED: "practice-archived",
    State.PUBLISHED: "practice-published-again",
}
journal.name_acts(
    {
        ACTS[State.WITHDRAWN]: State.WITHDRAWN.label,
        ACTS[State.ARCHIVED]: State.ARCHIVED.label,
        ACTS[State.PUBLISHED]: _("Published again"),
    }
)


@transaction.atomic
def withdraw(practice: Practice, *, by: User, reason: str = "") -> Practice:
    """Take `practice` back in the name of its city: its page says so from then on.

    `by` speaks for the city or is a curator. Everybody reads the `reason`, which is taken to be
    in the active language.
    """
    current = _locked(practice)
    _require(may_withdraw(by, current), "not-allowed")
    return _take_down(current, State.WITHDRAWN, reason, by)


@transaction.atomic
def archive(practice: Practice, *, by: User, reason: str = "") -> Practice:
    """Take `practice` down because the network does not stand by it any more, as `withdraw` does.

    `by` is a curator.
    """
    current = _locked(practice)
    _require(is_curator(by), "not-allowed")
    return _take_down(current, State.ARCHIVED, reason, by)


@transaction.atomic
def publish_again(practice: Practice, *, by: User) -> Practice:
    """Show a practice again that was withdrawn or archived. `by` is a curator."""
    current = _locked(practice)
    _require(is_curator(by), "not-allowed")
    _require(current.is_gone, "not-gone")
    return _move(current, State.PUBLISHED, by)


def may_withdraw(person: User, practice: Practice) -> bool:
    """Whether `person` speaks for the city of `practice`, or is a curator."""
    return speaks_for(person, practice.city) or is_curator(person)


def announce(practice: Practice, before: str, *, by: User) -> None:
    """Note in the journal and tell the city that `by` took `practice` down or published it again.

    `before` is its state until then; every other change of state is announced by nobody. For the
    desk, whose form saves the practice itself; within its transaction.
    """
    is_taken_down = before == State.PUBLISHED and practice.is_gone
    is_back = before in GONE_STATES and practice.state == State.PUBLISHED
    if is_taken_down or is_back:
        _announce(practice, by)


def _announce(practice: Practice, by: User) -> None:
    journal.record(ACTS[State(practice.state)], practice, by=by)
    kind = ACTS[State(practice.state)].replace("-", "_")
    for membership in practice.city.memberships.confirmed().select_related("person"):
        reader = membership.person
        if reader == by:
            continue
        notices.tell(
            reader,
            kind,
            key=f"{kind}-{practice.pk}-{practice.updated_at.isoformat()}-{reader.pk}",
            to="practices:practice-detail",
            to_args=[practice.pk, practice.slug],
            context={
                "title": shown(practice, "title", reader.language).text,
                "reason": shown(practice, "gone_reason", reader.language).text,
            },
        )


def _take_down(practice: Practice, state: State, reason: str, by: User) -> Practice:
    _require(practice.state == State.PUBLISHED, "not-published")
    for column in columns("gone_reason"):
        setattr(practice, column, None)
    column = build_localized_fieldname("gone_reason", current_language())
    setattr(practice, column, _clean(reason) or None)
    return _move(practice, state, by)


def _clean(reason: str) -> str:
    try:
        text = clean_text(reason)
    except ValidationError:
        text = None
    _require(text is not None and len(text) <= REASON_LENGTH, "reason")
    return text


def _move(practice: Practice, state: State, by: User) -> Practice:
    practice.state = state
    practice._history_user = by
    practice.save()
    _announce(practice, by)
    search.refresh([practice])
    return practice


def _locked(practice: Practice) -> Practice:
    return Practice.objects.select_for_update().get(pk=practice.pk)


def _require(is_fulfilled: bool, code: str) -> None:
    if not is_fulfilled:
        raise Refused(REFUSALS[code], code=code)
