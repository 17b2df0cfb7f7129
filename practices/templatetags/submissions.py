"""Parts of the pages of submissions."""

from django import template
from django.urls import reverse
from django.utils.html import format_html
from django.utils.safestring import SafeString
from django.utils.translation import get_language_info
from django.utils.translation import gettext as _

from practices.forms import AnswersForm
from practices.models import Submission
from practices.questions import BY_NAME, label_of

register = template.Library()


@register.simple_tag(takes_context=True)
def draft_attributes(context, submission: Submission | None, nonce: str = "") -> SafeString:
    """What the script of drafts needs to know: addresses, the copy's name, its sentences."""
    autosave = (
        reverse("submissions:autosave", args=[submission.pk])
        if submission
        else reverse("practices:submit-autosave")
    )
    owner = context["user"].pk if context["user"].is_authenticated else ""
    attributes = {
        "nonce": submission.nonce if submission else nonce,
        "owner": owner,
        "step": context["step"],
        "unsaved": _unsaved(context),
        "autosave": autosave,
        "start": reverse("practices:submit-autosave"),
        "login": reverse("account_login"),
        "saving": _("Saving …"),
        "in-browser": _("Kept in this browser only: the portal cannot be reached. Go on writing."),
        "signed-out": _("You are signed out. What you type is kept in this browser; sign in and it "
                        "is saved."),
        "sign-in": _("Sign in"),
        "outdated": _("This text was saved in another window. Nothing is overwritten: what you "
                      "type is kept in this browser."),
        "see-both": _("See both texts"),
        "gone": _("This draft is not here any more, or it belongs to another account. What you "
                  "type is kept in this browser."),
        "unkept": _("Not saved, and this browser keeps nothing: leave this page open."),
        "too-long": _("This text is too long to be saved. It is kept in this browser."),
        "too-often": _("Saving pauses for a minute. What you type is kept in this browser."),
        "closed": _("This text was sent in; it is not your turn."),
        "restored": _("What you had typed in this browser is back."),
        "left": _("Characters left: %(count)s") % {"count": "{n}"},
        "over": _("Characters too many: %(count)s") % {"count": "{n}"},
    }  # fmt: skip
    parts = [format_html('data-{}="{}"', name, value) for name, value in attributes.items()]
    return format_html("{} " * len(parts), *parts)


def _unsaved(context) -> str:
    """Why the fields show what is not saved: "theirs" was, or it is "restored"; else empty."""
    if context.get("theirs"):
        return "theirs"
    return "restored" if context.get("is_restored") else ""


@register.simple_tag
def language_of_form(form: AnswersForm) -> str:
    """The name of the language in which the text is written, in the page's language."""
    return get_language_info(form.language)["name_translated"]


@register.simple_tag
def question_label(name: str) -> str:
    """How an answer is called; its name as it stands where there is no such question any more."""
    return str(label_of(name)) if name in BY_NAME else name


@register.simple_tag
def question_address(submission: Submission, name: str) -> str:
    """Where the answer to a question is written."""
    step = BY_NAME[name].step if name in BY_NAME else "snapshot"
    return f"{reverse('submissions:write', args=[submission.pk, step])}#id_{name}"
