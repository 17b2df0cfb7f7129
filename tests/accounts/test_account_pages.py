"""What every account page has: frame, labels, autocomplete tokens, errors that lead to fields."""

from html.parser import HTMLParser

import pytest
from django.template.loader import get_template

from portal.accounts.people import open_account
from tests.accounts.conftest import PASSWORD, new_address, sign_in

VOID = {"input", "link", "meta", "br", "path", "circle", "use", "img"}
# Each page with what a wrong form sends to it, and the fields that are wrong then.
FOR_EVERYBODY = {
    "login/": ({}, ["login", "password"]),
    "login/code/": ({"email": "x"}, ["email"]),
    "signup/": ({"name": "", "email": "x", "password1": "short"}, ["name", "email", "password1"]),
    "password/reset/": ({}, ["email"]),
    "login/code/confirm/": ({"code": "1"}, ["code"]),
    "password/reset/confirm/": ({"code": ""}, ["code"]),
    "confirm-email/": ({"code": "0000-0000"}, ["code"]),
}
FOR_PEOPLE = {
    "profile/": (
        {"name": "", "language": "x", "time_zone": "x"},
        ["name", "language", "time_zone"],
    ),
    "email/": ({"email": "x", "action_add": "1"}, ["email"]),
    "password/change/": ({}, ["oldpassword", "password1"]),
    "password/set/": ({"password1": "short"}, ["password1"]),
    "reauthenticate/": ({"password": "x"}, ["password"]),
}
WITHOUT_FORMS = ["inactive/", "password/reset/done/"]
TOKENS = {
    "login": "email",
    "email": "email",
    "name": "name",
    "password": "current-password",
    "oldpassword": "current-password",
    "password1": "new-password",
    "code": "one-time-code",
}


class Page(HTMLParser):
    """Elements by tag, with their attributes."""

    def __init__(self, text):
        super().__init__()
        self.elements = []
        self.feed(text)

    def handle_starttag(self, tag, attrs):
        self.elements.append((tag, dict(attrs)))

    def all(self, *tags):
        return [attrs for tag, attrs in self.elements if tag in tags]

    def fields(self):
        return [
            field
            for field in self.all("input", "select", "textarea")
            if field.get("type") not in ("hidden", "search")
        ]


def before(client, path):
    """Take the steps after which the page at `path` can be opened."""
    if path == "login/code/confirm/":
        client.post("/en/accounts/login/code/", {"email": new_address()})
    elif path == "password/reset/confirm/":
        client.post("/en/accounts/password/reset/", {"email": new_address()})
    elif path == "confirm-email/":
        data = {"name": "A", "email": new_address(), "password1": PASSWORD}
        client.post("/en/accounts/signup/", data)


def opened(request, path):
    client = request.getfixturevalue("browser")
    if path == "password/set/":
        client.force_login(open_account(new_address(), name="A", is_verified=True, by=None))
    elif path in FOR_PEOPLE or path in ("sessions/", "logout/"):
        sign_in(client, request.getfixturevalue("person"))
    before(client, path)
    return client


EVERY_PAGE = [*FOR_EVERYBODY, *FOR_PEOPLE, *WITHOUT_FORMS, "sessions/", "logout/"]


@pytest.mark.parametrize("language", ["en", "ar"])
@pytest.mark.parametrize("path", EVERY_PAGE)
def test_every_page_has_our_frame_and_one_heading(request, path, language):
    response = opened(request, path).get(f"/{language}/accounts/{path}")
    assert response.status_code == 200
    page = Page(response.text)
    assert page.all("html") == [{"lang": language, "dir": "rtl" if language == "ar" else "ltr"}]
    assert len(page.all("h1")) == 1
    assert {"name": "robots", "content": "noindex"} in page.all("meta")
    assert [attrs for _tag, attrs in page.elements if "style" in attrs] == []
    assert response.text.count("<title>") == 1
    is_kept_nowhere = "no-store" in response.headers.get("Cache-Control", "")
    assert is_kept_nowhere == (path not in WITHOUT_FORMS)


@pytest.mark.parametrize("path", [*FOR_EVERYBODY, *FOR_PEOPLE])
def test_every_field_has_a_label_and_says_what_it_is_for(request, path):
    page = Page(opened(request, path).get(f"/en/accounts/{path}").text)
    labelled = {label.get("for") for label in page.all("label")}
    fields = page.fields()
    assert fields
    for field in fields:
        assert field["id"] in labelled
        assert "placeholder" not in field
        assert field.get("autocomplete") == TOKENS.get(field["name"])
        if "aria-describedby" in field:
            ids = {attrs.get("id") for _tag, attrs in page.elements}
            assert set(field["aria-describedby"].split()) <= ids


@pytest.mark.parametrize("language", ["en", "ar"])
@pytest.mark.parametrize("path", [*FOR_EVERYBODY, *FOR_PEOPLE])
def test_errors_stand_at_the_top_take_the_focus_and_lead_to_their_fields(request, path, language):
    data, wrong = (FOR_EVERYBODY | FOR_PEOPLE)[path]
    response = opened(request, path).post(f"/{language}/accounts/{path}", data)
    assert response.status_code == 200
    assert f"<title>{'خطأ' if language == 'ar' else 'Error'}: " in response.text
    page = Page(response.text)
    (summary,) = [div for div in page.all("div") if div.get("class") == "error-summary"]
    assert (summary["tabindex"], summary["role"], "autofocus" in summary) == ("-1", "alert", True)
    links = [a["href"] for a in page.all("a") if a["href"].startswith("#id_")]
    assert links == [f"#id_{name}" for name in wrong]
    fields = {field["name"]: field for field in page.fields()}
    for name in wrong:
        assert fields[name]["aria-invalid"] == "true"
        assert f"id_{name}_error" in fields[name]["aria-describedby"].split()
        assert f'id="id_{name}_error"' in response.text
    for name, value in data.items():
        if fields.get(name, {}).get("type") in ("text", "email"):
            assert fields[name].get("value", "") == value


@pytest.mark.parametrize("path", [*FOR_EVERYBODY, *FOR_PEOPLE, "sessions/", "logout/"])
def test_every_form_is_a_plain_post_to_our_own_pages(request, path):
    page = Page(opened(request, path).get(f"/en/accounts/{path}").text)
    forms = [form for form in page.all("form") if form.get("method") == "post"]
    assert forms
    assert [form for form in forms if not form.get("action", "/en/").startswith("/en/")] == []
    assert page.all("script") == [script for script in page.all("script") if "src" in script]


@pytest.mark.parametrize(
    "template",
    ["account/signup_closed.html", "account/email.html", "account/verification_sent.html"],
)
def test_pages_that_are_allauth_s_own_wear_our_frame(rf, person, template):
    request = rf.get("/en/accounts/email/")
    request.user = person
    text = get_template(template).render({"emailaddresses": []}, request)
    page = Page(text)
    assert page.all("main") == [{"id": "main", "tabindex": "-1"}]
    assert [h1.get("class") for h1 in page.all("h1")] == ["h1-s"]


def test_a_page_asked_for_as_json_is_a_page(browser, person):
    data = {"login": person.email, "password": "x"}
    response = browser.post("/en/accounts/login/", data, HTTP_ACCEPT="application/json")
    assert response.headers["Content-Type"].startswith("text/html")
