"""The autosave of the form, for its script."""

import uuid

from django.http import Http404, HttpRequest, JsonResponse
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from portal.common.display import moment
from portal.common.refusals import Refused
from practices import workflow
from practices.models import Submission
from practices.questions import QUESTIONS, Step
from practices.submitting.access import forget_typed, open_submission
from practices.submitting.posts import TooOften, begin, is_within, person_of, typed_in, version_in
from practices.workflow import Outdated


@require_POST
def autosave(request: HttpRequest, pk: uuid.UUID | None = None) -> JsonResponse:
    """Save what is being typed. Answers with the version and the addresses to go on with.

    401 where nobody is signed in any more, 409 with the newest answers where another tab saved
    meanwhile, 410 where it is not the author's turn any more, 413 for what is too long, 429.
    """
    if not is_within(request, "save"):
        return JsonResponse({"code": "too-often"}, status=429)
    typed, too_long = typed_in(request, QUESTIONS)
    if too_long:
        return JsonResponse({"code": "too-long", "names": too_long}, status=413)
    try:
        if pk is None:
            saved = begin(request, typed)
            if not saved.is_writable:
                return JsonResponse({"code": "closed"}, status=410)
        else:
            submission, version = open_submission(request, pk), version_in(request)
            saved = workflow.save_answers(submission, typed, by=person_of(request), version=version)
            forget_typed(request, saved)
    except TooOften:
        return JsonResponse({"code": "too-often"}, status=429)
    except Http404:
        if request.user.is_authenticated:
            raise
        return JsonResponse({"code": "signed-out"}, status=401)
    except Outdated as outdated:
        return JsonResponse({"code": "outdated", **_said_of(outdated.newest)}, status=409)
    except Refused as refused:
        return JsonResponse({"code": "closed", "message": str(refused.message)}, status=410)
    return JsonResponse({"code": "saved", **_said_of(saved)})


def _said_of(submission: Submission) -> dict:
    return {
        "version": submission.version,
        "message": _("Saved at %(moment)s.") % {"moment": moment(submission.saved_at)},
        "saved_at": submission.saved_at.isoformat(),
        "answers": submission.answers,
        "action": reverse("submissions:write", args=[submission.pk, Step.SNAPSHOT]),
        "autosave": reverse("submissions:autosave", args=[submission.pk]),
    }
