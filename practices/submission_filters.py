"""Filters and search of the queue of submissions."""

from functools import reduce
from operator import or_

from django.contrib import admin
from django.db.models import Q, QuerySet
from django.utils.translation import get_language_info, pgettext_lazy
from django.utils.translation import gettext_lazy as _

from portal.common.languages import LANGUAGE_CODES
from portal.common.sorting import sort_key
from portal.common.text import has_letter_or_digit
from practices.choices import SubmissionState
from practices.models import Submission


class QueueFilter(admin.SimpleListFilter):
    """What is to be done, by whom."""

    title = pgettext_lazy("filter of a queue", "work")
    parameter_name = "work"

    def __init__(self, request, *args, **kwargs):
        self.person = request.user
        super().__init__(request, *args, **kwargs)

    def lookups(self, request, model_admin):
        return [
            ("waiting", pgettext_lazy("submissions", "Waiting for an answer")),
            ("mine", pgettext_lazy("submissions", "Mine")),
            ("nobodys", pgettext_lazy("submissions", "Nobody’s yet")),
            ("late", pgettext_lazy("submissions", "Late")),
        ]

    def queryset(self, request, queryset):
        waiting = queryset.waiting()
        return {
            "waiting": lambda: waiting,
            "mine": lambda: waiting.filter(reviewer=self.person),
            "nobodys": lambda: waiting.filter(reviewer=None),
            "late": lambda: queryset.late(),
        }.get(self.value(), lambda: queryset)()


class StateFilter(admin.SimpleListFilter):
    """Every state that the desk sees."""

    title = _("state")
    parameter_name = "state"

    def lookups(self, request, model_admin):
        return [(s.value, s.label) for s in SubmissionState if s != SubmissionState.DRAFT]

    def queryset(self, request, queryset):
        return queryset.filter(state=self.value()) if self.value() else queryset


class KindFilter(admin.SimpleListFilter):
    """New practices, and new versions of published ones."""

    title = pgettext_lazy("of a submission", "kind")
    parameter_name = "kind"

    def lookups(self, request, model_admin):
        return [("new", _("new practice")), ("version", _("new version"))]

    def queryset(self, request, queryset):
        if self.value() not in ("new", "version"):
            return queryset
        return queryset.filter(base_version__isnull=self.value() == "new")


class OriginalLanguageFilter(admin.SimpleListFilter):
    """The languages in which texts are written, named in the language of the page."""

    title = _("language")
    parameter_name = "language"

    def lookups(self, request, model_admin):
        return [(code, get_language_info(code)["name_translated"]) for code in LANGUAGE_CODES]

    def queryset(self, request, queryset):
        return queryset.filter(original_language=self.value()) if self.value() else queryset


def found(submissions: QuerySet[Submission], typed: str) -> QuerySet[Submission]:
    """The submissions that have every word of `typed` in reference, title or city, whatever the
    spelling.
    """
    words = typed.split()
    titles = _titles(submissions) if words else {}
    for word in words:
        places = [Q(reference__icontains=word)]
        if has_letter_or_digit(word):
            key = sort_key(word)
            places.append(Q(city__spellings__contains=key))
            places.append(Q(pk__in=[pk for pk, title in titles.items() if key in title]))
        submissions = submissions.filter(reduce(or_, places))
    return submissions


def _titles(submissions: QuerySet[Submission]) -> dict:
    """What was typed as title and city, folded, by primary key: texts in JSON have no column."""
    names = ["title", *(f"title_{code}" for code in LANGUAGE_CODES), "city"]
    # The answers may be in the authors' hands: what the network has is searched.
    rows = submissions.order_by().values_list("pk", *(f"desk_answers__{name}" for name in names))
    return {pk: sort_key(" ".join(filter(None, texts))) for pk, *texts in rows}
