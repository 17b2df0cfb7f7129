"""The desk shows who was told what and what became of the mail, and no text of a mail."""

import pytest
from django.apps import apps
from django.contrib import admin
from django.contrib.admin.models import LogEntry
from django.db import transaction
from django.template.loader import render_to_string
from django.test import Client
from django.utils import timezone, translation
from post_office.models import STATUS, Email, Log

from portal import notices
from portal.accounts.people import open_account
from portal.accounts.roles import CURATOR, TRANSLATOR
from tests.notices.telling import CITY, tell

pytestmark = pytest.mark.django_db

DESK = "/admin/notices/notice/"


def browser_of(role: str) -> Client:
    person = open_account(f"{role}@example.org", name=role, roles=[role], is_verified=True, by=None)
    client = Client()
    client.force_login(person)
    client.person = person
    return client


@pytest.fixture
def curator(db):
    return browser_of(CURATOR.slug)


@pytest.fixture
def failed(person):
    notice = tell(person, "failed", title="Bergen")
    Email.objects.filter(notice=notice).update(status=STATUS.failed)
    Log.objects.create(email=notice.mail, status=STATUS.failed, message="451 Busy")
    Log.objects.create(email=notice.mail, status=STATUS.failed, message="550 <No such user>")
    return notice


def test_the_desk_says_in_words_what_became_of_each_mail(curator, person, failed):
    told = {key: tell(person, key) for key in ("sent", "waiting", "retried", "long ago")}
    Email.objects.filter(notice=told["sent"]).update(status=STATUS.sent)
    Email.objects.filter(notice=told["retried"]).update(
        status=STATUS.requeued, scheduled_time=timezone.now()
    )
    Log.objects.create(email=told["retried"].mail, status=STATUS.failed, message="452 Full")
    Email.objects.filter(notice=told["long ago"]).delete()
    page = curator.get(f"/en{DESK}").text
    assert f"<bdi>Astrid Lind</bdi> <bdi>{person.email}</bdi>" in page
    for words in [
        "Your password was changed: Bergen",
        'failed<br><bdi class="quiet">550 &lt;No such user&gt;</bdi>',
        ">sent: ",
        ">waiting<",
        "will be tried again: ",
        '<bdi class="quiet">452 Full</bdi>',
        "sent or failed long ago",
    ]:
        assert words in page
    only_failed = curator.get(f"/en{DESK}", {"state": STATUS.failed}).text
    assert "Bergen" in only_failed
    assert "452 Full" not in only_failed
    assert curator.get(f"/en{DESK}", {"state": "nonsense"}).status_code == 200


def test_the_filter_counts_the_mails_of_each_state(curator, person, failed):
    for key in ("one", "two"):
        Email.objects.filter(notice=tell(person, key)).update(status=STATUS.sent)
    page = curator.get(f"/en{DESK}").text
    for counted in ("sent (2)", "failed (1)", "waiting (0)"):
        assert f">{counted}</a>" in page


def test_the_desk_shows_no_text_of_a_mail(curator, person):
    with transaction.atomic():
        secret = notices.tell_address(
            "new@example.org",
            "en",
            "trial",
            key="secret",
            to="exchanges:city-detail",
            to_args=["token-of-an-invitation"],
            is_secret=True,
        )
    open_one = tell(person, "open", note="only for your eyes")
    pages = [f"/en{DESK}", *(f"/en{DESK}{notice.pk}/change/" for notice in (secret, open_one))]
    for page in pages:
        response = curator.get(page)
        assert response.status_code == 200
        assert "token-of" not in response.text
        assert "for your eyes" not in response.text


def test_nobody_changes_notices_at_the_desk_and_post_office_has_no_desk(curator, failed):
    client = curator
    client.person.is_superuser = True
    client.person.save()
    assert client.get(f"/en{DESK}add/").status_code == 403
    assert client.post(f"/en{DESK}{failed.pk}/change/", {}).status_code == 403
    assert client.get(f"/en{DESK}{failed.pk}/delete/").status_code == 403
    models = apps.get_app_config("post_office").get_models()
    assert [model for model in models if admin.site.is_registered(model)] == []


def test_translators_see_no_notices(failed):
    assert browser_of(TRANSLATOR.slug).get(f"/en{DESK}").status_code == 403


@pytest.mark.parametrize(
    ("language", "message"),
    [
        ("en", "1 e-mail that had failed will be sent again."),
        ("ar", "ستُرسل مجددًا رسالة واحدة كان إرسالها قد تعذّر."),
    ],
)
def test_failed_mails_are_sent_again_and_the_journal_says_who_did_it(
    curator, person, failed, language, message
):
    sent = tell(person, "sent")
    Email.objects.filter(notice=sent).update(status=STATUS.sent)
    data = {"action": "send_again", "_selected_action": [failed.pk, sent.pk]}
    page = curator.post(f"/{language}{DESK}", data, follow=True).text
    assert message in page
    assert Email.objects.get(notice=failed).status == STATUS.queued
    assert Email.objects.get(notice=sent).status == STATUS.sent
    entry = LogEntry.objects.get(change_message__contains="mail-sent-again")
    assert (entry.user, entry.object_id) == (curator.person, str(failed.pk))


def test_the_list_of_a_dashboard_shows_line_moment_and_what_is_new(person):
    tell(person, "read", title="<Bergen>")
    notices.mark_read(notices.newest_for(person))
    with transaction.atomic():
        notices.tell(person, "trial", key="new", context={"title": "أوسلو"}, **CITY)
    with translation.override("ar"):
        html = render_to_string("notices/_list.html", {"notices": notices.newest_for(person)})
    first, second = html.split("</li>")[:2]
    assert '<a href="/ar/cities/oslo/">' in first
    assert "أوسلو" in first
    assert "جديد" in first
    assert "\u2068&lt;Bergen&gt;\u2069" in second
    assert "جديد" not in second
    assert html.count("<time datetime=") == 2
