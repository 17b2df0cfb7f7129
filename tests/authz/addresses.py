"""The address of each row of the table, with the record that it is opened with."""

from collections.abc import Callable
from urllib.parse import urlencode

from django.urls import resolve, reverse
from django.utils import translation

from tests.authz.objects import Objects
from tests.authz.table import Row
from tests.authz.walking import Route, routes

# What a route asks for, by the name of the row: the arguments of reverse(), or the whole path
# behind the language where the route has no name of its own.
Arguments = Callable[[Objects], tuple | str]
ARGUMENTS: dict[str, Arguments] = {
    "admin:app_list": lambda o: ("practices",),
    "admin/(?P<url>.*)$": lambda o: "admin/nowhere",
    "admin:accounts_user_second_step": lambda o: (str(o.people["author"].pk),),
    "admin:exchanges_city_change of a published city": lambda o: (str(o.city.pk),),
    "admin:exchanges_dialogueevent_change of a published event": lambda o: (str(o.event.pk),),
    "admin:findings_edition_change of a published edition": lambda o: (str(o.edition.pk),),
    "admin:findings_finding_change of a published finding": lambda o: (str(o.finding.pk),),
    "admin:practices_practice_change of a published practice": lambda o: (str(o.practice.pk),),
    "admin:practices_practice_change of a withdrawn practice": lambda o: (str(o.withdrawn.pk),),
    "admin:practices_submission_page": lambda o: (str(o.writings.in_review.pk),),
    "admin:practices_submission_page of a draft": lambda o: (str(o.writings.draft.pk),),
    "admin:practices_submission_page of a text that went back": (
        lambda o: (str(o.writings.returned.pk),)
    ),
    "admin:practices_submission_change of a draft": lambda o: (str(o.writings.draft.pk),),
    "admin:practices_submission_change of a text that went back": (
        lambda o: (str(o.writings.returned.pk),)
    ),
    "admin:practices_submission_history of a draft": lambda o: (str(o.writings.draft.pk),),
    "admin:view_on_site of a published practice": lambda o: o.on_site(o.practice),
    "admin:view_on_site of an unlisted practice": lambda o: o.on_site(o.unlisted),
    "exchanges:city-detail of a published city": lambda o: (o.city.slug,),
    "exchanges:city-detail of a hidden city": lambda o: (o.hidden_city.slug,),
    "exchanges:city-invitation-withdraw": lambda o: (o.city.slug, o.network.invitation.pk),
    "exchanges:city-people": lambda o: (o.city.slug,),
    "exchanges:city-person": lambda o: (o.city.slug, o.network.waiting.pk),
    "exchanges:city-person of somebody refused": lambda o: (o.city.slug, o.network.refused.pk),
    "exchanges:city-speak of a published city": lambda o: (o.city.slug,),
    "exchanges:city-speak of a hidden city": lambda o: (o.hidden_city.slug,),
    "exchanges:event-detail of a published event": lambda o: (o.event.slug,),
    "exchanges:event-detail of a hidden event": lambda o: (o.hidden_event.slug,),
    "exchanges:event-ics of a published event": lambda o: (o.event.slug,),
    "exchanges:event-ics of a hidden event": lambda o: (o.hidden_event.slug,),
    "exchanges:invitation": lambda o: (o.network.token,),
    "exchanges:invitation of nobody": lambda o: ("nothing",),
    "file of a draft’s document": lambda o: (o.writings.document.file.name,),
    "file of a draft’s photo": lambda o: (o.writings.photo.file.name,),
    "file of a document in review": lambda o: (o.writings.document_in_review.file.name,),
    "file of a published document": lambda o: (o.document.file.name,),
    "file of an unlisted document": lambda o: (o.unlisted_document.file.name,),
    "file of an unlisted photo": lambda o: (o.unlisted_photo.image.name,),
    "file of a hidden event": lambda o: (o.event_document.file.name,),
    "file of a published photo": lambda o: (o.photo.image.name,),
    "file of nothing": lambda o: ("practicedocument/nothing.pdf",),
    "findings:edition-detail of a published edition": lambda o: (o.edition.year,),
    "findings:edition-detail of a hidden edition": lambda o: (o.hidden_edition.year,),
    "findings:finding-detail of a published finding": lambda o: (o.edition.year, 3),
    "findings:finding-detail of a hidden finding": lambda o: (o.hidden_edition.year, 1),
    "language": lambda o: ("ar",),
    "mfa_edit_webauthn": lambda o: (o.people.passkey.pk,),
    "mfa_remove_webauthn": lambda o: (o.people.passkey.pk,),
    "practices:practice-detail of a published practice": lambda o: o.named(o.practice),
    "practices:practice-detail of an unlisted practice": lambda o: o.named(o.unlisted),
    "practices:practice-detail of a withdrawn practice": lambda o: o.named(o.withdrawn),
    "practices:practice-propose of a published practice": lambda o: o.named(o.practice),
    "practices:practice-propose of an unlisted practice": lambda o: o.named(o.unlisted),
    "practices:practice-versions of a published practice": lambda o: o.named(o.practice),
    "practices:practice-versions of an unlisted practice": lambda o: o.named(o.unlisted),
    "practices:practice-versions of a withdrawn practice": lambda o: o.named(o.withdrawn),
    "practices:practice-withdraw of a published practice": lambda o: o.named(o.practice),
    "practices:practice-withdraw of an unlisted practice": lambda o: o.named(o.unlisted),
    "practices:practice-export of XLSX": lambda o: ("xlsx",),
    "practices:practice-export of CSV": lambda o: ("csv",),
    "practices:practice-export of CSV for Excel": lambda o: ("excel.csv",),
    "practices:practice-export of JSON": lambda o: ("json",),
    "submissions:join": lambda o: (o.writings.token,),
    "submissions:join of nobody": lambda o: ("nothing",),
    "submissions:remove-author": lambda o: (o.writings.draft.pk, o.writings.coauthor.pk),
    "submissions:remove-file": lambda o: (o.writings.draft.pk, o.writings.document.pk),
    "submissions:withdraw-invitation": lambda o: (o.writings.draft.pk, o.writings.invitation.pk),
    "submissions:write of a draft": lambda o: (o.writings.draft.pk, "snapshot"),
    "submissions:write of a draft’s description": lambda o: (o.writings.draft.pk, "description"),
    "submissions:write of a draft’s evidence": lambda o: (o.writings.draft.pk, "evidence"),
    "submissions:write of a draft’s place": lambda o: (o.writings.draft.pk, "place"),
    "submissions:write of a text in review": lambda o: (o.writings.in_review.pk, "snapshot"),
    "submissions:write of a text that went back": lambda o: (o.writings.returned.pk, "snapshot"),
} | {
    f"submissions:{route} of {record}": draft
    for route in (
        "add-file",
        "autosave",
        "discard",
        "invite",
        "preview",
        "reopen",
        "send",
        "submission",
        "withdraw",
    )
    for record, draft in (
        ("a draft", lambda o: (o.writings.draft.pk,)),
        ("a text in review", lambda o: (o.writings.in_review.pk,)),
        ("a text that went back", lambda o: (o.writings.returned.pk,)),
    )
}


