"""A Celery application of one test, otherwise set up like the portal's."""

from celery import Celery

APPLICATION = None


def hand_jobs_to(settings, monkeypatch, *, broker: str | None) -> None:
    """Have jobs go to `broker` for the rest of the test, or run in this process without one."""
    application = Celery("tests", set_as_current=False)
    application.config_from_object("django.conf:settings", namespace="CELERY")
    application.conf.update(task_always_eager=not broker, broker_url=broker)
    monkeypatch.setattr(f"{__name__}.APPLICATION", application)
    settings.JOBS_APPLICATION = f"{__name__}.APPLICATION"
