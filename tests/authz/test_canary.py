"""What is private is told to nobody else: by no column that was forgotten, search, file or mail.

That no page tells it, the tests of reading and sending have seen on the way. With FULL=1 every word
is searched for everywhere, otherwise one in so many.
"""

import os
import re

import pytest
from django.contrib import admin
from django.db import models
from django.urls import reverse
from post_office.models import Email

from portal.search.models import Word
from tests.authz.canary import (
    Canary,
    columns_of,
    decided_columns,
    our_models,
    private_columns,
    telling_columns,
)
from tests.authz.crawl import FULL
from tests.authz.roles import OUTSIDE, SETS

pytestmark = pytest.mark.django_db

ONE_IN = 1 if FULL else 12
KINDS_OF_DECISION = ("public", "coded", "private")
# A word like the others that stands nowhere.
NONSENSE = Canary().token("nowhere", readers="nobody").probe
PUBLIC_SEARCHES = [
    "/en/cities/?q=",
    "/en/practices/?q=",
    "/en/practices/export/csv/?q=",
    "/en/practices/export/json/?q=",
    "/en/practices/feed/?q=",
    "/en/practices/print/?q=",
    "/en/search/?q=",
    "/en/search/suggest/?q=",
    "/suggestions.json?q=",
]
WHOLE_FILES = [f"/en/practices/export/{name}/" for name in ("csv", "excel.csv", "json", "xlsx")]
# What is different each time.
VARYING = re.compile(
    rb'name="csrfmiddlewaretoken" value="\w+"|<updated>[^<]*</updated>|"generated": "[^"]*"'
)


@pytest.mark.parametrize("model", our_models(), ids=lambda model: model._meta.label_lower)
def test_who_may_read_it_is_decided_for_every_column(model):
    decisions = decided_columns().get(model._meta.label_lower, {})
    decided = [name for kind in KINDS_OF_DECISION for name in decisions.get(kind, ())]
    assert sorted(decided) == sorted(field.name for field in telling_columns(model))


def test_there_are_decisions_on_tables_of_ours_only():
    ours = {model._meta.label_lower for model in our_models()}
    assert sorted(decided_columns().keys() - ours) == []


@pytest.mark.parametrize("model", our_models(), ids=lambda model: model._meta.label_lower)
def test_there_is_a_canary_in_every_private_column(model, objects):
    rows = list(model._base_manager.all()) if private_columns(model) else []
    silent = [
        name
        for name in private_columns(model)
        if not any(objects.canary.found_in(content_of(row, name)) for row in rows)
    ]
    assert silent == []


def test_no_private_word_is_in_the_index_of_the_search(objects):
    private = {word for token in objects.canary.tokens.values() for word in token.words}
    assert list(Word.objects.filter(text__in=private).values_list("text", flat=True)) == []


@pytest.mark.parametrize("address", PUBLIC_SEARCHES)
def test_who_searches_in_public_for_a_private_word_learns_nothing(address, crawl):
    visitor = crawl.visitors["other"]
    expected = without(NONSENSE, visitor.open("GET", address + NONSENSE))
    for token in some_tokens(crawl):
        answer = visitor.open("GET", address + token.probe)
        assert (token.place, without(token.probe, answer)) == (token.place, expected)


@pytest.mark.parametrize("role", SETS["staff"])
@pytest.mark.parametrize("model", admin.site._registry, ids=lambda model: model._meta.label_lower)
def test_who_searches_at_the_desk_finds_what_may_be_read(model, role, crawl):
    visitor = crawl.visitors[role]
    address = reverse(f"admin:{model._meta.app_label}_{model._meta.model_name}_changelist")
    for token in some_tokens(crawl):
        if role not in token.readers:
            answer = visitor.open("GET", address, {"q": token.probe})
            assert (token.place, visitor.leaks(answer)) == (token.place, set())


@pytest.mark.parametrize("address", WHOLE_FILES)
def test_no_public_file_has_a_private_word(address, crawl):
    visitor = crawl.visitors["author"]
    answer = visitor.open("GET", address)
    assert (answer.status, visitor.leaks(answer)) == (200, set())


@pytest.mark.parametrize("role", SETS["staff"])
@pytest.mark.parametrize("model", ["exchanges_city", "practices_practice", "search_miss"])
def test_files_of_the_desk_have_what_their_reader_may_read(model, role, crawl):
    visitor = crawl.visitors[role]
    for kind in ("0", "1"):
        answer = visitor.open("POST", reverse(f"admin:{model}_export"), {"format": kind})
        assert visitor.leaks(answer) == set()


def test_no_mail_tells_its_reader_what_is_private_to_others(objects):
    roles = {person.email: role for role, person in objects.people.accounts.items()}
    roles[objects.network.invitation.email] = "invited_official"
    roles[objects.writings.invitation.email] = "invited_writer"
    mails = list(Email.objects.all())
    assert {"author", "focal_point", *OUTSIDE} - {"applicant"} <= {roles[m.to[0]] for m in mails}
    for mail in mails:
        text = "\n".join([mail.subject, mail.message, mail.html_message, str(mail.headers)])
        told = objects.canary.found_in(text.encode())
        private = {token.place for token in told if roles[mail.to[0]] not in token.readers}
        assert (mail.subject, private) == (mail.subject, set())


def some_tokens(crawl) -> list:
    """All tokens, or one in so many: for each test others, for the same test the same."""
    tokens = sorted(crawl.objects.canary.tokens.values(), key=lambda token: token.place)
    start = len(os.environ.get("PYTEST_CURRENT_TEST", "")) % ONE_IN
    return tokens[start::ONE_IN]


def without(word: str, answer) -> tuple:
    """What an answer says, but for the word that was asked for."""
    body = VARYING.sub(b"", answer.body)
    return answer.status, body.replace(word.encode(), b"")


def content_of(row: models.Model, name: str) -> bytes:
    """What `row` keeps in the column `name`, in all languages; of a file, its content."""
    field = row._meta.get_field(name)
    if isinstance(field, models.FileField):
        with getattr(row, name).open("rb") as file:
            return file.read()
    return str([getattr(row, column) for column in columns_of(field)]).encode()
