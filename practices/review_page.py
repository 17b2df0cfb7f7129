"""What the review page shows: the text as it will be published, its form, and what goes with it."""

from collections import defaultdict

from django.db.models import QuerySet
from django.utils.translation import get_language_info

from exchanges.models import Membership, Theme
from exchanges.naming import cities_called
from portal.accounts.models import User
from portal.common.desk.differences import Difference
from portal.common.desk.history import journal_address
from portal.common.display import listing
from portal.common.languages import LANGUAGE_CODES
from practices.acceptance import newest_version
from practices.answers import city_named, of_practice, written_in
from practices.choices import Evidence, SubmissionState
from practices.coach import gaps
from practices.curation import curation_of
from practices.differences import differences
from practices.forms import AnswersForm
from practices.models import Practice, Submission
from practices.preview import draft_practice
from practices.questions import Step
from practices.review_forms import DeskForm, text_form
from practices.review_pickers import nearest_practices

# In these the answers are the authors' to change: curators see what the network has.
OUT_OF_HANDS = (SubmissionState.CHANGES_REQUESTED, SubmissionState.WITHDRAWN)


def for_review() -> QuerySet[Submission]:
    """The submissions that curators see, with what the review page reads."""
    submissions = Submission.objects.at_desk().with_confirmation()
    return submissions.select_related(
        "author", "reviewer", "city__country", "practice__main_theme", "practice__city"
    ).prefetch_related("coauthors__person", "files", "notes__author")


def as_sent_in(submission: Submission) -> Submission:
    """`submission` as curators may read it while its authors write in it; not to be saved."""
    if submission.state in OUT_OF_HANDS:
        submission.answers = submission.desk_answers
        if not submission.changes_a_practice:
            submission.city = city_named(submission.answers)
            if not submission.is_bilingual:
                language = submission.original_language
                submission.original_language = written_in(submission.answers, language)
    return submission


def other_languages(submission: Submission, *, both: bool) -> list[str]:
    """The languages beside the original one whose fields stand on the page."""
    others = [code for code in LANGUAGE_CODES if code != submission.original_language]
    written = [c for c in others if any(n.endswith(f"_{c}") for n in submission.answers)]
    return others if both or submission.is_bilingual else written


def practice_to_be(submission: Submission) -> Practice:
    """The practice as accepting would publish it: not saved, with what curators noted so far."""
    practice, curation = draft_practice(submission), curation_of(submission)
    practice.evidence = curation.evidence or Evidence.NONE_FOUND
    if curation.main_theme:
        practice.main_theme = curation.main_theme
        slugs = [curation.main_theme.slug, *(submission.answers.get("themes") or [])]
        themes = Theme.objects.in_reading_order().filter(slug__in=slugs)
        practice._prefetched_objects_cache["themes"] = list(themes)
    return practice


