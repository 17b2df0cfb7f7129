"""Forms of the review page: the text, what a curator adds to it, and what each button needs."""

from enum import StrEnum

from django import forms
from django.conf import settings
from django.core.exceptions import ValidationError
from django.core.validators import MaxLengthValidator
from django.utils import timezone
from django.utils.text import capfirst
from django.utils.translation import gettext_lazy as _
from django.utils.translation import ngettext, pgettext_lazy

from exchanges.models import City, Theme
from exchanges.naming import cities_called
from portal.common.display import number
from portal.common.formfields import CleanedCharField, DigitsAwareDateField
from practices.answers import Answers
from practices.choices import Check, Evidence
from practices.curation import Curation, curation_of
from practices.forms import AnswersForm
from practices.models import Practice, Submission
from practices.permissions import reviewers
from practices.questions import QUESTIONS, Kind, label_of
from practices.review_marks import marks, stated
from practices.review_pickers import RecordField, RecordSelect, number_in, practices_at

NOTE_LENGTH = 4000
NOTHING_CHOSEN = pgettext_lazy("nothing chosen yet", "Choose")
# The city is chosen among those of the exchange, not typed.
TYPED_QUESTIONS = tuple(question for question in QUESTIONS if question.kind is not Kind.CITY)


class Button(StrEnum):
    """What a curator can do on the page."""

    SAVE = "save"
    BOTH = "both"
    TAKE = "take"
    HAND_OVER = "hand-over"
    NOTE = "note"
    REQUEST_CHANGES = "request-changes"
    ACCEPT = "accept"
    MERGE = "merge"
    DECLINE = "decline"


# With these the text leaves the desk, or the curator's hands.
DECISIONS = (Button.REQUEST_CHANGES, Button.ACCEPT, Button.MERGE, Button.DECLINE)
# The boxes for texts, each with the button that sends it.
BOXES = {
    "note_text": Button.NOTE,
    "changes_text": Button.REQUEST_CHANGES,
    "accept_text": Button.ACCEPT,
    "merge_text": Button.MERGE,
    "decline_text": Button.DECLINE,
}
# What belongs to the text of a box.
BESIDE = {
    "note_text": ("note_question", "note_is_private"),
    "accept_text": ("accept_anyway",),
    "merge_text": ("merge_into",),
}
# What a button cannot do without.
NEEDED = {
    Button.HAND_OVER: {"hand_over_to": _("Choose a curator.")},
    Button.NOTE: {"note_text": _("Write the note.")},
    Button.REQUEST_CHANGES: {
        "changes_text": _("Write what has to change: the authors read it."),
    },
    Button.ACCEPT: {
        "main_theme": _("Choose the main theme."),
        "evidence": _("Choose how well the effect is known."),
    },
    Button.MERGE: {"merge_into": _("Choose the practice that it becomes part of.")},
    Button.DECLINE: {"decline_text": _("Write the reason: the authors read it.")},
}


def text_form(
    submission: Submission,
    answers: Answers,
    *,
    others: list[str],
    checked: bool = False,
    require: bool = False,
) -> AnswersForm:
    """The text of `submission` with `answers` in its fields, `others` being languages beside the
    original one. With `checked` faults are named, with `require` missing answers too.
    """
    form = AnswersForm(
        TYPED_QUESTIONS,
        answers,
        language=submission.original_language,
        others=others,
        require=require,
        checked=checked,
    )
    for question in TYPED_QUESTIONS:
        for name in (question.name, *(f"{question.name}_{code}" for code in others)):
            if field := form.fields.get(name):
                field.label = capfirst(label_of(question.name))
                if "aria-label" in field.widget.attrs:
                    field.widget.attrs["aria-label"] = f"{field.label} ({field.language_name})"
    return form


def _box(label, rows: int = 3) -> CleanedCharField:
    return CleanedCharField(
        label=label,
        single_line=False,
        required=False,
        # No maxlength in the input: a browser would cut off what is pasted, without a word.
        validators=[MaxLengthValidator(NOTE_LENGTH)],
        widget=forms.Textarea(attrs={"rows": rows, "dir": "auto"}),
    )


