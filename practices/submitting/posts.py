"""What a post of the form says, and the draft that it begins."""

import uuid

from allauth.core.internal import ratelimit
from django.http import HttpRequest

from portal.accounts.models import User
from portal.common.languages import current_language
from portal.common.refusals import Refused
from practices import workflow
from practices.answers import Answers, TooMuch, read
from practices.models import Submission
from practices.submitting.access import claim_drafts, remember

# A whole office may share an address of the network.
RATES = {"start": "60/h/ip", "save": "120/m/ip"}


class TooOften(Exception):
    """Too many texts were begun without an account from one address of the network."""


def typed_in(request: HttpRequest, questions) -> tuple[Answers, list[str]]:
    """The answers of the post, and the names of those that are too long to be kept."""
    try:
        return read(request.POST, questions), []
    except TooMuch as too_much:
        return {name: request.POST.get(name, "") for name in request.POST}, too_much.names


def version_in(request: HttpRequest) -> int:
    """The version on which it was typed; 0 where the post does not say."""
    text = request.POST.get("version", "")
    return int(text) if text.isascii() and text.isdigit() and len(text) < 10 else 0


def person_of(request: HttpRequest) -> User | None:
    """Who is signed in."""
    return request.user if request.user.is_authenticated else None


def is_within(request: HttpRequest, action: str) -> bool:
    """Whether the address of the network may do `action`, of RATES, once more."""
    return ratelimit.consume(request, app="submissions", action=action, config=RATES)


def begin(request: HttpRequest, typed: Answers) -> Submission:
    """The draft of the nonce in the post, made if need be, with what was typed.

    Raises Outdated where there is a newer version than that on which it was typed: the first, if
    the post does not say. Raises TooOften, and Refused where the draft is not theirs.
    """
    claim_drafts(request)
    try:
        nonce = uuid.UUID(request.POST.get("nonce", ""))
    except ValueError:
        nonce = uuid.uuid4()
    arguments = {"by": person_of(request), "language": current_language()}
    is_new = not Submission.objects.filter(nonce=nonce).exists()
    if is_new and not request.user.is_authenticated and not is_within(request, "start"):
        raise TooOften
    try:
        submission = workflow.start(typed, nonce=nonce, **arguments)
    except Refused as refused:
        if refused.code != "nonce":
            raise
        submission = workflow.start(typed, nonce=uuid.uuid4(), **arguments)
    if submission.author is None:
        remember(request, submission)
    try:
        version = version_in(request) or 1
        return workflow.save_answers(submission, typed, by=person_of(request), version=version)
    except Refused as refused:
        if refused.code != "state":
            raise
        # The same post, sent twice at once, has sent it meanwhile.
        submission.refresh_from_db()
        return submission
