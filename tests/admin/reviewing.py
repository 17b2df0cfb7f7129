"""The review page as a browser uses it."""

import datetime

from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from practices.choices import Check
from practices.models import Practice, Submission
from tests.admin.conftest import desk
from tests.practices.submitting import (
    SALTO,
)

QUEUE = desk("practices.submission")
ALL_CHECKS = list(Check.values)


def page_of(submission: Submission, *, language: str = "en") -> str:
    return desk("practices.submission", "change", language=language, pk=submission.pk)


def filled(response) -> dict:
    """What the browser sends from the review page."""
    page, data = response.context["page"], {}
    for form in (page.text, page.desk):
        for bound in form:
            value = bound.value()
            values = value if isinstance(value, list | tuple) else [value]
            sent = [str(getattr(v, "pk", v)) for v in values if v not in (None, "", False)]
            data[bound.html_name] = ["on" if v == "True" else v for v in sent]
    groups = [b.html_name for b in page.text if b.html_name in ("themes", "findings")]
    live = response.context["live_version"]
    data |= {"asked": [*groups, "target_groups"], "live_version": [str(live)] if live else []}
    return data | ({"both": ["1"]} if page.others else {})


def press(client: Client, submission: Submission, button: str, *, on=None, **changes):
    """Open the page (or take it as it is `on` a response), fill in `changes`, press a button."""
    opened = on or client.get(page_of(submission))
    return client.post(page_of(submission), filled(opened) | changes | {"button": button})


def accept(client: Client, submission: Submission, **changes):
    theme = str(Practice.objects.get(slug=SALTO).main_theme_id)
    chosen = {"main_theme": theme, "evidence": "limited", "checks": ALL_CHECKS}
    return press(client, submission, "accept", **(chosen | changes))


def again(submission: Submission) -> Submission:
    return Submission.objects.get(pk=submission.pk)


def faults(response) -> dict[str, str]:
    """What the summary of a refused post says, by the id of the field."""
    return {fault["id"]: fault["message"] for fault in response.context["faults"]}


def listed(client: Client, **query) -> list:
    return [row.pk for row in client.get(QUEUE, query).context["cl"].result_list]


def due(submission: Submission, days: int) -> Submission:
    day = timezone.localdate() + datetime.timedelta(days=days)
    Submission.objects.filter(pk=submission.pk).update(due_on=day)
    return submission


def statements(client, address: str) -> int:
    client.get(address)
    with CaptureQueriesContext(connection) as queries:
        assert client.get(address).status_code == 200
    return len(queries)
