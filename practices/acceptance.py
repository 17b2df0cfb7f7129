"""How the text of a submission becomes a practice: the only way from a city to the public."""

import re

from django.conf import settings
from django.core.files.base import File
from django.db import IntegrityError, transaction
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from exchanges.models import Theme
from findings.models import Finding
from portal import search
from portal.accounts.models import User
from portal.common.dates import PartialDate
from portal.common.languages import LANGUAGE_CODES
from portal.common.refusals import Refused
from practices.answers import finding_key, source_line, text_in
from practices.choices import CostBand, Effect, State
from practices.curation import Curation
from practices.forms import address, faults
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
# Texts of one title that may be published in the same moment.
MOST_TURNS = 10
_ADDRESS_AT_THE_END = re.compile(r"https?://\S+$", re.IGNORECASE)
_SIGNS = " ,:;–-()،؛"


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
    practice.evaluation_url = address(answers.get("evaluation_url"))
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
    named = dict.fromkeys(_label_and_address(line) for line in lines)
    rows = []
    for label, url in named:
        # A line may have nothing but signs.
        if label or url:
            row = PracticeSource(url=url, position=len(rows) + 1)
            setattr(row, f"label_{submission.original_language}", label or None)
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
    practice = _published(submission.practice) if submission.changes_a_practice else Practice()
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
    hidden = practice.findings.exclude(pk__in=Finding.objects.published())
    practice.findings.set([*chosen_findings(submission), *hidden])
    practice.themes.set([curation.main_theme, *chosen_themes(submission)])
    _set_sources(practice, submission)
    _publish_files(practice, submission)
    search.refresh([practice])
    return practice


def merge_into(practice: Practice, submission: Submission, *, by: User) -> Practice:
    """Let `practice` have the city, the sources and the files of `submission`; its texts stay.

    Returns it as it is now. Raises Refused unless it is published.
    """
    practice = _published(practice)
    if submission.city != practice.city:
        practice.other_cities.add(submission.city)
    _save(practice, by)
    known = set(practice.sources.values_list("url", flat=True))
    new = [row for row in named_sources(submission) if not row.url or row.url not in known]
    for place, row in enumerate(new, start=practice.sources.count() + 1):
        row.practice, row.position = practice, place
        row.save()
    _publish_files(practice, submission)
    search.refresh([practice])
    return practice


def newest_version(practice: Practice) -> int:
    """The id of the newest version in the history of a practice; 0 where it has no history."""
    newest = practice.history.order_by("-history_date", "-history_id").first()
    return newest.pk if newest else 0


def _published(practice: Practice) -> Practice:
    """`practice` as it is now, held until the transaction ends. Raises Refused where it is gone."""
    current = Practice.objects.select_for_update().get(pk=practice.pk)
    if current.state != State.PUBLISHED:
        raise Refused(_("This practice is not published any more."), code="gone")
    return current


def _save(practice: Practice, by: User) -> None:
    practice._history_user = by
    practice._change_reason = REASON
    if practice.pk:
        practice.save()
        return
    for turn in range(MOST_TURNS):
        try:
            with transaction.atomic():
                practice.save()
            return
        except IntegrityError:
            if turn + 1 == MOST_TURNS:
                raise
            # Another of the same title was published in this moment: under the next slug.
            practice.pk, practice.slug = None, ""


def _set_sources(practice: Practice, submission: Submission) -> None:
    """The named sources; those that the practice has keep what else is known of them."""
    language = practice.original_language
    known = {_label_and_address(source_line(row, language)): row for row in practice.sources.all()}
    kept = []
    for place, named in enumerate(named_sources(submission), start=1):
        row = known.get(_label_and_address(source_line(named, language)), named)
        row.practice, row.position = practice, place
        row.save()
        kept.append(row.pk)
    practice.sources.exclude(pk__in=kept).delete()


def _label_and_address(line: str) -> tuple[str, str]:
    """What a line names, and the address at its end; either may be empty."""
    line = " ".join(line.split())
    found = _ADDRESS_AT_THE_END.search(line)
    url = found[0] if found else ""
    return line.removesuffix(url).strip(_SIGNS)[:300], url[:500]


def _publish_files(practice: Practice, submission: Submission) -> None:
    for place, row in enumerate(submission.files.all(), start=1):
        try:
            _publish_file(practice, row, place)
        except FileNotFoundError:
            raise Refused(
                _("The file “%(title)s” is lost. Ask the authors for it again.")
                % {"title": row.title},
                code="incomplete",
            ) from None


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
