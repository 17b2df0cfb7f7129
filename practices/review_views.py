"""The page on which a curator reviews a submission, and what its buttons lead to."""

from urllib.parse import urlencode
from uuid import UUID

from django.contrib import messages
from django.contrib.admin.models import LogEntry
from django.contrib.admin.utils import unquote
from django.contrib.contenttypes.models import ContentType
from django.core.exceptions import PermissionDenied
from django.http import Http404, HttpRequest, HttpResponse, QueryDict
from django.shortcuts import redirect, render
from django.template.response import TemplateResponse
from django.urls import path, reverse
from django.utils.decorators import method_decorator
from django.utils.html import format_html
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.cache import never_cache

from portal.common.refusals import Refused
from practices.models import Practice, Submission
from practices.permissions import may_review
from practices.review import DESK_PAGE
from practices.review_forms import DECISIONS, Button, DeskForm
from practices.review_page import ReviewPage, as_sent_in, for_review, practice_to_be
from practices.review_post import DONE, Post, ReadAgain, act, beside, over, read_post
from practices.workflow import Outdated

QUEUE = "admin:practices_submission_changelist"
# What the admin's lists add to the address of a record, so that one comes back to the same list.
KEPT = "_changelist_filters"
READ_AGAIN = gettext_lazy(
    "Your changes to the text are saved, not published yet. Read it as it will be, then publish."
)


class ReviewViews:
    """Mixin for the desk of submissions: its page of one record is the review page."""

    def get_urls(self):
        page = self.admin_site.admin_view(self.page_view)
        return [
            path("<path:object_id>/page/", page, name="practices_submission_page"),
            *super().get_urls(),
        ]

    @method_decorator(never_cache)
    def change_view(self, request, object_id, form_url="", extra_context=None):
        """The review page; a press of one of its buttons."""
        submission = self._open(request, object_id)
        if request.method == "POST":
            return self._press(request, submission)
        both = "both" in request.GET
        return self._page(request, ReviewPage(submission, both=both))

    @method_decorator(never_cache)
    def page_view(self, request, object_id):
        """The whole page of the practice as it would be published."""
        submission = self._open(request, object_id)
        context = {
            "section": "practices",
            "section_current": "true",
            "practice": practice_to_be(submission),
            "submission": submission,
            "is_preview": True,
            "no_index": True,
        }
        return render(request, "admin/practices/submission/page.html", context)

    def _open(self, request: HttpRequest, object_id: str) -> Submission:
        """The submission of an address; Http404 for drafts as for what there is not."""
        if not may_review(request.user):
            raise PermissionDenied
        key = _key(unquote(object_id))
        submission = for_review().filter(pk=key).first() if key else None
        if submission is None:
            raise Http404
        return as_sent_in(submission)

    def _press(self, request: HttpRequest, submission: Submission) -> HttpResponse:
        post = read_post(submission, request.POST)
        if not post.is_valid:
            return self._again(request, post)
        try:
            practice = act(post, by=request.user)
        except Outdated as outdated:
            newest = self._open(request, str(outdated.newest.pk))
            newer_by = _last_act_on(newest)
            return self._again(request, beside(post, newest), is_outdated=True, newer_by=newer_by)
        except ReadAgain:
            messages.warning(request, READ_AGAIN)
            return self._stay(request, post, is_done=False)
        except Refused as refused:
            messages.error(request, refused.message)
            return self._again(request, over(post, self._open(request, str(submission.pk))))
        _say_done(request, post.button, practice)
        if post.button in DECISIONS:
            return redirect(_queue_left(request))
        return self._stay(request, post, is_done=True)

    def _stay(self, request: HttpRequest, post: Post, *, is_done: bool) -> HttpResponse:
        """The page anew, with what stands in boxes that were not sent yet."""
        address = reverse(DESK_PAGE, args=[post.submission.pk])
        kept = post.desk.unsent(but=post.button if is_done else None)
        if not kept:
            filters = _filters_of(request)
            parts = {KEPT: filters} if filters else {}
            query = urlencode(parts | ({"both": "1"} if post.is_about_both else {}))
            return redirect(f"{address}?{query}" if query else address)
        submission = self._open(request, str(post.submission.pk))
        desk = DeskForm(submission, kept=kept)
        return self._page(request, ReviewPage(submission, desk=desk, both=post.is_about_both))

    def _again(self, request: HttpRequest, post: Post, **extra) -> HttpResponse:
        page = ReviewPage(
            post.submission,
            text=post.text,
            desk=post.desk,
            both=post.is_about_both,
            theirs=post.theirs,
            adopted=post.adopted,
        )
        return self._page(request, page, keeps_typed=True, **extra)

    def _page(self, request: HttpRequest, page: ReviewPage, **extra) -> HttpResponse:
        submission = page.submission
        context = {
            **self.admin_site.each_context(request),
            "opts": self.opts,
            "title": submission.title or submission.reference,
            "queue_url": _queue_left(request),
            "queue_filters": _filters_of(request),
            **page.context(),
            **extra,
        }
        return TemplateResponse(request, "admin/practices/submission/review.html", context)


def _filters_of(request: HttpRequest) -> str:
    """What the queue was filtered by when the curator left it, as in an address."""
    kept = request.POST.get(KEPT) or request.GET.get(KEPT) or ""
    return QueryDict(kept).urlencode()


def _queue_left(request: HttpRequest) -> str:
    """The address of the queue as the curator left it."""
    query = _filters_of(request)
    return f"{reverse(QUEUE)}?{query}" if query else reverse(QUEUE)


def _key(text: str) -> UUID | None:
    try:
        return UUID(text)
    except ValueError:
        return None


def _say_done(request: HttpRequest, button: Button, practice: Practice | None) -> None:
    text = DONE[button]
    if practice:
        link = format_html('<a href="{}">{}</a>', practice.get_absolute_url(), _("See its page"))
        text = format_html("{} {}", text, link)
    messages.success(request, text)


def _last_act_on(submission: Submission) -> LogEntry | None:
    """The newest entry of the journal about `submission`."""
    kind = ContentType.objects.get_for_model(Submission)
    entries = LogEntry.objects.filter(content_type=kind, object_id=str(submission.pk))
    return entries.select_related("user").order_by("-pk").first()
