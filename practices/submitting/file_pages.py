"""Files of a text that is being written."""

import uuid

from allauth.core.internal import ratelimit
from allauth.core.ratelimit import respond_429
from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_POST

from portal.common.refusals import Refused
from practices import workflow
from practices.forms import FileForm
from practices.models import SubmissionFile
from practices.questions import Step
from practices.submitting.access import open_submission

RATES = {"upload": "60/h/user"}


@require_http_methods(["GET", "HEAD", "POST"])
@never_cache
@login_required
def add_file(request: HttpRequest, pk: uuid.UUID) -> HttpResponse:
    """The form for one file; what was typed about a refused one stays."""
    submission = open_submission(request, pk)
    if not submission.is_writable:
        return redirect(submission)
    data = (request.POST, request.FILES) if request.method == "POST" else ()
    form = FileForm(*data, language=submission.original_language)
    if request.method == "POST":
        if not ratelimit.consume(request, app="submissions", action="upload", config=RATES,
                                 user=request.user):  # fmt: skip
            return respond_429(request)
        if form.is_valid():
            try:
                workflow.add_file(submission, form.save(commit=False), by=request.user)
            except Refused as refused:
                form.add_error("file", str(refused.message))
            else:
                messages.success(request, _("The file is added."))
                return redirect("submissions:write", submission.pk, Step.PLACE)
    context = {"section": "share", "submission": submission, "form": form}
    return render(request, "submissions/file.html", context)


@require_POST
@login_required
def remove_file(request: HttpRequest, pk: uuid.UUID, number: int) -> HttpResponse:
    """Take a file away."""
    submission = open_submission(request, pk)
    row = get_object_or_404(SubmissionFile, submission=submission, pk=number)
    try:
        workflow.remove_file(row, by=request.user)
    except Refused as refused:
        messages.error(request, refused.message)
    else:
        messages.success(request, _("The file is removed."))
    return redirect("submissions:write", submission.pk, Step.PLACE)
