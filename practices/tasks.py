"""Background work of this app."""

from celery import shared_task

from practices import reminders, workflow


@shared_task(name="practices.remind_of_promises")
def remind_of_promises() -> None:
    """Remind curators of the answers that are due. Any number of them may run at once."""
    reminders.remind_of_promises()


@shared_task(name="practices.remove_unclaimed_drafts")
def remove_unclaimed_drafts() -> None:
    """Remove drafts that nobody claimed. Running it twice does what running it once does."""
    workflow.remove_unclaimed_drafts()
