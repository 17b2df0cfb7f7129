"""A notice is written with the act that causes it, in the language of who reads it."""

import re
from datetime import UTC, date, datetime

import pytest
from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils import translation
from post_office.models import STATUS, Email

from portal import notices
from portal.notices.models import Notice
from tests.notices.telling import CITY, person_named, tell

pytestmark = pytest.mark.django_db


def test_a_notice_has_one_queued_mail_to_its_reader(person):
    notice = tell(person, "first")
    mail = Email.objects.get()
    assert notice.mail == mail
    assert (mail.to, mail.status, notice.email) == ([person.email], STATUS.queued, person.email)
    assert mail.subject == "Your password was changed: Oslo"
    assert mail.message.startswith("Astrid Lind\n\nYour password was changed: Oslo\n\n")
    assert "\n\nhttp://testserver/en/cities/oslo/\n\n" in mail.message
    assert mail.message.endswith("\n\nTransatlantic City Exchange\nhttp://testserver\n")


def test_the_same_key_tells_once(person, arabic_person):
    first = tell(person, "only once")
    assert tell(person, "only once", title="Bergen") == first
    assert tell(arabic_person, "only once") == first
    assert (Notice.objects.count(), Email.objects.count()) == (1, 1)


@pytest.mark.parametrize("page_language", ["en", "ar"])
def test_both_parts_are_in_the_language_and_direction_of_the_reader(arabic_person, page_language):
    with translation.override(page_language):
        mail = tell(arabic_person, "first").mail
    assert mail.subject == "غُيّرت كلمة مروركم: \u2068Oslo\u2069"
    assert mail.from_email == "ملتقى المدن عبر الأطلسي <exchange@example.org>"
    assert mail.headers["Content-Language"] == "ar"
    assert "\n\nhttp://testserver/ar/cities/oslo/\n\n" in mail.message
    assert '<html lang="ar" dir="rtl">' in mail.html_message
    assert '<bdi dir="ltr"><a href="http://testserver/ar/cities/oslo/"' in mail.html_message
    for paragraph in mail.message.strip().split("\n\n")[:3]:
        assert paragraph in mail.html_message


def test_the_line_and_the_address_are_in_the_language_of_the_page(person):
    notice = tell(person, "first", title="أوسلو")
    with translation.override("en"):
        assert notice.line == "Your password was changed: \u2068أوسلو\u2069"
        assert notice.address == "/en/cities/oslo/"
    with translation.override("ar"):
        assert notice.line == "غُيّرت كلمة مروركم: أوسلو"
        assert notice.address == "/ar/cities/oslo/"


def test_dates_and_moments_are_in_the_language_and_zone_of_the_reader(person, arabic_person):
    dates = {"due": date(2026, 3, 6), "at": datetime(2026, 3, 6, 23, 30, tzinfo=UTC)}
    assert "\n\n6 March 2026\n\n6 March 2026, 23:30\n\n" in tell(person, "1", **dates).mail.message
    arabic = tell(arabic_person, "2", **dates)
    assert "\n\n6 مارس 2026\n\n7 مارس 2026، الساعة 02:30\n\n" in arabic.mail.message


def test_a_zone_that_is_no_more_costs_no_notice(db):
    lost = person_named("Lost", time_zone="Europe/Atlantis")
    mail = tell(lost, "first", at=datetime(2026, 3, 6, 23, 30, tzinfo=UTC)).mail
    assert "6 March 2026, 23:30" in mail.message


@pytest.mark.parametrize(
    ("typed", "shown"),
    [
        ("Oslo\r\nBcc: everybody@example.org", "Oslo Bcc: everybody@example.org"),
        ("Oslo\nSubject: other", "Oslo Subject: other"),
        ("Oslo\u2028\x0b\x0c\x85\x1eX-Kind: other", "Oslo X-Kind: other"),
        ("Oslo\x00\x07", "Oslo"),
        ("\u202eolsO\u202c", "olsO"),
        ("\u2067Oslo", "Oslo"),
        ("{{ url }}{% now 'Y' %}", "{{ url }}{% now 'Y' %}"),
        ("%(url)s {0} $url", "%(url)s {0} $url"),
        ("<b>&amp; “Oslo”", "<b>&amp; “Oslo”"),
        ("Oslo " * 60, f"{('Oslo ' * 24)[:119]}…"),
    ],
)
def test_what_people_typed_is_one_line_of_harmless_text_in_a_subject(person, typed, shown):
    notice = tell(person, "first", title=typed)
    message = Email.objects.get().email_message().message()
    assert Email.objects.get().subject == notice.line == f"Your password was changed: {shown}"
    assert {name.lower() for name in message} == {
        "content-type", "mime-version", "subject", "from", "to", "date", "message-id",
        "auto-submitted", "content-language",
    }  # fmt: skip
    assert not re.search(r"\n\S", str(message["Subject"]))


