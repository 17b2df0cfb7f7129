"""Sign-up: name, address, one password; the address is confirmed by a code."""

import pytest
from allauth.account.models import EmailAddress
from django.core import mail

from portal.accounts.models import User
from portal.accounts.roles import roles_of
from tests.accounts.conftest import PASSWORD, is_signed_in, new_address, newest_code


def sign_up(client, address, language="en", **changes):
    data = {"name": "Astrid Lind", "email": address, "password1": PASSWORD} | changes
    return client.post(f"/{language}/accounts/signup/", data)


@pytest.mark.parametrize("language", ["en", "ar"])
def test_a_person_signs_up_types_the_code_and_is_signed_in(browser, language):
    address = new_address()
    response = sign_up(browser, address, language)
    assert response.headers["Location"] == f"/{language}/accounts/confirm-email/"
    assert not is_signed_in(browser)

    response = browser.post(response.headers["Location"], {"code": newest_code(address)})
    assert response.headers["Location"] == f"/{language}/"
    assert is_signed_in(browser)
    person = User.objects.get(email=address)
    assert (person.name, person.language, person.is_staff) == ("Astrid Lind", language, False)
    assert roles_of(person) == []
    assert EmailAddress.objects.get(user=person).verified


def test_the_code_may_be_typed_in_arabic_digits_and_without_its_dash(browser):
    address = new_address()
    sign_up(browser, address, "ar")
    digits = newest_code(address).replace("-", "")
    typed = digits.translate(str.maketrans("0123456789", "٠١٢٣٤٥٦٧٨٩"))
    browser.post("/ar/accounts/confirm-email/", {"code": f" {typed} "})
    assert is_signed_in(browser)


def test_three_wrong_codes_end_the_attempt_and_signing_in_sends_a_new_one(browser):
    address = new_address()
    sign_up(browser, address)
    for _ in range(2):
        response = browser.post("/en/accounts/confirm-email/", {"code": "0000-0000"})
        assert response.context["form"].errors["code"] == [
            "This is not the code that we sent. Type the digits of the newest e-mail."
        ]
    response = browser.post("/en/accounts/confirm-email/", {"code": "0000-0000"}, follow=True)
    assert response.redirect_chain == [("/en/accounts/login/", 302)]
    assert "Too many tries." in response.text


def test_a_new_code_can_be_asked_for_and_the_old_one_is_void(browser, settings):
    settings.ACCOUNT_RATE_LIMITS = {"confirm_email": "5/10s/key"}
    address = new_address()
    sign_up(browser, address)
    old = newest_code(address)
    browser.post("/en/accounts/confirm-email/", {"action": "resend"})
    assert newest_code(address) != old
    browser.post("/en/accounts/confirm-email/", {"code": old})
    assert not is_signed_in(browser)
    browser.post("/en/accounts/confirm-email/", {"code": newest_code(address)})
    assert is_signed_in(browser)


def test_starting_again_leads_back_to_the_form(browser):
    sign_up(browser, new_address())
    page = browser.get("/en/accounts/confirm-email/")
    assert '<input type="hidden" name="next" value="/en/accounts/signup/">' in page.text
    response = browser.post("/en/accounts/logout/", {"next": "/en/accounts/signup/"})
    assert response.headers["Location"] == "/en/accounts/signup/"
    assert browser.get("/en/accounts/signup/").status_code == 200


@pytest.mark.parametrize(
    ("changes", "field", "message"),
    [
        ({"name": ""}, "name", "Enter your name."),
        ({"name": "\u200f\u200b"}, "name", "Enter your name."),
        ({"name": "…—!"}, "name", "Enter a name that has letters."),
        ({"email": ""}, "email", "Enter your e-mail address."),
        ({"email": "astrid"}, "email", "Enter an e-mail address like name@example.org."),
        ({"password1": ""}, "password1", "Choose a password."),
    ],
)
def test_what_is_wrong_is_said_at_the_field(browser, changes, field, message):
    response = sign_up(browser, new_address(), **changes)
    assert response.context["form"].errors[field] == [message]


def test_a_name_is_kept_clean(browser):
    address = new_address()
    sign_up(browser, address, name="  Astrid\u202e \r\n Lind ")
    assert User.objects.get(email=address).name == "Astrid Lind"


def test_a_known_address_gets_the_same_answer_and_no_second_account(
    browser, another_browser, person
):
    known, unknown = person.email, new_address()
    answers = [sign_up(browser, known), sign_up(another_browser, unknown)]
    assert [answer.status_code for answer in answers] == [302, 302]
    assert answers[0].headers["Location"] == answers[1].headers["Location"]
    pages = [
        client.get("/en/accounts/confirm-email/").text.replace(address, "ADDRESS")
        for client, address in [(browser, known), (another_browser, unknown)]
    ]
    assert without_tokens(pages[0]) == without_tokens(pages[1])
    assert [message.subject for message in mail.outbox] == [
        "You have an account already",
        "Confirm your e-mail address",
    ]
    assert User.objects.filter(email=known).count() == 1


def test_a_known_address_costs_as_much_hashing_as_an_unknown_one(
    browser, another_browser, person, monkeypatch
):
    hashed = []
    monkeypatch.setattr(
        "django.contrib.auth.base_user.make_password",
        lambda password: hashed.append(password) or "!",
    )
    sign_up(browser, person.email)
    assert hashed == [PASSWORD]
    sign_up(another_browser, new_address())
    assert hashed == [PASSWORD, PASSWORD]


def test_an_address_that_somebody_took_a_moment_ago_is_treated_as_known(browser, monkeypatch):
    address = new_address()
    monkeypatch.setattr(
        "allauth.account.internal.flows.manage_email.assess_unique_email",
        lambda *args, **kwargs: User.objects.create_user(address, name="First").pk is not None,
    )
    assert sign_up(browser, address).headers["Location"] == "/en/accounts/confirm-email/"
    assert [message.subject for message in mail.outbox] == ["You have an account already"]
    assert User.objects.get(email=address).name == "First"


def test_showing_the_form_asks_the_database_nothing(browser, django_assert_num_queries):
    with django_assert_num_queries(0):
        browser.get("/en/accounts/signup/")


def without_tokens(page: str) -> str:
    lines = page.splitlines()
    return "\n".join(line for line in lines if "csrfmiddlewaretoken" not in line)
