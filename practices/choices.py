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


class SubmissionState(models.TextChoices):
    """Where a text is on its way from a city to the public."""

    DRAFT = "draft", pgettext_lazy("state of a submission", "Draft")
    SUBMITTED = "submitted", pgettext_lazy("state of a submission", "Sent in")
    IN_REVIEW = "in-review", pgettext_lazy("state of a submission", "In review")
    CHANGES_REQUESTED = (
        "changes-requested",
        pgettext_lazy("state of a submission", "Changes requested"),
    )
    ACCEPTED = "accepted", pgettext_lazy("state of a submission", "Accepted")
    MERGED = "merged", pgettext_lazy("state of a submission", "Merged into another practice")
    DECLINED = "declined", pgettext_lazy("state of a submission", "Declined")
    WITHDRAWN = "withdrawn", pgettext_lazy("state of a submission", "Withdrawn by its author")

    @property
    def in_words(self) -> str:
        """What the state means for the author, in a sentence."""
        return SUBMISSION_STATES_IN_WORDS[self]


SUBMISSION_STATES_IN_WORDS = {
    SubmissionState.DRAFT: _("You are writing. Nobody else reads it but your co-authors."),
    SubmissionState.SUBMITTED: _("It is with the network and waits for a curator."),
    SubmissionState.IN_REVIEW: _("A curator is reading it."),
    SubmissionState.CHANGES_REQUESTED: _("The curator has written to you. It is your turn."),
    SubmissionState.ACCEPTED: _("It is accepted and published."),
    SubmissionState.MERGED: _("It became part of a practice that is published."),
    SubmissionState.DECLINED: _("It will not be published. The reason stands below."),
    SubmissionState.WITHDRAWN: _("You took it back. Nobody works on it."),
}

# Authors write.
WRITABLE_STATES = (SubmissionState.DRAFT, SubmissionState.CHANGES_REQUESTED)
# The network has promised an answer.
WAITING_STATES = (SubmissionState.SUBMITTED, SubmissionState.IN_REVIEW)
OPEN_STATES = (*WRITABLE_STATES, *WAITING_STATES)


class Move(models.TextChoices):
    """What leads from one state of a submission to another."""

    SEND = "send", pgettext_lazy("act", "Sent in")
    WITHDRAW = "withdraw", pgettext_lazy("act", "Taken back by its author")
    REOPEN = "reopen", pgettext_lazy("act", "Opened again by its author")
    TAKE = "take", pgettext_lazy("act", "Taken into review")
    REQUEST_CHANGES = "request-changes", pgettext_lazy("act", "Changes requested")
    ACCEPT = "accept", pgettext_lazy("act", "Accepted and published")
    MERGE = "merge", pgettext_lazy("act", "Merged into a practice")
    DECLINE = "decline", pgettext_lazy("act", "Declined")


# From which states each move leads where; no other change of state is legal.
MOVES = {
    Move.SEND: (WRITABLE_STATES, SubmissionState.SUBMITTED),
    Move.WITHDRAW: (
        (*WAITING_STATES, SubmissionState.CHANGES_REQUESTED),
        SubmissionState.WITHDRAWN,
    ),
    Move.REOPEN: ((SubmissionState.WITHDRAWN,), SubmissionState.DRAFT),
    Move.TAKE: ((SubmissionState.SUBMITTED,), SubmissionState.IN_REVIEW),
    Move.REQUEST_CHANGES: (WAITING_STATES, SubmissionState.CHANGES_REQUESTED),
    Move.ACCEPT: (WAITING_STATES, SubmissionState.ACCEPTED),
    Move.MERGE: (WAITING_STATES, SubmissionState.MERGED),
    Move.DECLINE: (WAITING_STATES, SubmissionState.DECLINED),
}
# What the author of each move is: one who writes the submission, or a curator.
CURATORS_MOVES = (Move.TAKE, Move.REQUEST_CHANGES, Move.ACCEPT, Move.MERGE, Move.DECLINE)


# What the journal calls what is done with a submission, by the codes of its entries.
SUBMISSION_ACTS = {f"submission-{step}": step.label for step in Move} | {
    "submission-hand-over": pgettext_lazy("act", "Handed over to another curator"),
    "submission-edit": pgettext_lazy("act", "Text changed by a curator"),
    "submission-note": pgettext_lazy("act", "Note written to the authors"),
    "submission-tick": pgettext_lazy("act", "Checklist changed"),
    "submission-claim": pgettext_lazy("act", "Draft begun without an account taken over"),
    "submission-propose": pgettext_lazy("act", "Change of a practice begun"),
    "submission-add-file": pgettext_lazy("act", "File added"),
    "submission-remove-file": pgettext_lazy("act", "File taken away"),
    "submission-discard": pgettext_lazy("act", "Draft deleted by its author"),
    "coauthor-invite": pgettext_lazy("act", "Co-author invited"),
    "coauthor-withdraw-invitation": pgettext_lazy("act", "Invitation of a co-author withdrawn"),
    "coauthor-join": pgettext_lazy("act", "Joined as a co-author"),
    "coauthor-remove": pgettext_lazy("act", "Co-author taken away"),
}


class Check(models.TextChoices):
    """What a curator looks at before a text is published."""

    NAMES = "names", _("No victims, no staff under threat and no private person are named.")
    CLAIMS = "claims", _("Claims of effect are attributed; a missing evaluation is said to miss.")
    SOURCES = "sources", _("Every source was opened and says what the text says.")
    RIGHTS = "rights", _("Photographs and documents may be published.")
    LINKS = "links", _("Themes, findings and target groups fit.")
    NEW = "new", _("It is not in the exchange yet.")
