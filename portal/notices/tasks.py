"""Background work of the notices."""

from math import inf

from celery import shared_task

from portal.notices import sending
from portal.notices.old import remove_old_mails

# Without a broker the reader whose act queued a mail waits for it: not for what others left behind.
SECONDS_IN_A_REQUEST = 3


@shared_task(name="portal.notices.send_queued", bind=True)
def send_queued(task) -> None:
    """Send the mails that are due. Any number of them may run at once: one sends."""
    sending.send_queued(SECONDS_IN_A_REQUEST if task.request.is_eager else inf)


@shared_task(name="portal.notices.remove_old_mails")
def remove_old() -> None:
    """Forget the texts of mails that were sent, or failed, long ago."""
    remove_old_mails()