class ReviewPage:
    """A look at a submission: its forms, filled or just sent, and what is shown around them.

    `theirs` has, by field, what a colleague saved meanwhile; `adopted` names the fields where that
    was taken over, since nobody had typed anything else.
    """

    def __init__(
        self,
        submission: Submission,
        *,
        text: AnswersForm | None = None,
        desk: DeskForm | None = None,
        both: bool = False,
        theirs: dict[str, str] | None = None,
        adopted: list[str] | None = None,
    ):
        self.submission = submission
        self.others = other_languages(submission, both=both)
        self.text = text or text_form(submission, submission.answers, others=self.others)
        self.desk = desk or DeskForm(submission)
        self.theirs, self.adopted = theirs or {}, adopted or []

    def context(self) -> dict:
        """For the template of the page."""
        submission = self.submission
        live = submission.practice if submission.changes_a_practice else None
        notes = list(submission.notes.all())
        nearest = self._likely()
        return {
            "submission": submission,
            "page": self,
            "desk": self.desk,
            "practice": practice_to_be(submission),
            "steps": self._steps(notes),
            "curation": {bound.name: self._with_theirs(bound) for bound in self.desk},
            "faults": [*_faults(self.text), *_faults(self.desk)],
            "notes": notes,
            "changed_meanwhile": self._changed_meanwhile(),
            "live": live,
            "live_version": newest_version(live) if live else "",
            "live_differences": _from_live(submission, live) if live else [],
            "edits": self._edits(),
            "nearest": nearest,
            "gaps": gaps(submission) if submission.is_waiting else [],
            "writers": _writers(submission),
            "files": [] if submission.is_writable else list(submission.files.all()),
            "languages": [
                (code, get_language_info(code)["name_translated"]) for code in LANGUAGE_CODES
            ],
            "can_show_both": submission.is_waiting and len(self.others) < len(LANGUAGE_CODES) - 1,
            "history_url": journal_address(submission),
            # The work needs the whole width.
            "is_nav_sidebar_enabled": False,
            "media": self.desk.media,
        }

    def _likely(self) -> list[Practice]:
        """The practices nearest to it; they, and the cities it may mean, are offered first."""
        submission, fields = self.submission, self.desk.fields
        if not submission.is_waiting or submission.changes_a_practice:
            return []
        if submission.city is None:
            fields["city"].widget.likely = cities_called(submission.answers.get("city") or "")
        fields["merge_into"].widget.likely = nearest = nearest_practices(submission)
        return nearest

    def _steps(self, notes) -> list[dict]:
        by_question = defaultdict(list)
        for note in notes:
            by_question[note.question].append(note)
        rows = [
            {
                **row,
                "label": row["fields"][0].label,
                "entries": [self._with_theirs(bound) for bound in row["fields"]],
                "notes": by_question[row["question"].name],
            }
            for row in self.text.rows()
        ]
        return [
            {"step": step, "rows": [row for row in rows if row["question"].step == step]}
            for step in Step
        ]

    def _with_theirs(self, bound) -> dict:
        name = bound.name
        return {
            "field": bound,
            "has_help": bound.field in self.desk.fields.values(),
            "theirs": _in_words(bound, self.theirs.get(name, "")),
            "is_theirs": name in self.theirs,
            "is_adopted": name in self.adopted,
        }

    def _changed_meanwhile(self) -> list[dict]:
        """The fields that a colleague changed, in the order of the page."""
        forms = (self.text, self.desk)
        changed = [form[name] for form in forms for name in form.fields if name in self.theirs]
        return [{"id": _target(bound), "label": bound.label} for bound in changed]

    def _edits(self) -> list[Difference]:
        """What curators changed since it was sent."""
        submission = self.submission
        return differences(
            submission.sent_answers, submission.answers, submission.original_language
        )


def _from_live(submission: Submission, live: Practice) -> list[Difference]:
    """How the proposal differs from what the public reads now."""
    # Both by the language in which the proposal was written.
    live.original_language = submission.original_language
    # A new version stays in its city, whatever that was called in the language of the page.
    public = of_practice(live) | {"city": submission.answers.get("city", "")}
    return differences(public, submission.answers, submission.original_language)


def _faults(form) -> list[dict]:
    """Each fault with the field that it is about."""
    return [
        {"id": _target(form[name]), "label": form[name].label, "message": message}
        for name, messages in form.errors.items()
        for message in messages
    ]


def _writers(submission: Submission) -> list[dict]:
    """Who wrote it, each with the membership of its city that says most."""
    people: list[tuple[User, str]] = [(submission.author, "")]
    people += [(row.person, row.works_for) for row in submission.coauthors.all()]
    memberships: dict[int, Membership] = {}
    if submission.city:
        of_city = Membership.objects.newest_of_each_city().filter(city=submission.city)
        for membership in of_city.filter(person__in=[person for person, _place in people]):
            memberships[membership.person_id] = membership
    return [
        {"person": person, "works_for": place, "membership": memberships.get(person.pk)}
        for person, place in people
    ]


def _target(bound) -> str:
    """The id of an input, or of the group that its boxes stand in."""
    return bound.id_for_label or bound.auto_id


def _in_words(bound, sent: str) -> str:
    """What was chosen in a field, as it is read there."""
    choices = getattr(bound.field, "choices", None)
    if not sent or choices is None:
        return sent
    names = {str(value): str(label) for value, label in choices}
    return listing([names.get(key, key) for key in sent.split("\n")])
