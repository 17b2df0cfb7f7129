"""Real findings brought into the shapes that tests ask about."""

from findings.models import Finding
from practices.models import Practice


def finding(year: int, number: int) -> Finding:
    return Finding.objects.get(edition__year=year, number=number)


def only_in(language: str, year: int, number: int) -> Finding:
    """The finding as if it had been written in one language and never translated."""
    record = finding(year, number)
    record.original_language = language
    for field in ("title", "summary", "recommendation"):
        for other in {"en", "ar"} - {language}:
            setattr(record, f"{field}_{other}", None)
    record.save()
    return record


def answered_by(record: Finding, number: int) -> None:
    """Let so many published practices answer the finding; beyond those of the content, copies."""
    practices = list(Practice.objects.published().order_by("pk")[:number])
    for copy in range(number - len(practices)):
        practice = Practice.objects.order_by("pk").first()
        practice.pk, practice.slug = None, f"copy-{copy}"
        practice.save()
        practices.append(practice)
    record.practices.set(practices)
