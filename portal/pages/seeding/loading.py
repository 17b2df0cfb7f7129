"""The act that brings the database to the state of the content files."""

from pathlib import Path

from django.conf import settings
from django.db import transaction
from django.utils import translation

from portal import search
from portal.pages.seeding.mapping import FAMILIES
from portal.pages.seeding.reader import CONTENT_FOLDER, read_content
from portal.pages.seeding.writing import FamilyWriter, Keys, Outcome


def load_content(*, by=None, folder: Path = CONTENT_FOLDER) -> list[Outcome]:
    """Load the content files; `by` is noted in the history of what is written.

    Creates what is not there, updates what differs from the files, leaves alone what somebody
    changed here since, and deletes nothing. A deleted record comes back; one that is to stay away
    is taken off the site instead. All in one transaction, search entries included: either
    everything is loaded, or BrokenContentError is raised with every fault found and nothing is
    written. Returns what became of the records, a family each, in the order of loading.
    """
    # Messages of validators are those of the original language.
    with translation.override(settings.LANGUAGE_CODE):
        rows = read_content(folder)
        keys: Keys = {}
        with transaction.atomic():
            outcomes = [
                FamilyWriter(family, keys, by=by).write(rows[family.name]) for family in FAMILIES
            ]
            written = [record for outcome in outcomes for record in outcome.written]
            search.refresh(written)
            if written:
                search.learn_from_texts()
    return outcomes
