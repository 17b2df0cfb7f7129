"""Files whose record is gone are removed, and no others."""

import os
import time
from io import StringIO
from pathlib import Path

import pytest
from django.core.management import call_command

from portal.common.orphans import GRACE
from portal.common.tasks import remove_orphaned_files
from practices.models import Practice, PracticeDocument
from tests.common.corpus import PDF, upload

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def _own_folder(settings, tmp_path):
    settings.MEDIA_ROOT = tmp_path


def stored(*, days_ago: int) -> PracticeDocument:
    document = PracticeDocument.objects.create(
        practice=Practice.objects.first(), title="Report", file=upload("a.pdf", PDF)
    )
    changed = time.time() - days_ago * GRACE.total_seconds() - 60
    os.utime(document.file.path, (changed, changed))
    return document


def test_only_old_files_without_a_record_are_removed(tmp_path):
    kept, deleted, replaced, young = (stored(days_ago=days) for days in (9, 9, 9, 0))
    replaced_path, young_path = Path(replaced.file.path), Path(young.file.path)
    PracticeDocument.objects.filter(pk__in=[deleted.pk, young.pk]).delete()
    replaced.file = upload("b.pdf", PDF)
    replaced.save()
    foreign = tmp_path / "notes.txt"
    foreign.write_text("not ours")
    os.utime(foreign, (0, 0))
    output = StringIO()
    call_command("remove_orphaned_files", stdout=output)
    assert set(output.getvalue().splitlines()) == {
        deleted.file.name,
        f"practicedocument/{replaced_path.name}",
        "Files removed: 2",
    }
    assert set(tmp_path.rglob("*.*")) == {
        Path(kept.file.path),
        Path(replaced.file.path),
        young_path,
        foreign,
    }


def test_the_timetable_s_task_does_the_same():
    document = stored(days_ago=9)
    path = Path(document.file.path)
    document.delete()
    remove_orphaned_files()
    assert not path.exists()


def test_an_installation_without_files_has_none_to_remove():
    output = StringIO()
    call_command("remove_orphaned_files", stdout=output)
    assert output.getvalue() == "Files removed: 0\n"
