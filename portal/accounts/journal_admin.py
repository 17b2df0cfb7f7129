"""The journal at the desk, to read: who did what to which record and when, newest first."""

from collections import defaultdict
from collections.abc import Iterable

from django.contrib import admin
from django.contrib.admin.models import ADDITION, CHANGE, DELETION
from django.contrib.admin.views.main import PAGE_VAR, ChangeList
from django.contrib.contenttypes.models import ContentType
from django.core.exceptions import ValidationError
from django.db import models
from django.db.models import Exists, OuterRef, Q, Value
from django.db.models.functions import Cast, Concat
from django.http import HttpRequest
from django.urls import reverse
from django.utils.html import format_html, format_html_join
from django.utils.safestring import SafeString
from django.utils.text import capfirst
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from portal.accounts.models import JournalEntry, User
from portal.common.desk.entries import what_was_done
from portal.common.display import moment
from portal.common.journal import ACT_NAMES, entries_of_act, name_of_act
from portal.common.sorting import sort_key

# People proposed while a name is typed.
NAMES_PROPOSED = 200


class KindFilter(admin.SimpleListFilter):
    """Entries about one kind of record."""

    title = _("kind of record")
    parameter_name = "kind"

    def lookups(self, request, model_admin):
        written = JournalEntry.objects.filter(content_type=OuterRef("pk"))
        kinds = ContentType.objects.filter(Exists(written))
        named = [(f"{kind.app_label}.{kind.model}", _name_of(kind)) for kind in kinds]
        return sorted(named, key=lambda kind: sort_key(kind[1]))

    def queryset(self, request, queryset):
        if self.value() is None:
            return queryset
        app_label, _dot, model = self.value().partition(".")
        return queryset.filter(content_type__app_label=app_label, content_type__model=model)


class ActFilter(admin.SimpleListFilter):
    """Entries about one act, or about what was done at the desk itself."""

    title = _("what was done")
    parameter_name = "act"
    at_the_desk = {
        "added": (ADDITION, pgettext_lazy("what was done to a record", "Added")),
        "changed": (CHANGE, pgettext_lazy("what was done to a record", "Changed")),
        "deleted": (DELETION, pgettext_lazy("what was done to a record", "Deleted")),
    }

    def lookups(self, request, model_admin):
        acts = [(code, name_of_act(code)) for code in ACT_NAMES]
        return [
            *((code, name) for code, (_flag, name) in self.at_the_desk.items()),
            *sorted(acts, key=lambda act: sort_key(act[1])),
        ]

    def queryset(self, request, queryset):
        code = self.value()
        if code in self.at_the_desk:
            flag, _name = self.at_the_desk[code]
            return queryset.filter(~entries_of_act(), action_flag=flag)
        return queryset.filter(entries_of_act(code)) if code in ACT_NAMES else queryset


class PersonFilter(admin.SimpleListFilter):
    """Entries of people with a name that is typed; names of those who have any are proposed."""

    title = _("person")
    parameter_name = "person"
    template = "admin/journal_person_filter.html"

    def lookups(self, request, model_admin):
        """The names to be proposed."""
        written = JournalEntry.objects.filter(user=OuterRef("pk"))
        people = User.objects.filter(Exists(written)).exclude(name="").order_by("name")
        names = people.values_list("name", flat=True).distinct()
        return [(name, name) for name in names[:NAMES_PROPOSED]]

    def has_output(self):
        return True

    def queryset(self, request, queryset):
        for word in (self.value() or "").split():
            queryset = queryset.filter(Q(user__name__icontains=word) | Q(user__email__iexact=word))
        return queryset

    def choices(self, changelist):
        """One: what is typed, what is proposed, and what else the address says."""
        others = {self.parameter_name, PAGE_VAR}
        yield {
            "typed": self.value() or "",
            "parameter": self.parameter_name,
            "names": [name for name, _label in self.lookup_choices],
            "kept": [pair for pair in changelist.params.items() if pair[0] not in others],
            "without": changelist.get_query_string(remove=[self.parameter_name]),
        }