class DeskForm(forms.Form):
    """All that a curator fills beside the text: one form, so that no button loses what another
    one needs.
    """

    version = forms.CharField(required=False, widget=forms.HiddenInput)
    live_version = forms.CharField(required=False, widget=forms.HiddenInput)
    marks = forms.CharField(required=False, widget=forms.HiddenInput)
    city = RecordField(
        City.objects.published(),
        named=cities_called,
        label=_("City"),
        widget=RecordSelect("city", _("Or type its name:")),
        error_messages={"invalid_choice": _("Choose a city that is published.")},
    )
    main_theme = forms.ModelChoiceField(
        Theme.objects.none(), label=_("Main theme"), required=False, empty_label=NOTHING_CHOSEN
    )
    evidence = forms.ChoiceField(
        label=_("Strength of evidence"),
        required=False,
        choices=[("", NOTHING_CHOSEN), *Evidence.choices],
    )
    review_by = DigitsAwareDateField(
        label=_("To be reviewed by"),
        required=False,
        widget=forms.DateInput(attrs={"dir": "ltr", "autocomplete": "off"}),
    )
    checks = forms.MultipleChoiceField(
        label=_("Checklist"),
        required=False,
        choices=Check.choices,
        widget=forms.CheckboxSelectMultiple,
    )
    note_text = _box(_("Note"))
    note_question = forms.ChoiceField(label=pgettext_lazy("place of a note", "On"), required=False)
    note_is_private = forms.BooleanField(label=_("For curators only"), required=False)
    hand_over_to = forms.ModelChoiceField(
        None, label=_("Curator"), required=False, empty_label=NOTHING_CHOSEN
    )
    changes_text = _box(_("What has to change"), rows=5)
    accept_text = _box(pgettext_lazy("to the authors", "Message"))
    accept_anyway = forms.BooleanField(label=_("Publish all the same"), required=False)
    merge_into = RecordField(
        Practice.objects.published(),
        named=practices_at,
        label=_("Practice"),
        widget=RecordSelect("practice", _("Or paste the address of its page:")),
        error_messages={"invalid_choice": _("Choose a practice that is published.")},
    )
    merge_text = _box(pgettext_lazy("to the authors", "Message"))
    decline_text = _box(pgettext_lazy("of a decision", "Reason"), rows=5)

    def __init__(self, submission: Submission, data=None, *, button: Button | None = None, **kw):
        super().__init__(data, initial=_initial(submission) | kw.pop("kept", {}), **kw)
        self.submission, self.button = submission, button
        self.use_required_attribute = False
        if submission.changes_a_practice:
            del self.fields["city"]
        self.fields["main_theme"].queryset = Theme.objects.in_reading_order()
        self.fields["hand_over_to"].queryset = reviewers()
        self.fields["note_question"].choices = _note_places()
        self.fields["review_by"].help_text = ngettext(
            "For example %(date)s. Left empty, in %(number)s year.",
            "For example %(date)s. Left empty, in %(number)s years.",
            settings.REVIEW_AFTER_YEARS,
            # Isolated: Arabic around it would turn the parts of the date round.
        ) % {"date": "\u20662027-03-31\u2069", "number": number(settings.REVIEW_AFTER_YEARS)}

    def clean_review_by(self):
        day = self.cleaned_data["review_by"]
        if day and "review_by" in self.changed_data and day < timezone.localdate():
            raise ValidationError(_("This day has passed."), code="past")
        return day

    def clean(self):
        cleaned = super().clean()
        for name, message in NEEDED.get(self.button, {}).items():
            if not cleaned.get(name) and name not in self.errors:
                self.add_error(name, ValidationError(message, code="required"))
        if self.button in DECISIONS:
            self._refuse_to_forget()
        if self.button is Button.ACCEPT:
            self._ask_for_checks(cleaned)
        return cleaned

    def curation(self) -> Curation:
        """What the curator adds to the text, of a valid form."""
        cleaned = self.cleaned_data
        return Curation(
            main_theme=cleaned["main_theme"],
            evidence=Evidence(cleaned["evidence"]) if cleaned["evidence"] else None,
            review_by=cleaned["review_by"],
            live_version=number_in(cleaned["live_version"]),
        )

    @property
    def version_seen(self) -> int:
        """The version that the curator had on the page; 0 where the post names none."""
        return number_in(self.data.get("version", ""))

    def unsent(self, *, but: Button | None) -> dict:
        """What stands in the boxes of all buttons `but` one, with what belongs to each text."""
        cleaned = self.cleaned_data
        boxes = [name for name, own in BOXES.items() if own is not but and cleaned.get(name)]
        return {name: cleaned[name] for box in boxes for name in (box, *BESIDE.get(box, ()))}

    def _refuse_to_forget(self) -> None:
        """After a decision the page is left: what stands in another box would be lost."""
        for name in BOXES.keys() & self.unsent(but=self.button).keys():
            message = _("This has not been sent. Send it with its own button, or empty it.")
            self.add_error(name, ValidationError(message, code="unsent"))

    def _ask_for_checks(self, cleaned: dict) -> None:
        missing = [check for check in Check if check not in cleaned.get("checks", ())]
        if missing and not cleaned.get("accept_anyway"):
            message = ngettext(
                "%(number)s point is not ticked. Tick it, or “Publish all the same” below.",
                "%(number)s points are not ticked. Tick them, or “Publish all the same” below.",
                len(missing),
            )
            message %= {"number": number(len(missing))}
            self.add_error("checks", ValidationError(message, code="unchecked"))


def _note_places() -> list[tuple[str, str]]:
    whole = pgettext_lazy("place of a note", "the whole text")
    return [("", whole), *((q.name, capfirst(label_of(q.name))) for q in QUESTIONS)]


def _initial(submission: Submission) -> dict:
    curation = curation_of(submission)
    return {
        "version": submission.version,
        "marks": marks(stated(submission)),
        "city": submission.city_id,
        "main_theme": curation.main_theme,
        "evidence": curation.evidence or "",
        "review_by": curation.review_by,
        "checks": submission.checklist,
    }
