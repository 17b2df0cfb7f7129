"""Mail as the portal writes it, and the demonstration's way of catching it."""

from email import message_from_bytes, policy

import pytest
from django.core.mail import get_connection
from django.utils import translation

from portal.common.mail import compose


@pytest.fixture
def caught(settings, tmp_path):
    settings.EMAIL_BACKEND = "portal.common.mail.CaughtMail"
    settings.EMAIL_FILE_PATH = tmp_path / "mail"
    return settings.EMAIL_FILE_PATH


def arabic_mail(**changes):
    with translation.override("ar"):
        return compose(
            "رمز\nالدخول",
            "\n\nاكتبوا هذا الرمز:\n  \n1234-5678\n\n\nhttp://testserver/ar/\n",
            to=["layla@example.org"],
            emphasised="1234-5678",
            **changes,
        )


def test_caught_mail_is_kept_one_file_a_mail_and_printed_readably(caught, capsys):
    assert get_connection().send_messages([arabic_mail(), arabic_mail()]) == 2
    files = list(caught.glob("*.eml"))
    assert len(files) == 2
    message = message_from_bytes(files[0].read_bytes(), policy=policy.default)
    assert message["Subject"] == "رمز الدخول"
    assert message["From"].addresses[0].display_name == "ملتقى المدن عبر الأطلسي"
    assert "1234-5678" in message.get_body(("plain",)).get_content()
    assert 'dir="rtl"' in message.get_body(("html",)).get_content()
    printed = capsys.readouterr().out
    assert printed.count("Subject: رمز الدخول\n") == 2
    assert printed.count("\n1234-5678\n") == 2
    assert all(str(path) in printed for path in files)


def test_text_and_html_have_the_same_paragraphs():
    message = arabic_mail()
    assert message.body == "اكتبوا هذا الرمز:\n\n1234-5678\n\nhttp://testserver/ar/\n"
    html, _kind = message.alternatives[0]
    assert "<p>اكتبوا هذا الرمز:</p>" in html
    assert '<h1><bdi dir="ltr">1234-5678</bdi></h1>' in html
    assert '<a href="http://testserver/ar/" rel="nofollow">http://testserver/ar/</a>' in html


def test_what_people_typed_is_text_in_the_html():
    message = compose("Hello", '<script>alert("1")</script> & <b>', to=["a@example.org"])
    html, _kind = message.alternatives[0]
    assert "<script>" not in html
    assert "&lt;b&gt;" in html


def test_a_mail_says_that_a_machine_wrote_it_and_in_which_language():
    headers = arabic_mail(headers={"X-Kind": "code"}).extra_headers
    assert headers == {
        "Auto-Submitted": "auto-generated",
        "Content-Language": "ar",
        "X-Kind": "code",
    }


@pytest.mark.parametrize(
    "configured", ["exchange@example.org", "Some Office <exchange@example.org>"]
)
def test_the_sender_is_the_portal_by_name(settings, configured):
    settings.DEFAULT_FROM_EMAIL = configured
    message = compose("Hello", "Text", to=["a@example.org"])
    assert message.from_email == "Transatlantic City Exchange <exchange@example.org>"
