"""What search finds of findings: the texts that their pages show."""

from django.db.models import QuerySet

from exchanges.models import Theme
from findings.models import Edition, Finding
from portal import search
from portal.common.languages import shown


def register() -> None:
    """Let findings be found."""
    search.register(
        "finding",
        Finding,
        queryset=_findings,
        texts=_finding_texts,
        shows={Edition: ["edition"], Theme: ["themes"]},
    )


def _findings() -> QuerySet[Finding]:
    rows = Finding.objects.published().select_related("edition")
    return rows.prefetch_related("themes", "photos")


def _finding_texts(finding: Finding, language: str) -> dict[str, str]:
    parts = [
        str(finding.edition.year),
        shown(finding.edition, "title", language).text,
        shown(finding, "summary", language).text,
        shown(finding, "recommendation", language).text,
        *(shown(theme, "name", language).text for theme in finding.themes.all()),
        *(shown(photo, "caption", language).text for photo in finding.photos.all()),
    ]
    return {"title": shown(finding, "title", language).text, "body": "\n".join(parts)}