# What follows the question mark: of lists, so much that they are not empty, and not long either.
QUERIES: dict[str, dict[str, str]] = {
    "admin:autocomplete of cities": {
        "app_label": "practices", "model_name": "practice", "field_name": "city",
    },
    "admin:autocomplete of findings": {
        "app_label": "practices", "model_name": "practice", "field_name": "findings",
    },
    "opensearch-suggestions": {"q": "oslo"},
    "pages:search": {"q": "oslo"},
    "pages:suggest": {"q": "oslo"},
}  # fmt: skip
for _name in (
    "practices:practice-export of CSV",
    "practices:practice-export of CSV for Excel",
    "practices:practice-export of JSON",
    "practices:practice-export of XLSX",
    "practices:practice-list",
    "practices:practice-print",
):
    QUERIES[_name] = {"city": "oslo"}


class Addresses:
    """Where the rows of the table are opened."""

    def __init__(self, objects: Objects):
        self._objects = objects
        self._routes = routes()
        self._arguments = _arguments_at_the_desk(objects) | ARGUMENTS

    def of(self, row: Row, *, language: str = "en") -> str:
        """Raises LookupError where a route asks for what ARGUMENTS lacks."""
        route = self._routes[row.route]
        path = self._path(row, route, language)
        with translation.override(language):
            opened = resolve(path).route.removeprefix(f"{language}/")
        if opened != route.pattern:
            raise LookupError(f"{path} does not open {row.name} but {opened}")
        return path + (f"?{urlencode(QUERIES[row.name])}" if row.name in QUERIES else "")

    def _path(self, row: Row, route: Route, language: str) -> str:
        known = row.name in self._arguments
        if not known and (route.parameters or route.key != route.name):
            raise LookupError(f"say in addresses.py what {row.name} is opened with")
        arguments = self._arguments[row.name](self._objects) if known else ()
        if isinstance(arguments, str):
            return f"/{language}/{arguments}"
        with translation.override(language):
            return reverse(route.name, args=arguments)


def _arguments_at_the_desk(objects: Objects) -> dict[str, Arguments]:
    """Those of the routes that the desk of every model has."""
    found: dict[str, Arguments] = {}
    for model, record in objects.opened.items():
        app, name = model.split(".")
        of_record = (str(record.pk),)
        for view in ("history", "change", "delete"):
            found[f"admin:{app}_{name}_{view}"] = _always(of_record)
        found[f"admin/{app}/{name}/<path:object_id>/"] = _always(f"admin/{app}/{name}/{record.pk}/")
        if hasattr(record, "history"):
            of_version = (*of_record, str(record.history.latest().pk))
            found[f"admin:{app}_{name}_simple_history"] = _always(of_version)
    return found


def _always(arguments: tuple | str) -> Arguments:
    return lambda objects: arguments
