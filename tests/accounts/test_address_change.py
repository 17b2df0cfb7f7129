"""Change of the e-mail address: asked for with the password, done with a code to the new one."""

from allauth.account.models import EmailAddress
from django.core import mail

from portal.accounts.people import open_account
from tests.accounts.conftest import PASSWORD, is_signed_in, new_address, newest_code, sign_in

ASK = {"action_add": "1"}


def ask_for_change(client, address):
    """Ask for `address`, giving the password when it is asked for."""
    response = client.post("/en/accounts/email/", ASK | {"email": address})
    assert response.headers["Location"].startswith("/en/accounts/reauthenticate/?next=")
    return client.post(response.headers["Location"], {"password": PASSWORD})


def test_an_address_is_changed_with_password_and_code(browser, person):
    old, new = person.email, new_address()
    sign_in(browser, person)
    assert ask_for_change(browser, new).headers["Location"] == "/en/accounts/confirm-email/"
    person.refresh_from_db()
    assert person.email == old

    response = browser.post("/en/accounts/confirm-email/", {"code": newest_code(new)}, follow=True)
    assert response.redirect_chain == [("/en/accounts/profile/", 302)]
    assert "Your e-mail address is confirmed." in response.text
    person.refresh_from_db()
    assert person.email == new
    assert list(EmailAddress.objects.filter(user=person).values_list("email", "verified")) == [
        (new, True)
    ]
    assert [(message.to, message.subject) for message in mail.outbox] == [
        ([new], "Confirm your e-mail address"),
        ([old], "The e-mail address of your account was changed"),
    ]
    assert new in mail.outbox[1].body


def test_the_new_address_signs_in_and_the_old_one_no_longer(browser, another_browser, person):
    old, new = person.email, new_address()
    sign_in(browser, person)
    ask_for_change(browser, new)
    browser.post("/en/accounts/confirm-email/", {"code": newest_code(new)})
    another_browser.post("/en/accounts/login/", {"login": old, "password": PASSWORD})
    assert not is_signed_in(another_browser)
    another_browser.post("/en/accounts/login/", {"login": new, "password": PASSWORD})
    assert is_signed_in(another_browser)


def test_a_wrong_password_changes_nothing(browser, person):
    sign_in(browser, person)
    response = browser.post("/en/accounts/email/", ASK | {"email": new_address()})
    response = browser.post(response.headers["Location"], {"password": "not the password"})
    assert response.context["form"].errors == {"password": ["This is not your password."]}
    assert mail.outbox == []


def test_somebody_else_s_address_is_not_taken_and_not_given_away(browser, person):
    other = open_account(new_address(), name="Maya Cohen", is_verified=True, by=None)
    sign_in(browser, person)
    assert ask_for_change(browser, other.email).headers["Location"] == "/en/accounts/confirm-email/"
    code = {"code": newest_code(other.email)}
    response = browser.post("/en/accounts/confirm-email/", code)
    assert response.context["form"].errors == {"code": ["This address belongs to another account."]}
    person.refresh_from_db()
    assert person.email != other.email


def test_the_own_address_is_no_change(browser, person):
    sign_in(browser, person)
    response = browser.post("/en/accounts/email/", ASK | {"email": person.email})
    assert response.context["form"].errors == {
        "email": ["This is the address of your account already."]
    }
