"""The days by which the network has promised to answer."""

import datetime

from django.conf import settings

SATURDAY = 5


def working_days_after(day: datetime.date, count: int) -> datetime.date:
    """The day `count` working days after `day`. Monday to Friday count; holidays differ by city."""
    while count:
        day += datetime.timedelta(days=1)
        count -= day.weekday() < SATURDAY
    return day


def first_answer_by(sent_on: datetime.date) -> datetime.date:
    """By when the network writes back on what was sent on a day."""
    return working_days_after(sent_on, settings.FIRST_ANSWER_WORKING_DAYS)


def decision_by(sent_on: datetime.date) -> datetime.date:
    """By when the network decides on what was sent on a day."""
    return sent_on + datetime.timedelta(days=settings.DECISION_DAYS)
