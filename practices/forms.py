"""The form of a submission, made from its questions."""

from django import forms
from django.core.exceptions import ValidationError
from django.utils import timezone
from django.utils.datastructures import MultiValueDict
from django.utils.translation import get_language_info, ngettext
from django.utils.translation import gettext_lazy as _

from exchanges.models import Theme
from exchanges.naming import cities_called
from findings.models import Finding
from portal.common.display import number
from portal.common.fields import validate_says_something, validate_web_address
from portal.common.formfields import CleanedCharField, PartialDateFormField
from portal.common.languages import LANGUAGE_CODES, direction, shown
from practices.answers import Answers, finding_key
from practices.choices import CostBand, Effect
from practices.models import Submission, SubmissionFile, TargetGroup
from practices.questions import QUESTIONS, Kind, Question

EARLIEST_YEAR = 1900
CITY_LIST = "cities"


class CityField(CleanedCharField):
    """The name of a city, known to the exchange or not; refuses one that cities of several
    countries have. Of those in one country a curator knows which is meant.
    """

    def validate(self, value):
        super().validate(value)
        if value and len({city.country_id for city in cities_called(value)}) > 1:
            raise ValidationError(
                _("Several cities have this name. Write the country too: “London, Canada”."),
                code="ambiguous",
            )


class YearsField(PartialDateFormField):
    """A partial date between EARLIEST_YEAR and next year."""

    def validate(self, value):
        super().validate(value)
        latest = timezone.localdate().year + 1
        if value and not EARLIEST_YEAR <= value.year <= latest:
            raise ValidationError(
                _("Enter a year from %(first)s to %(last)s.")
                % {"first": EARLIEST_YEAR, "last": latest},
                code="year",
            )


class AnswersForm(forms.Form):
    """The fields of some questions, filled with the answers of a submission.

    `language` is that of the text, `others` are languages to be written side by side. With
    `require` every needed answer must be there but those in `waived`; without, a draft may have
    gaps.
    """

    def __init__(
        self,
        questions: tuple[Question, ...],
        answers: Answers,
        *,
        language: str,
        others: list[str] | tuple[str, ...] = (),
        require: bool = False,
        waived: frozenset[str] = frozenset(),
        checked: bool = True,
    ):
        self.questions = questions
        self.language, self.others = language, others
        self.require, self.waived = require, waived
        values = MultiValueDict(
            {name: value if isinstance(value, list) else [value] for name, value in answers.items()}
        )
        super().__init__(
            data=values if checked else None,
            initial=None if checked else answers,
            # The messages stand beside the fields, which name themselves.
            use_required_attribute=False,
        )
        for question in questions:
            for name, code in self._names(question):
                self.fields[name] = self._field(question, code, is_original=name == question.name)

    def rows(self) -> list[dict]:
        """Each question with its fields: the original's first, then those beside it."""
        return [
            {
                "question": question,
                "fields": [self[name] for name, _code in self._names(question)],
                "is_group": question.kind is Kind.CHOICES,
            }
            for question in self.questions
        ]

    def clean(self):
        cleaned = super().clean()
        starts, ends = cleaned.get("starts"), cleaned.get("ends")
        if starts and ends and ends.last_day < starts.first_day:
            self.add_error("ends", _("The end lies before the start."))
        return cleaned

    def _names(self, question: Question) -> list[tuple[str, str]]:
        others = self.others if question.is_text else ()
        return [(question.name, self.language), *((f"{question.name}_{c}", c) for c in others)]

    def _field(self, question: Question, code: str, *, is_original: bool) -> forms.Field:
        field = _FIELDS[question.kind](question)
        is_needed = question.is_needed and question.name not in self.waived
        field.required = self.require and is_needed and is_original
        field.label, field.help_text = question.label, question.hint if is_original else ""
        field.language = code if question.is_text else ""
        field.error_messages["required"] = _("This answer is needed.")
        if question.is_text:
            field.widget.attrs |= {"lang": code, "dir": direction(code)}
            field.language_name = get_language_info(code)["name_translated"]
            if not is_original:
                field.widget.attrs["aria-label"] = f"{question.label} ({field.language_name})"
        return field


def waived(submission: Submission) -> frozenset[str]:
    """Needed answers that the published practice lacks which it changes: a proposal may, too."""
    if not submission.changes_a_practice:
        return frozenset()
    practice = submission.practice
    columns = {
        q.name: f"{q.name}_{submission.original_language}" if q.is_text else q.name
        for q in QUESTIONS
        if q.is_needed
    }
    return frozenset(name for name, column in columns.items() if not getattr(practice, column))


def full_form(submission: Submission, *, require: bool = True) -> AnswersForm:
    """The form of all questions with the answers of `submission`, to be checked as a whole."""
    others = [c for c in LANGUAGE_CODES if c != submission.original_language]
    return AnswersForm(
        tuple(q for q in QUESTIONS if not (submission.changes_a_practice and q.name == "city")),
        submission.answers,
        language=submission.original_language,
        others=others,
        require=require,
        waived=waived(submission),
    )


def faults(submission: Submission) -> dict[str, list[str]]:
    """What keeps `submission` from being sent: messages by the name of the answer."""
    form = full_form(submission)
    return {name: [str(message) for message in messages] for name, messages in form.errors.items()}


