"""Secrets of second factors: encrypted by a key made from SECRET_KEY, which can be changed."""

import pytest
from allauth.mfa.models import Authenticator
from django.core.management import CommandError, call_command

from portal.accounts.second_factor.encryption import UnreadableSecret, decrypt, encrypt
from tests.accounts.conftest import is_signed_in, sign_in
from tests.accounts.second_steps import SECRET, code_of_app, set_up_app

STEP = "/en/accounts/2fa/authenticate/"
OLD, NEW = "the key of this year, which is long enough", "the key of next year, which is longer"


@pytest.fixture(autouse=True)
def _keys(settings):
    settings.SECRET_KEY, settings.SECRET_KEY_FALLBACKS = OLD, []


def test_the_same_secret_is_never_stored_twice_alike():
    assert encrypt(SECRET) != encrypt(SECRET)
    assert decrypt(encrypt(SECRET)) == SECRET
    assert SECRET not in encrypt(SECRET)


def test_a_secret_that_was_changed_in_the_database_is_not_opened():
    stored = encrypt(SECRET)
    for wrong in (stored[:-2], stored.swapcase(), "", "x", SECRET):
        with pytest.raises(UnreadableSecret):
            decrypt(wrong)


def test_a_new_key_opens_old_secrets_as_long_as_the_old_key_is_named(settings):
    stored = encrypt(SECRET)
    settings.SECRET_KEY = NEW
    with pytest.raises(UnreadableSecret):
        decrypt(stored)
    settings.SECRET_KEY_FALLBACKS = [OLD]
    assert decrypt(stored) == SECRET


def test_the_old_key_may_go_once_all_is_encrypted_anew(browser, person, settings):
    codes = set_up_app(person)
    settings.SECRET_KEY, settings.SECRET_KEY_FALLBACKS = NEW, [OLD]
    call_command("encrypt_second_factors_anew", verbosity=0)
    settings.SECRET_KEY_FALLBACKS = []
    sign_in(browser, person)
    browser.post(STEP, {"code": code_of_app()})
    assert is_signed_in(browser)
    stored = Authenticator.objects.get(type="recovery_codes").wrap()
    assert stored.get_unused_codes() == codes


def test_the_command_says_how_many_secrets_no_key_opens(person, arabic_person, settings):
    set_up_app(person)
    settings.SECRET_KEY = NEW
    set_up_app(arabic_person)
    with pytest.raises(CommandError, match="2 secrets are opened by no key"):
        call_command("encrypt_second_factors_anew")
