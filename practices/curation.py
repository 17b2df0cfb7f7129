"""What a curator adds to the text of a city before it is published."""

from dataclasses import dataclass
from datetime import date

from exchanges.models import Theme
from practices.choices import Evidence
from practices.models import Submission


@dataclass(frozen=True)
class Curation:
    """The judgement of the network. `live_version` is the version of the published practice that
    the curator saw beside the proposal (the id of its history); None for a new practice.
    """

    main_theme: Theme | None
    evidence: Evidence | None
    review_by: date | None = None
    live_version: int | None = None

    def as_stored(self) -> dict[str, str]:
        """What a submission keeps of it until it is accepted."""
        return {
            "main_theme": self.main_theme.slug if self.main_theme else "",
            "evidence": self.evidence or "",
            "review_by": self.review_by.isoformat() if self.review_by else "",
        }


def curation_of(submission: Submission) -> Curation:
    """What curators noted so far; before that, what the published practice has, or for a new one
    the first theme that its author chose.
    """
    kept = submission.curation
    if not kept:
        live = submission.practice if submission.changes_a_practice else None
        chosen = submission.answers.get("themes") or [""]
        theme = live.main_theme if live else Theme.objects.filter(slug=chosen[0]).first()
        return Curation(theme, Evidence(live.evidence) if live else None)
    return Curation(
        Theme.objects.filter(slug=kept["main_theme"]).first(),
        Evidence(kept["evidence"]) if kept["evidence"] else None,
        date.fromisoformat(kept["review_by"]) if kept["review_by"] else None,
    )