def address(text: str | None) -> str:
    """The whole address that was typed, as a link can lead there; empty for what is none."""
    try:
        return forms.URLField(assume_scheme="https").to_python(text) or ""
    except ValidationError:
        return ""


def _length(most: int):
    """A validator with a message that says how much is too much."""

    def check(text: str) -> None:
        if len(text) > most:
            message = ngettext(
                "This has %(given)s characters; there is room for %(most)s.",
                "This has %(given)s characters; there is room for %(most)s.",
                len(text),
            )
            raise ValidationError(
                message % {"given": number(len(text)), "most": number(most)}, code="long"
            )

    return check


def _line(question: Question) -> forms.Field:
    # A text area of one line grows where a phone has no room for the whole title.
    attributes = {"class": "input", "rows": 1, "data-most": question.max_length}
    validators = [validate_says_something, _length(question.max_length)]
    return CleanedCharField(widget=forms.Textarea(attrs=attributes), validators=validators)


def _text(question: Question) -> forms.Field:
    attributes = {
        "class": "input", "rows": question.rows, "data-most": question.max_length, "dir": "auto"
    }  # fmt: skip
    return CleanedCharField(
        single_line=False,
        widget=forms.Textarea(attrs=attributes),
        validators=[_length(question.max_length)],
    )


def _city(question: Question) -> forms.Field:
    attributes = {"class": "input", "list": CITY_LIST, "dir": "auto", "autocomplete": "off"}
    validators = [validate_says_something, _length(question.max_length)]
    return CityField(widget=forms.TextInput(attrs=attributes), validators=validators)


def _date(question: Question) -> forms.Field:
    attributes = {"class": "input input--s", "dir": "ltr", "autocomplete": "off"}
    return YearsField(widget=forms.TextInput(attrs=attributes))


def _address(question: Question) -> forms.Field:
    attributes = {"class": "input", "dir": "ltr", "autocomplete": "off", "inputmode": "url"}
    field = forms.URLField(
        assume_scheme="https",
        widget=forms.TextInput(attrs=attributes),
        error_messages={
            "invalid": _("Enter the whole address of the page, as your browser shows it.")
        },
    )
    field.validators = [validate_web_address, _length(question.max_length)]
    return field


def _choice(question: Question) -> forms.Field:
    return forms.ChoiceField(
        choices=[("", _("Not known")), *_SCALES[question.name].choices],
        widget=forms.Select(attrs={"class": "input"}),
        error_messages={"invalid_choice": _("Choose one of the list.")},
    )


def _choices(question: Question) -> forms.Field:
    return forms.MultipleChoiceField(
        choices=_OFFERS[question.name],
        widget=forms.CheckboxSelectMultiple,
        error_messages={"invalid_choice": _("Choose from the list.")},
    )


def _target_groups() -> list[tuple[str, str]]:
    groups = TargetGroup.objects.in_reading_order()
    return [(group.slug, str(shown(group, "name"))) for group in groups]


def _themes() -> list[tuple[str, str]]:
    return [(theme.slug, str(shown(theme, "name"))) for theme in Theme.objects.in_reading_order()]


def _findings() -> list[tuple[str, str]]:
    findings = Finding.objects.published().select_related("edition")
    newest_first = findings.order_by("-edition__year", "number")
    return [
        (finding_key(f), f"{f.edition.year} · {f.number} · {shown(f, 'title')}")
        for f in newest_first
    ]


_FIELDS = {
    Kind.LINE: _line,
    Kind.TEXT: _text,
    Kind.CITY: _city,
    Kind.DATE: _date,
    Kind.ADDRESS: _address,
    Kind.CHOICE: _choice,
    Kind.CHOICES: _choices,
}
_OFFERS = {"target_groups": _target_groups, "themes": _themes, "findings": _findings}
_SCALES = {"cost_band": CostBand, "effect": Effect}


def choices_in_words(question: Question) -> dict[str, str]:
    """What can be chosen as an answer, in the language of the page; empty for a typed one."""
    if question.kind is Kind.CHOICE:
        return {value: str(label) for value, label in _SCALES[question.name].choices}
    return dict(_OFFERS[question.name]()) if question.kind is Kind.CHOICES else {}


class FileForm(forms.ModelForm):
    """A file with its name in words."""

    class Meta:
        model = SubmissionFile
        fields = ["file", "title", "caption"]

    def __init__(self, *args, language: str, **kwargs):
        super().__init__(*args, use_required_attribute=False, **kwargs)
        for name in ("title", "caption"):
            self.fields[name].widget.attrs |= {
                "class": "input", "lang": language, "dir": direction(language)
            }  # fmt: skip
        self.fields["file"].label = _("File")
        self.fields["file"].help_text = _("PDF, PNG, JPEG, WebP, DOCX or XLSX, at most 20 MB.")
        self.fields["file"].error_messages["required"] = _("Choose a file.")
        self.fields["title"].label = _("What is it?")
        self.fields["title"].help_text = _(
            "For a photograph: what it shows, for those who do not see it."
        )
        self.fields["title"].error_messages["required"] = _("Say in a few words what it is.")
        self.fields["caption"].label = _("Caption")
