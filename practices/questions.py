"""What the form asks a city, as data: one question an answer, in the order of the steps."""

from dataclasses import dataclass
from enum import Enum

from django.db import models
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from practices.models.practice import SUMMARY_LENGTH, TITLE_LENGTH

# Far above what anybody reads, far below what would fill the disk.
LONGEST_TEXT = 20_000


class Step(models.TextChoices):
    """A page of the form."""

    SNAPSHOT = "snapshot", _("Snapshot")
    DESCRIPTION = "description", _("Full description")
    EVIDENCE = "evidence", _("Cost and evidence")
    PLACE = "place", _("Themes, sources, files")


class Kind(Enum):
    """How a question is answered."""

    LINE = "line"
    TEXT = "text"
    CITY = "city"
    DATE = "date"
    ADDRESS = "address"
    CHOICE = "choice"
    CHOICES = "choices"


@dataclass(frozen=True)
class Question:
    """One question. `name` is that of its answer, and of the column of the practice it fills.

    `cost` says what a city that wants to do the same lacks while there is no answer.
    """

    name: str
    step: Step
    kind: Kind
    label: Promise
    hint: Promise | str = ""
    cost: Promise | str = ""
    max_length: int = LONGEST_TEXT
    rows: int = 4
    is_needed: bool = False
    has_languages: bool = True

    @property
    def is_text(self) -> bool:
        """Whether it has an answer a language."""
        return self.kind in (Kind.LINE, Kind.TEXT) and self.has_languages


QUESTIONS = (
    Question(
        "title", Step.SNAPSHOT, Kind.LINE, _("What do you call it?"),
        hint=_("Say what people do, not the name of the project."),
        cost=_("Without a title nobody finds it."),
        max_length=TITLE_LENGTH, is_needed=True,
    ),
    Question(
        "city", Step.SNAPSHOT, Kind.CITY, _("Which city?"),
        hint=_("Type its name in any language and choose. If it is not here yet, write it anyway."),
        cost=_("Cities look for cities of their size and country first."),
        max_length=120, is_needed=True,
    ),
    Question(
        "starts", Step.SNAPSHOT, Kind.DATE, _("Since when?"),
        hint=_("A year is enough: 2021, or 2021-03, or 2021-03-15."),
        cost=_("A city sees how long it has been tried, and whether it lasts."),
        max_length=10, is_needed=True,
    ),
    Question(
        "problem", Step.SNAPSHOT, Kind.TEXT, _("What was the problem?"),
        hint=_("What happened, to whom, and how you noticed."),
        cost=_("A city recognises its own problem here, or turns the page."),
        is_needed=True,
    ),
    Question(
        "approach", Step.SNAPSHOT, Kind.TEXT, _("What did you do?"),
        hint=_("Who does what, with whom, how often."),
        cost=_("This is what another city would do."),
        rows=6, is_needed=True,
    ),
    Question(
        "evaluation", Step.SNAPSHOT, Kind.TEXT, _("What happened, and how do you know?"),
        hint=_("“Not measured yet” is an honest answer."),
        cost=_("A city asks first whether it worked."),
        is_needed=True,
    ),
    Question(
        "summary", Step.DESCRIPTION, Kind.TEXT, _("In two sentences"),
        hint=_("What an official reads in a list of twenty."),
        cost=_("Lists show the title alone; few open it."),
        max_length=SUMMARY_LENGTH, rows=2,
    ),
    Question(
        "steps", Step.DESCRIPTION, Kind.TEXT, _("Which steps would another city take?"),
        hint=_("One step a line, in their order."),
        cost=_("A city that wants to begin on Monday does not know with what."),
        rows=6,
    ),
    Question(
        "run_by", Step.DESCRIPTION, Kind.TEXT, _("Who runs it?"),
        hint=_("Offices and organisations, no names of persons."),
        cost=_("A city does not know which of its offices to ask."),
        rows=2,
    ),
    Question(
        "for_whom", Step.DESCRIPTION, Kind.TEXT, _("For whom?"),
        cost=_("A city cannot tell whether its own people are meant."),
        rows=2,
    ),
    Question("target_groups", Step.DESCRIPTION, Kind.CHOICES, _("Target groups")),
    Question(
        "what_a_city_needs", Step.DESCRIPTION, Kind.TEXT, _("What does a city need for it?"),
        hint=_("A law, a partner, a person, trust: without what would it fail?"),
        cost=_("Cities that lack the one thing it rests on will try in vain."),
    ),
    Question(
        "resources", Step.EVIDENCE, Kind.TEXT, _("What did it take?"),
        hint=_("Money a year, staff, rooms, hours of volunteers."),
        cost=_("A city without a budget cannot tell whether it can afford it."),
    ),
    Question("cost_band", Step.EVIDENCE, Kind.CHOICE, _("Cost a year")),
    Question(
        "effect", Step.EVIDENCE, Kind.CHOICE, _("Did it get better?"),
        hint=_("By what you know. How well that is known is judged by the network."),
    ),
    Question(
        "evaluation_url", Step.EVIDENCE, Kind.ADDRESS, _("Where is the evaluation?"),
        hint=_("The address of a report, if there is one."),
        cost=_("Without a report the evidence counts as limited at most."),
        max_length=500,
    ),
    Question(
        "what_did_not_work", Step.EVIDENCE, Kind.TEXT, _("What did not work?"),
        hint=_("Stopped practices are as welcome as running ones."),
        cost=_("Every city makes your mistakes again."),
    ),
    Question(
        "ends", Step.EVIDENCE, Kind.DATE, _("Has it ended?"),
        hint=_("Leave empty while it runs."), max_length=10,
    ),
    Question(
        "themes", Step.PLACE, Kind.CHOICES, _("Themes"),
        cost=_("It appears under no theme."),
    ),
    Question(
        "findings", Step.PLACE, Kind.CHOICES, _("Which findings of the dialogue does it answer?"),
        cost=_("Who starts from the ten findings does not come to it."),
    ),
    Question(
        "sources", Step.PLACE, Kind.TEXT, _("Where can one read more?"),
        hint=_("One address or title a line."),
        cost=_("Nobody can check what it says."),
        rows=3, has_languages=False,
    ),
)  # fmt: skip
BY_NAME = {question.name: question for question in QUESTIONS}
SNAPSHOT = tuple(question for question in QUESTIONS if question.step == Step.SNAPSHOT)


def of_step(step: Step) -> tuple[Question, ...]:
    """The questions of one page of the form."""
    return tuple(question for question in QUESTIONS if question.step == step)


def label_of(name: str) -> Promise | str:
    """How the answer `name` is called where it is shown: that of the practice's page."""
    return _SHORT_LABELS.get(name) or BY_NAME[name].label


_SHORT_LABELS = {
    "title": _("title"),
    "city": _("city"),
    "starts": pgettext_lazy("partial date", "start"),
    "ends": pgettext_lazy("partial date", "end"),
    "problem": _("the problem"),
    "approach": _("the approach"),
    "evaluation": _("evaluation"),
    "summary": _("summary"),
    "steps": _("steps for another city"),
    "run_by": _("who runs it"),
    "for_whom": _("for whom"),
    "target_groups": _("target groups"),
    "what_a_city_needs": _("what a city needs for it"),
    "resources": _("resources"),
    "cost_band": _("cost"),
    "effect": _("effect"),
    "evaluation_url": _("address of the evaluation"),
    "what_did_not_work": _("what did not work"),
    "themes": _("themes"),
    "findings": _("findings it answers"),
    "sources": _("sources"),
}
