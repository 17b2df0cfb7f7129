"""Asking the portal's search in tests."""

from exchanges.models import City, DialogueEvent
from findings.models import Finding
from portal import search
from practices.models import Practice

KINDS = {"practice": Practice, "finding": Finding, "city": City, "event": DialogueEvent}


def find(query, **arguments):
    return search.find(query, **{"language": "en", "kinds": ["practice"]} | arguments)


def suggest(query, **arguments):
    return search.suggest(query, **{"kinds": ["practice"]} | arguments)


def names(found):
    """The hits as slugs; findings as year and number."""
    records = [KINDS[hit.kind].objects.get(pk=hit.id) for hit in found.hits]
    return [getattr(record, "slug", None) or record.key for record in records]


def key_of(slug):
    """The primary key of a practice."""
    return Practice.objects.values_list("pk", flat=True).get(slug=slug)


def answer(found):
    """All that an answer says, without the versions of what it was answered from."""
    return found.hits, found.totals, found.counts, found.without, found.words
