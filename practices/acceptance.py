"""How the text of a submission becomes a practice: the only way from a city to the public."""

import re
from collections.abc import Iterable

from django.conf import settings
from django.core.files.base import File
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from exchanges.models import Theme
from findings.models import Finding
from portal import search
from portal.accounts.models import User
from portal.common.dates import PartialDate
from portal.common.languages import LANGUAGE_CODES
from portal.common.refusals import Refused
from practices.answers import finding_key, text_in
from practices.choices import CostBand, Effect, State
from practices.curation import Curation
from practices.forms import faults
from practices.models import (
    Practice,
    PracticeDocument,
    PracticePhoto,
    PracticeSource,
    Submission,
    SubmissionFile,
    TargetGroup,
)

# The reason that the history of a practice gives for such a version.
REASON = "submission"
_ADDRESS = re.compile(r"(?P<label>.*?)\s*(?P<url>https?://\S+)?\s*", re.IGNORECASE)


def fill(practice: Practice, submission: Submission) -> Practice:
    """Give `practice` the texts and facts of `submission`; saves nothing, checks nothing.

    What cannot be read as what it should be (a date "next spring") is left out.
    """
    answers = submission.answers
    practice.original_language = submission.original_language
    for name in Practice.TEXTS:
        for code in LANGUAGE_CODES:
            setattr(practice, f"{name}_{code}", text_in(submission, name, code) or None)
    practice.starts = _date(answers.get("starts"))
    practice.ends = _date(answers.get("ends"))
    practice.cost_band = _one_of(CostBand, answers.get("cost_band"))
    practice.effect = _one_of(Effect, answers.get("effect"))
    practice.evaluation_url = answers.get("evaluation_url") or ""
    if submission.city:
        practice.city = submission.city
    return practice


def chosen_themes(submission: Submission) -> list[Theme]:
    """The themes that its author chose, as a reader of the page expects them."""
    slugs = submission.answers.get("themes") or []
    return list(Theme.objects.in_reading_order().filter(slug__in=slugs))


def chosen_groups(submission: Submission) -> list[TargetGroup]:
    """The target groups that its author chose."""
    return list(TargetGroup.objects.filter(slug__in=submission.answers.get("target_groups") or []))


def chosen_findings(submission: Submission) -> list[Finding]:
    """The findings that its author chose, in the order of their numbers."""
    keys = set(submission.answers.get("findings") or [])
    findings = Finding.objects.published().select_related("edition").in_order_of_number()
    return [finding for finding in findings if finding_key(finding) in keys]


def named_sources(submission: Submission) -> list[PracticeSource]:
    """The sources that its author named, one a line; not saved."""
    lines = (submission.answers.get("sources") or "").splitlines()
    rows = []
    for line in filter(str.strip, lines):
        found = _ADDRESS.fullmatch(line.strip())
        label, url = found["label"].strip(" ,:;–-()،؛")[:300], (found["url"] or "")[:500]
        row = PracticeSource(url=url, position=len(rows) + 1)
        setattr(row, f"label_{submission.original_language}", label)
        rows.append(row)
    return rows


def write_practice(submission: Submission, curation: Curation, *, by: User) -> Practice:
    """Publish `submission` as a practice; within the caller's transaction, found by search at once.

    Raises Refused with the code "incomplete" or "outdated".
    """
    if submission.city is None:
        raise Refused(_("Choose the city first."), code="incomplete")
    if curation.main_theme is None:
        raise Refused(_("Choose the main theme first."), code="incomplete")
    if curation.evidence is None:
        raise Refused(_("Choose how well the effect is known first."), code="incomplete")
    if found := faults(submission):
        raise Refused(" ".join(message for messages in found.values() for message in messages),
                      code="incomplete")  # fmt: skip
    practice = submission.practice or Practice()
    if submission.changes_a_practice and newest_version(practice) != curation.live_version:
        raise Refused(
            _("The published practice was changed since you opened this page. Look again."),
            code="outdated",
        )
    fill(practice, submission)
    practice.main_theme, practice.evidence = curation.main_theme, curation.evidence
    practice.review_by = curation.review_by or _next_review()
    practice.state = State.PUBLISHED
    _save(practice, by)
    practice.target_groups.set(chosen_groups(submission))
    practice.findings.set(chosen_findings(submission))
    practice.themes.set([curation.main_theme, *chosen_themes(submission)])
    practice.sources.all().delete()
    _add(practice, named_sources(submission), submission.files.all())
    search.refresh([practice])
    return practice


def merge_into(practice: Practice, submission: Submission, *, by: User) -> None:
    """Let `practice` have the city, the sources and the files of `submission`; its texts stay.

    Raises Refused unless `practice` is published.
    """
    if practice.state != State.PUBLISHED:
        raise Refused(_("Only a published practice can take it in."), code="incomplete")
    if submission.city != practice.city:
        practice.other_cities.add(submission.city)
    _save(practice, by)
    known = set(practice.sources.values_list("url", flat=True))
    new = [row for row in named_sources(submission) if not row.url or row.url not in known]
    _add(practice, new, submission.files.all())
    search.refresh([practice])


def newest_version(practice: Practice) -> int:
    """The id of the newest version in the history of a practice."""
    return practice.history.latest("history_date", "history_id").pk


def _save(practice: Practice, by: User) -> None:
    practice._history_user = by
    practice._change_reason = REASON
    practice.save()


def _add(
    practice: Practice, sources: list[PracticeSource], files: Iterable[SubmissionFile]
) -> None:
    first = practice.sources.count()
    for place, row in enumerate(sources, start=first + 1):
        row.practice, row.position = practice, place
        row.save()
    for place, row in enumerate(files, start=1):
        _publish_file(practice, row, place)


def _publish_file(practice: Practice, row: SubmissionFile, place: int) -> None:
    """A copy under a name of its own: the address of the author's file stays private."""
    code = row.language
    if row.is_picture:
        copy = PracticePhoto(practice=practice, position=place)
        setattr(copy, f"alt_{code}", row.title)
        setattr(copy, f"caption_{code}", row.caption)
        target = copy.image
    else:
        copy = PracticeDocument(practice=practice, position=place, language=code)
        setattr(copy, f"title_{code}", row.title)
        target = copy.file
    with row.file.open("rb") as content:
        target.save(row.file.name, File(content, name=row.file.name))


def _date(text: str | None) -> PartialDate | None:
    try:
        return PartialDate.parse(text or "")
    except ValueError:
        return None


def _one_of(scale, value: str | None) -> str:
    return value if value in scale.values else ""


def _next_review():
    today = timezone.localdate()
    # The first of the month: there is one in every year.
    return today.replace(year=today.year + settings.REVIEW_AFTER_YEARS, day=1)
