"""What happens when a curator presses a button on the review page.

Every button first saves what stands in the form; then it does what it says. Nothing typed is lost:
what is refused comes back with its reason, and what a colleague saved meanwhile stands beside it.
"""

from dataclasses import dataclass, field

from django.db import transaction
from django.http import QueryDict
from django.utils.translation import gettext_lazy as _

from portal.accounts.models import User
from practices import review
from practices.acceptance import newest_version
from practices.answers import Answers, TooMuch, read
from practices.forms import AnswersForm
from practices.models import Practice, Submission
from practices.moves import locked
from practices.review_forms import DECISIONS, TYPED_QUESTIONS, Button, DeskForm, text_form
from practices.review_marks import as_sent, is_untouched, stated
from practices.review_page import other_languages
from practices.workflow import Outdated


class ReadAgain(Exception):
    """The text was saved with the curator's changes, and is to be read before it is published."""


DONE = {
    Button.SAVE: _("Saved."),
    Button.BOTH: _("Saved. Both languages stand side by side now."),
    Button.TAKE: _("You have it now. Its authors know that somebody is reading."),
    Button.HAND_OVER: _("Handed over. Your colleague has been told."),
    Button.NOTE: _("The note is written."),
    Button.REQUEST_CHANGES: _("The authors have been asked for changes."),
    Button.ACCEPT: _("Published. The authors have been told."),
    Button.MERGE: _("Merged. The authors have been told."),
    Button.DECLINE: _("Declined. The authors have been told why."),
}


@dataclass
class Post:
    """A post to the review page, read but not yet acted upon."""

    submission: Submission
    data: QueryDict
    button: Button
    typed: Answers
    is_about_both: bool
    theirs: dict[str, str] = field(default_factory=dict)
    adopted: list[str] = field(default_factory=list)
    text: AnswersForm = field(init=False)
    desk: DeskForm = field(init=False)

    @property
    def is_valid(self) -> bool:
        return not self.text.errors and not self.desk.errors

    def judged(self) -> "Post":
        """With its forms made anew from what was sent."""
        self.text = _text(self)
        self.desk = DeskForm(self.submission, self.data, button=self.button)
        return self


def read_post(submission: Submission, data: QueryDict) -> Post:
    """What a curator sent; buttons that there are not count as saving."""
    name = data.get("button", "")
    button = Button(name) if name in list(Button) else Button.SAVE
    try:
        given = read(data, TYPED_QUESTIONS)
    except TooMuch:
        given = {name: data[name] for name in data}
    is_about_both = button is Button.BOTH or bool(data.get("both"))
    fields = text_form(
        submission, {}, others=other_languages(submission, both=is_about_both)
    ).fields
    typed = {n: _as_kept(answer, submission.answers.get(n)) for n, answer in given.items()
             if n in fields}  # fmt: skip
    return Post(submission, data, button, typed, is_about_both).judged()


def act(post: Post, *, by: User) -> Practice | None:
    """Do what the button says, whole or not at all; returns the practice where one was published.

    Raises Outdated, Refused, and ReadAgain where the text was saved but not yet published.
    """
    with transaction.atomic():
        before = locked(post.submission)
        if post.button in DECISIONS and before.version != post.desk.version_seen:
            raise Outdated(before)
        saved = _save(post, before, by)
        is_new = _public(saved) != _public(before)
        must_be_read = post.button is Button.ACCEPT and is_new
        practice = None if must_be_read else _press(post, saved, by)
    if must_be_read:
        raise ReadAgain
    return practice


def beside(post: Post, newest: Submission) -> Post:
    """`post` over the version that somebody saved meanwhile.

    Fields that the curator had not touched take the newest text; where both changed one, the
    curator's stays and the newest stands beside it. Sent again, it is taken.
    """
    values, marked = stated(newest), post.data.get("marks", "")
    data = post.data.copy()
    for name, mine in _compared(post).items():
        newer = values.get(name, "")
        if mine == newer:
            continue
        post.theirs[name] = newer
        if is_untouched(name, mine, marked):
            post.adopted.append(name)
            if name in post.typed:
                post.typed[name] = newest.answers.get(name) or ""
            else:
                data[name] = newer
    fresh = DeskForm(newest)
    data["version"], data["marks"] = str(newest.version), fresh.initial["marks"]
    post.submission, post.data = newest, data
    return post.judged()


def over(post: Post, newest: Submission) -> Post:
    """`post` with `newest` around it, after it was refused: what was typed stays as it is."""
    post.data = post.data.copy()
    if newest.changes_a_practice:
        # The page shows the published practice as it is now.
        post.data["live_version"] = str(newest_version(newest.practice))
    post.submission = newest
    return post.judged()


def _as_kept(answer: str | list[str], kept: str | list[str] | None) -> str | list[str]:
    """`answer`, or what was `kept` where both say the same: boxes come in the page's order."""
    is_same = isinstance(answer, list) and as_sent(answer) == as_sent(kept or [])
    return kept or [] if is_same else answer


def _text(post: Post) -> AnswersForm:
    submission, typed = post.submission, post.typed
    is_accepted = post.button is Button.ACCEPT
    form = text_form(
        submission,
        submission.answers | typed,
        others=other_languages(submission, both=post.is_about_both),
        checked=True,
        require=is_accepted,
    )
    if not is_accepted:
        # What the authors sent may have been right then; only what the curator typed is judged.
        for name in set(form.errors) & set(form.fields):
            answer = typed.get(name, submission.answers.get(name, ""))
            if as_sent(answer or "") == as_sent(submission.answers.get(name) or ""):
                del form.errors[name]
    return form


def _save(post: Post, before: Submission, by: User) -> Submission:
    if post.button is Button.NOTE and not before.is_waiting:
        return before
    cleaned = post.desk.cleaned_data
    saved = review.edit(
        post.submission,
        post.typed,
        by=by,
        version=post.desk.version_seen,
        city=cleaned.get("city"),
        curation=post.desk.curation(),
    )
    return review.tick(saved, cleaned["checks"], by=by)


def _press(post: Post, submission: Submission, by: User) -> Practice | None:
    cleaned = post.desk.cleaned_data
    if post.button is Button.TAKE:
        review.take(submission, by=by)
    elif post.button is Button.HAND_OVER:
        review.hand_over(submission, cleaned["hand_over_to"], by=by)
    elif post.button is Button.NOTE:
        place, is_private = cleaned["note_question"], cleaned["note_is_private"]
        text = cleaned["note_text"]
        review.write_note(submission, text, by=by, question=place, is_private=is_private)
    elif post.button is Button.REQUEST_CHANGES:
        review.request_changes(submission, cleaned["changes_text"], by=by)
    elif post.button is Button.DECLINE:
        review.decline(submission, cleaned["decline_text"], by=by)
    elif post.button is Button.ACCEPT:
        text = cleaned["accept_text"]
        return review.accept(submission, post.desk.curation(), by=by, text=text)
    elif post.button is Button.MERGE:
        text = cleaned["merge_text"]
        return review.merge(submission, cleaned["merge_into"], by=by, text=text)
    return None


def _public(submission: Submission) -> tuple:
    """What a reader would see of it."""
    answers = {name: answer for name, answer in submission.answers.items() if answer}
    return answers, submission.city_id


def _compared(post: Post) -> dict[str, str]:
    """What the curator sent of everything that a colleague might have changed."""
    mine = {name: as_sent(answer) for name, answer in post.typed.items()}
    others = ("city", "main_theme", "evidence", "review_by")
    return mine | {name: post.data[name] for name in others if name in post.data}
