"""A submission as the page that it would become, before anything of it is public."""

from django.utils import timezone
from django.utils.translation import gettext as _
from modeltranslation.utils import build_localized_fieldname

from exchanges.models import City, Country, Theme
from portal.common.languages import LANGUAGE_CODES
from practices.acceptance import (
    chosen_findings,
    chosen_groups,
    chosen_themes,
    fill,
    named_sources,
)
from practices.choices import State
from practices.curation import curation_of
from practices.models import Practice, PracticeDocument, PracticePhoto, Submission, SubmissionFile


def draft_practice(submission: Submission) -> Practice:
    """An unsaved Practice with the texts, links and files of `submission`, to be rendered by the
    template of the public page. What is not answered yet is missing on it as it would be there.
    `is_judged` says whether curators have rated its evidence, or had when it was published.
    """
    live = submission.practice
    practice = Practice(pk=0, slug="preview", state=State.PUBLISHED)
    practice.published_at = live.published_at if live else timezone.now()
    practice.updated_at = submission.saved_at
    fill(practice, submission)
    if submission.city is None:
        practice.city = _city_as_typed(str(submission.answers.get("city") or "…"))
    themes = chosen_themes(submission)
    practice.main_theme = live.main_theme if live else (themes or [_undecided_theme()])[0]
    practice.evidence = live.evidence if live else practice.evidence
    practice.is_judged = curation_of(submission).evidence is not None
    practice._prefetched_objects_cache = {
        "themes": themes,
        "findings": chosen_findings(submission),
        "target_groups": chosen_groups(submission),
        "other_cities": list(live.other_cities.all()) if live else [],
        "sources": named_sources(submission),
        "documents": [
            *(live.documents.all() if live else ()),
            *(_document(row) for row in submission.files.all() if not row.is_picture),
        ],
        "photos": [
            *(live.photos.all() if live else ()),
            *(_photo(row) for row in submission.files.all() if row.is_picture),
        ],
    }
    return practice


def _city_as_typed(name: str) -> City:
    city = City(slug="new", country=Country(), is_published=False)
    return _in_every_language(city, "name", name)


def _undecided_theme() -> Theme:
    return _in_every_language(Theme(slug="undecided"), "name", _("Theme: a curator chooses"))


def _document(row: SubmissionFile) -> PracticeDocument:
    document = PracticeDocument(file=row.file.name, language=row.language)
    return _in_every_language(document, "title", row.title)


def _photo(row: SubmissionFile) -> PracticePhoto:
    photo = PracticePhoto(image=row.file.name, width=row.width, height=row.height)
    _in_every_language(photo, "caption", row.caption)
    return _in_every_language(photo, "alt", row.title)


def _in_every_language(record, field: str, text: str):
    for code in LANGUAGE_CODES:
        setattr(record, build_localized_fieldname(field, code), text)
    return record
