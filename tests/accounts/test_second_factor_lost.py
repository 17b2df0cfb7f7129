"""Who has lost the device is helped by an administrator, who is helped by a command."""

import pytest
from allauth.mfa.models import Authenticator
from django.contrib.admin.models import LogEntry
from django.core import mail
from django.core.management import CommandError, call_command

from portal.common.journal import act_in
from tests.accounts.conftest import is_signed_in, sign_in
from tests.accounts.passkeys import add_passkey
from tests.accounts.second_steps import came_through_both_steps, set_up_app, staff_with

TAKEN = "/en/admin/accounts/user/{}/second-step/"

pytestmark = pytest.mark.usefixtures("commits_at_once")


@pytest.fixture(autouse=True)
def _as_outside_the_demonstration(settings):
    settings.STAFF_NEED_SECOND_FACTOR = True


@pytest.fixture
def administrator(browser):
    return came_through_both_steps(browser, staff_with("administrator"))


@pytest.mark.parametrize("language", ["en", "ar"])
def test_an_administrator_helps_whoever_has_lost_the_device(
    administrator, another_browser, arabic_person, person, language
):
    lost = arabic_person if language == "ar" else person
    came_through_both_steps(another_browser, lost)
    add_passkey(lost)
    page = administrator.get(f"/en/admin/accounts/user/{lost.pk}/change/")
    assert "authenticator app and 1 passkey" in page.text
    assert TAKEN.format(lost.pk) in page.text
    assert administrator.get(TAKEN.format(lost.pk)).status_code == 200
    assert Authenticator.objects.filter(user=lost).count() == 3
    answer = administrator.post(TAKEN.format(lost.pk), follow=True)
    assert "The second step was taken away; a mail says so." in answer.text
    assert not Authenticator.objects.filter(user=lost).exists()
    assert not is_signed_in(another_browser)
    assert is_signed_in(administrator)
    (message,) = mail.outbox
    assert message.to == [lost.email]
    assert message.subject == (
        "أُلغيت خطوتكم الثانية" if language == "ar" else "Your second step was taken away"
    )
    assert f"http://testserver/{language}/accounts/2fa/" in message.body
    entry = LogEntry.objects.get(object_id=lost.pk)
    assert act_in(entry) == "second-factor-taken-away"
    assert entry.user.is_superuser
    assert sign_in(another_browser, lost).headers["Location"] == f"/{language}/"


def test_nobody_takes_away_their_own_or_what_is_not_there(administrator, person):
    own = Authenticator.objects.get(type="totp").user
    answer = administrator.post(TAKEN.format(own.pk), follow=True)
    assert "Your own second step is changed on the pages of your account." in answer.text
    assert Authenticator.objects.filter(user=own).count() == 2
    answer = administrator.post(TAKEN.format(person.pk), follow=True)
    assert "Astrid Lind has no second step." in answer.text
    assert administrator.get(TAKEN.format(0)).status_code == 404
    assert mail.outbox == []


@pytest.mark.parametrize("role", ["curator", "translator"])
def test_no_other_role_takes_it_away(browser, person, role):
    client = came_through_both_steps(browser, staff_with(role))
    set_up_app(person)
    for answer in (client.get(TAKEN.format(person.pk)), client.post(TAKEN.format(person.pk))):
        assert answer.status_code in (403, 404)
    assert Authenticator.objects.filter(user=person).count() == 2


@pytest.mark.parametrize("language", ["en", "ar"])
def test_the_page_that_takes_it_away_is_in_the_language_of_the_desk(
    administrator, person, language
):
    set_up_app(person)
    page = administrator.get(TAKEN.format(person.pk).replace("/en/", f"/{language}/"))
    assert (
        "إلغاء الخطوة الثانية" if language == "ar" else "Take the second step away"
    ) in page.text


def test_what_is_done_stands_even_if_no_mail_can_be_sent(administrator, person, settings):
    settings.EMAIL_BACKEND = "django.core.mail.backends.smtp.EmailBackend"
    settings.EMAIL_HOST, settings.EMAIL_PORT = "127.0.0.1", 9
    set_up_app(person)
    assert administrator.post(TAKEN.format(person.pk)).status_code == 302
    assert not Authenticator.objects.filter(user=person).exists()


def test_secrets_have_no_desk_of_their_own(administrator):
    assert administrator.get("/en/admin/mfa/authenticator/").status_code == 404


def test_a_command_helps_the_only_administrator(db):
    person = staff_with("administrator")
    set_up_app(person)
    call_command("take_second_factor_away", person.email.upper())
    assert not Authenticator.objects.exists()
    assert [message.to for message in mail.outbox] == [[person.email]]
    for address in (person.email, "nobody@example.org"):
        with pytest.raises(CommandError):
            call_command("take_second_factor_away", address)
