"""Files that no record names any more: their row was deleted or got another file."""

from datetime import timedelta

from django.core.files.storage import default_storage
from django.utils import timezone

from portal.common.attachments import attachment_models

# Younger files may belong to a transaction that is still open.
GRACE = timedelta(days=1)


def remove_orphaned_files() -> list[str]:
    """Delete stored files that no record names and that are older than GRACE; return their names.

    Until then nobody can fetch them: without a record a file has no address.
    """
    oldest = timezone.now() - GRACE
    removed = []
    for model in attachment_models():
        folder = model._meta.model_name
        named = set(model.objects.values_list(model.file_field, flat=True))
        for name in _stored_in(folder):
            if name not in named and default_storage.get_modified_time(name) < oldest:
                default_storage.delete(name)
                removed.append(name)
    return removed


def _stored_in(folder: str) -> list[str]:
    """Names of the files in a folder of the storage; none where it was never made."""
    if not default_storage.exists(folder):
        return []
    _folders, files = default_storage.listdir(folder)
    return [f"{folder}/{name}" for name in files]
