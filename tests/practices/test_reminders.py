"""Promised answers are not forgotten: who is reminded, when, and that it happens once."""

import datetime

from django.core.management import call_command
from django.utils import timezone

from portal.celery import app
from portal.notices.models import Notice
from practices import reminders, review
from practices.models import Submission
from practices.working_days import working_days_after
from tests.practices.submitting import a_curator, person, sent_submission, taken_submission


def due(submission: Submission, day: datetime.date) -> Submission:
    Submission.objects.filter(pk=submission.pk).update(due_on=day)
    return submission


def days(number: int) -> datetime.date:
    return timezone.localdate() + datetime.timedelta(days=number)


def told(somebody) -> list[str]:
    notices = Notice.objects.filter(person=somebody, kind="submission_due").order_by("pk")
    return [notice.context["when"] for notice in notices]


def test_the_curator_hears_of_it_the_day_before_on_the_day_and_once_when_it_is_late(curator):
    colleague = a_curator("Karim Haddad")
    taken = taken_submission(curator)
    for day in (working_days_after(timezone.localdate(), 1), days(0), days(-1)):
        due(taken, day)
        reminders.remind_of_promises()
    assert told(curator) == ["before", "today", "late"]
    assert told(colleague) == []
    assert reminders.remind_of_promises() == 0
    assert len(told(curator)) == 3


def test_far_promises_are_left_alone(curator):
    due(taken_submission(curator), days(10))
    assert reminders.remind_of_promises() == 0


def test_a_text_that_nobody_has_is_everybodys(curator):
    colleague = a_curator("Karim Haddad", language="ar")
    due(sent_submission(), days(0))
    reminders.remind_of_promises()
    assert told(curator) == told(colleague) == ["today"]
    notice = Notice.objects.get(person=curator, kind="submission_due")
    assert "Nobody has taken it yet." in notice.mail.message
    arabic = Notice.objects.get(person=colleague, kind="submission_due")
    assert "/ar/admin/practices/submission/" in arabic.mail.message


def test_a_text_whose_curator_has_left_is_everybodys(curator):
    left, taken = a_curator("Left"), None
    taken = due(taken_submission(left), days(0))
    left.groups.clear()
    reminders.remind_of_promises()
    assert told(left) == []
    assert told(curator) == ["today"]
    assert taken.reviewer == left


def test_who_is_no_curator_is_not_told(curator):
    official, translator = person(), person(roles=["translator"])
    due(sent_submission(), days(0))
    reminders.remind_of_promises()
    assert told(official) == told(translator) == []


def test_what_is_decided_or_the_authors_is_not_due(curator):
    declined = taken_submission(curator)
    review.decline(declined, "An event", by=curator)
    asked = taken_submission(curator)
    review.request_changes(asked, "Since when?", by=curator)
    for submission in (declined, asked):
        due(submission, days(-1))
    assert reminders.remind_of_promises() == 0


def test_a_new_promise_is_reminded_of_anew(curator):
    taken = due(taken_submission(curator), days(-1))
    reminders.remind_of_promises()
    due(taken, days(0))
    reminders.remind_of_promises()
    assert told(curator) == ["late", "today"]


def test_the_command_and_the_timetable_do_it(curator, capsys, settings):
    due(taken_submission(curator), days(0))
    call_command("remind_curators")
    assert "Reminders: 1" in capsys.readouterr().out
    app.autodiscover_tasks(force=True)
    (entry,) = [
        entry
        for entry in settings.CELERY_BEAT_SCHEDULE.values()
        if entry["task"] == "practices.remind_of_promises"
    ]
    assert entry["task"] in app.tasks
    assert entry["schedule"] == 24 * 3600
    app.tasks[entry["task"]].apply()
    assert told(curator) == ["today"]
