"""Uploaded files for those who may have them, and the two health addresses."""

import logging

from django.db.models import Q
from django.http import FileResponse, Http404, HttpRequest, HttpResponse, JsonResponse
from django.shortcuts import get_object_or_404
from django.utils.cache import get_conditional_response, patch_cache_control
from django.utils.http import quote_etag
from django.views.decorators.http import require_safe

from portal.common.attachments import Attachment, attachment_models
from portal.common.health import database_state, redis_state
from portal.common.uploads import content_type_of

logger = logging.getLogger(__name__)

# Kept by readers for an hour: a record that is taken back should not live on in caches.
PUBLIC_SECONDS = 3600
FILE_POLICY = "default-src 'none'; sandbox"


@require_safe
def stored_file(request: HttpRequest, name: str) -> HttpResponse:
    """An uploaded file as a download that no browser runs.

    404 unless it hangs on a record that everybody may see, or Attachment.may_be_read_by says so of
    somebody who has shown the second step that their rights ask for.
    """
    attachment, is_public = _find(name, request)
    # Under a random name the content never changes.
    etag = quote_etag(attachment.stored.name)
    response = get_conditional_response(request, etag=etag) or _download(attachment)
    response["ETag"] = etag
    response["Content-Security-Policy"] = FILE_POLICY
    if is_public:
        patch_cache_control(response, public=True, max_age=PUBLIC_SECONDS)
    else:
        patch_cache_control(response, private=True, no_store=True)
    return response


@require_safe
def healthz(request: HttpRequest) -> HttpResponse:
    """200: this process answers. Asks nobody else."""
    return _health_response({"process": "ok"}, 200)


@require_safe
def readyz(request: HttpRequest) -> HttpResponse:
    """200 when the database answers and is migrated, else 503; Redis is reported only."""
    database = database_state()
    state = {"database": database, "redis": redis_state()}
    return _health_response(state, 200 if database == "ok" else 503)


def _find(name: str, request: HttpRequest) -> tuple[Attachment, bool]:
    """The attachment stored as `name`, and whether everybody may have it; Http404 for none."""
    folder = name.partition("/")[0]
    model = next((m for m in attachment_models() if m._meta.model_name == folder), None)
    if model is None:
        raise Http404
    is_named = Q(**{model.file_field: name})
    if attachment := model.objects.published().filter(is_named).first():
        return attachment, True
    attachment = get_object_or_404(model, is_named)
    if request.lacks_second_step or not attachment.may_be_read_by(request.user):
        raise Http404
    return attachment, False


def _download(attachment: Attachment) -> FileResponse:
    """The stored file as an attachment; Http404 where it is lost."""
    try:
        content = attachment.stored.open("rb")
    except FileNotFoundError:
        logger.error("the file %s is missing in MEDIA_ROOT", attachment.stored.name)
        raise Http404
    return FileResponse(
        content,
        as_attachment=True,
        filename=attachment.download_name,
        content_type=content_type_of(attachment.stored.name),
    )


def _health_response(state: dict[str, str], status: int) -> JsonResponse:
    response = JsonResponse(state, status=status)
    patch_cache_control(response, no_store=True)
    response["X-Robots-Tag"] = "noindex"
    return response
