"""Background work of the ground."""

from celery import shared_task

from portal.common import orphans


@shared_task(name="portal.common.remove_orphaned_files")
def remove_orphaned_files() -> None:
    """Delete uploaded files that no record names any more."""
    orphans.remove_orphaned_files()
