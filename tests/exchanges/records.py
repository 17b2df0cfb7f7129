"""Real cities and events brought into the shapes that tests ask about."""

from exchanges.models import City, DialogueEvent
from practices.models import Practice


def publish_only_cities(number: int) -> None:
    """Leave so many cities published."""
    kept = list(City.objects.published().order_by("pk").values_list("pk", flat=True)[:number])
    City.objects.exclude(pk__in=kept).update(is_published=False)


def publish_only_events(number: int) -> None:
    """Leave so many events published; beyond those of the content, copies of the first."""
    kept = list(DialogueEvent.objects.published().order_by("pk").values_list("pk", flat=True))
    DialogueEvent.objects.exclude(pk__in=kept[:number]).update(is_published=False)
    for place in range(number - len(kept)):
        copy_event(DialogueEvent.objects.get(pk=kept[0]), f"copy-{place}")


def copy_event(event: DialogueEvent, slug: str) -> DialogueEvent:
    """A second event like `event`, with the same hosts and cities."""
    hosts, cities = list(event.host_cities.all()), list(event.cities.all())
    event.pk, event.slug = None, slug
    event._state.adding = True
    event.save()
    event.host_cities.set(hosts)
    event.cities.set(cities)
    return event


def copy_practices(practice: Practice, number: int) -> None:
    """So many more practices like `practice`, of the same city."""
    findings = list(practice.findings.all())
    for place in range(number):
        practice.pk, practice.slug = None, f"copy-{place}"
        practice._state.adding = True
        practice.save()
        practice.findings.set(findings)


def event_in_arabic_only(slug: str) -> DialogueEvent:
    """The event as if it had been written in Arabic and never translated."""
    event = DialogueEvent.objects.get(slug=slug)
    event.original_language = "ar"
    event.title_en = event.summary_en = event.participants_en = event.venue_en = None
    event.save()
    return event
