"""Real practices brought into the shapes that tests ask about."""

from portal import search
from practices.choices import State
from practices.models import Practice


def only_in(language: str, slug: str) -> Practice:
    """The practice as if it had been written in one language and never translated."""
    practice = Practice.objects.get(slug=slug)
    practice.original_language = language
    for field in Practice.TEXTS:
        for other in {"en", "ar"} - {language}:
            setattr(practice, f"{field}_{other}", None)
    practice.save()
    search.refresh([practice])
    return practice


def publish_only(number: int) -> None:
    """Leave so many practices published; beyond those of the content, copies of the first."""
    ids = list(Practice.objects.published().order_by("pk").values_list("pk", flat=True))
    Practice.objects.exclude(pk__in=ids[:number]).update(state=State.UNLISTED)
    for copy in range(number - len(ids)):
        practice = Practice.objects.get(pk=ids[0])
        findings, themes = list(practice.findings.all()), list(practice.themes.all())
        practice.pk, practice.slug = None, f"copy-{copy}"
        practice.save()
        practice.findings.set(findings)
        practice.themes.set(themes)
    search.refresh(Practice.objects.all())


def change(slug: str, **values) -> Practice:
    """The practice with other values, as the desk saves it."""
    practice = Practice.objects.get(slug=slug)
    for name, value in values.items():
        setattr(practice, name, value)
    practice.save()
    search.refresh([practice])
    return practice
