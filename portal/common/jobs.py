"""Work that a page hands to the background: after commit, by name, whatever the broker does."""

import logging
import time
from functools import partial

from celery import Celery
from django.conf import settings
from django.db import transaction
from django.utils.module_loading import import_string

logger = logging.getLogger(__name__)

# A broker that took no task is left alone: the next readers do not wait for it as the first did.
REST_SECONDS = 5
_resting_until: dict[str, float] = {}


def enqueue(name: str, **kwargs) -> None:
    """Have the task `name` run with `kwargs` once the transaction has been committed.

    Without a broker it runs at once in this process. A broker that is away, or a task that fails,
    costs a line in the log and never the answer to the reader: whatever must not be lost is in the
    database already and is found there by the next run of the timetable. For REST_SECONDS after a
    failure nothing is handed to the broker, and nobody waits for it.
    """
    transaction.on_commit(partial(_hand_over, name, kwargs), robust=True)


def _hand_over(name: str, kwargs: dict) -> None:
    try:
        application = import_string(settings.JOBS_APPLICATION)
        if application.conf.task_always_eager:
            _run_here(application, name, kwargs)
        else:
            _send(application, name, kwargs)
    except Exception:  # the row is committed: no failure here may undo the answer
        logger.exception("Task was not handed over: %s", name)


def _send(application: Celery, name: str, kwargs: dict) -> None:
    broker = application.conf.broker_url
    if time.monotonic() < _resting_until.get(broker, 0):
        logger.warning("Task was not handed over: %s: the broker was away just now", name)
        return
    try:
        application.send_task(name, kwargs=kwargs)
    except Exception:
        _resting_until[broker] = time.monotonic() + REST_SECONDS
        raise


def _run_here(application: Celery, name: str, kwargs: dict) -> None:
    application.autodiscover_tasks(force=True)
    result = application.tasks[name].apply(kwargs=kwargs)
    if result.failed():
        logger.error("Task failed: %s: %r", name, result.result)