class JournalList(ChangeList):
    """A page of entries, each with the address of its record at the desk as `address`."""

    def get_results(self, request):
        super().get_results(request)
        entries = list(self.result_list)
        there = _records_there(entries, _kinds_open_to(request, self.model_admin.admin_site))
        for entry in entries:
            entry.address = there.get((entry.content_type_id, entry.object_id))
        self.result_list = entries


class JournalAdmin(admin.ModelAdmin):
    """Entries with what they say in words; nobody adds, changes or deletes any."""

    list_display = ["when", "who", "what", "record", "kind"]
    fields = readonly_fields = list_display
    list_display_links = None
    list_filter = [KindFilter, PersonFilter, ActFilter]
    list_select_related = ["user", "content_type"]
    list_per_page = 50
    show_full_result_count = False
    show_facets = admin.ShowFacets.NEVER
    date_hierarchy = "action_time"
    search_fields = ["object_repr"]
    search_help_text = _("Searches the names of records, as they were then.")
    # Entries are only added: those with higher numbers are newer.
    ordering = ["-pk"]
    sortable_by = ()
    actions = None

    def get_changelist(self, request, **kwargs):
        return JournalList

    def changelist_view(self, request, extra_context=None):
        return super().changelist_view(request, {"title": _("Journal"), **(extra_context or {})})

    @admin.display(description=pgettext_lazy("journal", "when"))
    def when(self, entry):
        return moment(entry.action_time)

    @admin.display(description=pgettext_lazy("journal", "who"))
    def who(self, entry):
        return format_html("<bdi>{}</bdi>", entry.user)

    @admin.display(description=pgettext_lazy("journal", "what"))
    def what(self, entry):
        model = entry.content_type and entry.content_type.model_class()
        lines = what_was_done(entry, model)
        return format_html_join(SafeString("<br>"), "<bdi>{}</bdi>", ((line,) for line in lines))

    @admin.display(description=pgettext_lazy("journal", "record"))
    def record(self, entry):
        name = format_html("<bdi>{}</bdi>", entry.object_repr)
        address = getattr(entry, "address", None)
        return format_html('<a href="{}">{}</a>', address, name) if address else name

    @admin.display(description=_("kind of record"))
    def kind(self, entry):
        return _name_of(entry.content_type) if entry.content_type else ""

    def has_add_permission(self, request):
        return False

    def has_change_permission(self, request, obj=None):
        return False

    def has_delete_permission(self, request, obj=None):
        return False


def _name_of(kind: ContentType) -> str:
    model = kind.model_class()
    return capfirst(str(model._meta.verbose_name)) if model else kind.model


def _kinds_open_to(request: HttpRequest, site: admin.AdminSite) -> dict[int, type[models.Model]]:
    """The models whose desk the reader may open, by the primary key of their content type."""
    open_models = [
        model for model, desk in site._registry.items() if desk.has_view_permission(request)
    ]
    kinds = ContentType.objects.get_for_models(*open_models)
    return {kind.pk: model for model, kind in kinds.items()}


def _records_there(
    entries: Iterable[JournalEntry], kinds: dict[int, type[models.Model]]
) -> dict[tuple[int, str], str]:
    """Addresses at the desk of the records that still exist, by kind and `object_id`.

    One statement, however many entries and kinds.
    """
    named: dict[int, dict] = defaultdict(dict)
    for entry in entries:
        if entry.content_type_id in kinds:
            pk = kinds[entry.content_type_id]._meta.pk
            try:
                named[entry.content_type_id][pk.to_python(entry.object_id)] = entry.object_id
            except ValidationError:
                continue
    if not named:
        return {}
    first, *others = (
        kinds[kind]
        ._base_manager.order_by()
        .filter(pk__in=list(keys))
        # One column: modeltranslation's querysets do not keep the order of several.
        .annotate(found=Concat(Value(f"{kind} "), Cast("pk", models.CharField())))
        .values_list("found", flat=True)
        for kind, keys in named.items()
    )
    addresses = {}
    for found in first.union(*others, all=True):
        number, _space, text = found.partition(" ")
        kind = int(number)
        options = kinds[kind]._meta
        pk = options.pk.to_python(text)
        view = f"admin:{options.app_label}_{options.model_name}_change"
        addresses[kind, named[kind][pk]] = reverse(view, args=[pk])
    return addresses
