"""Pages about a practice that was published: its versions, and withdrawing it."""

from django import forms
from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.core.paginator import Paginator
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_safe

from portal import search
from portal.accounts.second_factor.door import staff_show_second_step
from portal.common.formfields import CleanedCharField
from portal.common.kept_pages import keeps_pages
from portal.common.refusals import Refused
from practices import publication
from practices.choices import State
from practices.models import Practice
from practices.models.practice import REASON_LENGTH
from practices.versions import explain, public_versions

VERSIONS_A_PAGE = 20
LINES_OF_A_REASON = 4


class WithdrawForm(forms.Form):
    """Why a practice is withdrawn, for everybody to read."""

    reason = CleanedCharField(
        label=gettext_lazy("Reason (you may leave this empty)"),
        help_text=gettext_lazy("Everybody can read it on the page that stays."),
        required=False,
        single_line=False,
        max_length=REASON_LENGTH,
        widget=forms.Textarea(attrs={"class": "input", "rows": LINES_OF_A_REASON, "dir": "auto"}),
    )


@require_safe
@keeps_pages(search.versions)
def practice_versions(request: HttpRequest, pk: int, slug: str) -> HttpResponse:
    """What changed on the page of a practice, and when; the newest change first."""
    practice = _practice(pk)
    if practice.is_gone:
        return render(request, "practices/practice_gone.html", _context(practice), status=410)
    if practice.state != State.PUBLISHED:
        raise Http404
    if slug != practice.slug:
        return redirect("practices:practice-versions", pk, practice.slug, permanent=True)
    versions = public_versions(practice)
    page = Paginator(versions.shown, VERSIONS_A_PAGE).get_page(request.GET.get("page"))
    explain(page.object_list)
    context = {
        **_context(practice),
        "page_obj": page,
        "page_range": page.paginator.get_elided_page_range(page.number),
        "has_hidden": versions.has_hidden,
        "no_index": True,
    }
    return render(request, "practices/practice_versions.html", context)


@require_http_methods(["GET", "HEAD", "POST"])
@never_cache
@login_required
@staff_show_second_step
def practice_withdraw(request: HttpRequest, pk: int, slug: str) -> HttpResponse:
    """Ask once, then take a practice back in the name of its city; or say who may do that."""
    practice = _practice(pk)
    if practice.is_gone:
        return redirect(practice)
    if practice.state != State.PUBLISHED:
        raise Http404
    if not publication.may_withdraw(request.user, practice):
        return render(request, "practices/practice_withdraw.html", _context(practice), status=403)
    form = WithdrawForm(request.POST if request.method == "POST" else None)
    if form.is_valid():
        try:
            practice = publication.withdraw(
                practice, by=request.user, reason=form.cleaned_data["reason"]
            )
            messages.success(request, _("The practice is withdrawn."))
        except Refused as refused:
            messages.error(request, refused.message)
        return redirect(practice)
    context = {**_context(practice), "form": form}
    return render(request, "practices/practice_withdraw.html", context)


def _practice(pk: int) -> Practice:
    """The practice in whatever state, with its city and theme; Http404 for none."""
    practice = Practice.objects.select_related("city__country", "main_theme").filter(pk=pk).first()
    if practice is None:
        raise Http404
    return practice


def _context(practice: Practice) -> dict:
    return {"section": "practices", "section_current": "true", "practice": practice}