def test_what_people_typed_is_no_template_and_no_markup(person):
    mail = tell(person, "first", note="{{ url }}\n{% now 'Y' %}\n<script>alert(1)</script>").mail
    note = "{{ url }}\n{% now 'Y' %}\n<script>alert(1)</script>"
    for message in [mail, Email.objects.get()]:
        composed = message.email_message()
        assert note in composed.body
        html, _kind = composed.alternatives[0]
        assert "<script" not in html
        assert "{{ url }}<br>{% now" in html


def test_lines_in_the_other_direction_stand_alone_and_addresses_stay_whole(arabic_person):
    note = "مرحبا\nSee https://example.org/path/\nand more."
    mail = tell(arabic_person, "first", note=note).mail
    lines = ["مرحبا", "\u2068See https://example.org/path/ \u2069", "\u2068and more.\u2069"]
    assert "\n".join(lines) in mail.message
    assert 'href="https://example.org/path/"' in mail.html_message


def test_an_address_without_an_account_is_told_in_the_language_asked_for():
    with transaction.atomic():
        notice = notices.tell_address(
            "new@example.org", "ar", "trial", key="first", context={"title": "أوسلو"}, **CITY
        )
    assert (notice.person, notice.mail.to) == (None, ["new@example.org"])
    assert notice.mail.subject == "غُيّرت كلمة مروركم: أوسلو"
    assert notice.mail.message.startswith("غُيّرت كلمة مروركم: أوسلو\n\n")


@pytest.mark.parametrize(
    "address", ["", "nobody", "a@example.org\nBcc: b@example.org", "a@example.org, b@example.org"]
)
def test_what_is_no_address_is_refused_and_leaves_nothing(address):
    with pytest.raises(ValidationError), transaction.atomic():
        notices.tell_address(address, "en", "trial", key="first", **CITY)
    assert (Notice.objects.count(), Email.objects.count()) == (0, 0)


def test_a_secret_way_stands_in_the_mail_only():
    with transaction.atomic():
        notice = notices.tell_address(
            "new@example.org",
            "en",
            "trial",
            key="first",
            to="exchanges:city-detail",
            to_args=["token-of-an-invitation"],
            is_secret=True,
        )
    assert "/en/cities/token-of-an-invitation/" in notice.mail.message
    stored = Notice.objects.filter(pk=notice.pk).values().get()
    assert "token" not in str(stored)
    assert notice.address == ""


def test_what_is_rolled_back_was_never_told(person):
    with transaction.atomic():
        tell(person, "first")
        transaction.set_rollback(True)
    assert (Notice.objects.count(), Email.objects.count()) == (0, 0)
    assert tell(person, "first").mail


@pytest.mark.parametrize("value", [["a list"], {"a": "dict"}, b"bytes"])
def test_a_value_that_no_template_can_write_out_is_refused(person, value):
    with pytest.raises(TypeError):
        tell(person, "first", title=value)


def test_what_a_person_was_told_is_new_until_it_is_read(person, arabic_person):
    first, second = tell(person, "1"), tell(person, "2")
    others = tell(arabic_person, "3")
    assert [*notices.newest_for(person)] == [second, first]
    assert notices.mark_read(notices.newest_for(person)) == 2
    assert notices.mark_read(notices.newest_for(person)) == 0
    assert [notice.is_new for notice in notices.newest_for(person)] == [False, False]
    assert notices.newest_for(arabic_person).get() == others
    assert notices.newest_for(arabic_person).get().is_new


def test_ids_of_mails_follow_from_keys(person):
    ids = {tell(person, key).mail.message_id for key in ("1", "2")}
    assert len(ids) == 2
    assert all(message_id.endswith("@testserver>") for message_id in ids)
