"""Pages of practices that were taken down, and those on which that is done."""

import pytest
from django.contrib.admin.models import LogEntry
from django.test import Client
from django.utils import translation

from exchanges.choices import MembershipState
from exchanges.models import City
from portal import notices
from portal.common.journal import act_in
from practices import publication
from practices.choices import State
from practices.models import Practice
from tests.admin.conftest import desk, sent_by
from tests.practices.members import account, member, signed_in

pytestmark = pytest.mark.django_db

LONDON = "london-shared-endeavour-fund"
REASON = "The team was dissolved."


def page(practice: Practice, language: str = "en"):
    return Client().get(f"/{language}/practices/{practice.pk}-{practice.slug}/")


# The page that stays -----------------------------------------------------------------------------


def test_the_page_says_since_when_and_why(london, londoner):
    publication.withdraw(london, by=londoner, reason=f"{REASON}\nThe money ended.")
    response = page(london)
    assert response.status_code == 410
    text = response.text
    since = london.history.first().gone_since
    assert f'Withdrawn by the city on <time datetime="{since.date()}">' in text
    assert f'<p dir="ltr">{REASON}</p>\n<p dir="ltr">The money ended.</p>' in text
    assert london.title_en not in text
    assert londoner.name not in text


def test_a_reason_in_another_language_is_marked_as_such(london, londoner):
    with translation.override("ar"):
        publication.withdraw(london, by=londoner, reason="انتهى التمويل")
    assert '<p lang="ar" dir="rtl">انتهى التمويل</p>' in page(london).text
    assert '<p dir="rtl">انتهى التمويل</p>' in page(london, "ar").text


def test_without_a_reason_the_page_asks_no_why(london, curator):
    publication.archive(london, by=curator)
    assert "Why" not in page(london).text.split("<main")[1].split("</main")[0]


def test_a_practice_that_went_before_moments_were_noted_says_no_date(london):
    Practice.objects.filter(pk=london.pk).update(state=State.ARCHIVED)
    text = page(london).text
    assert '<p class="lead">Archived</p>' in text


# The page for the city ---------------------------------------------------------------------------


def withdraw_page(practice: Practice, slug: str = LONDON) -> str:
    return f"/en/practices/{practice.pk}-{slug}/withdraw/"


def test_who_is_not_signed_in_signs_in_first_and_comes_back(london):
    response = Client().get(withdraw_page(london))
    assert response.status_code == 302
    assert response.url == f"/en/accounts/login/?next={withdraw_page(london)}"


def test_it_asks_once_and_withdraws(london, londoner):
    client = signed_in(londoner)
    assert client.get(withdraw_page(london)).status_code == 200
    london.refresh_from_db()
    assert london.state == State.PUBLISHED
    response = client.post(withdraw_page(london), {"reason": REASON, "state": "archived"})
    assert (response.status_code, response.url) == (302, london.get_absolute_url())
    left = client.get(response.url)
    assert left.status_code == 410
    assert "The practice is withdrawn." in left.text
    london.refresh_from_db()
    assert (london.state, london.gone_reason_en) == (State.WITHDRAWN, REASON)


def test_sending_it_twice_withdraws_once(london, londoner):
    client = signed_in(londoner)
    for _time in range(2):
        response = client.post(withdraw_page(london), {"reason": REASON})
        assert response.url == london.get_absolute_url()
    assert LogEntry.objects.filter(object_id=str(london.pk)).count() == 1


def test_too_long_a_reason_comes_back_with_what_was_typed(london, londoner):
    typed = "y" * 1001
    response = signed_in(londoner).post(withdraw_page(london), {"reason": typed})
    assert response.status_code == 200
    assert '<a href="#id_reason">' in response.text
    assert typed in response.text
    london.refresh_from_db()
    assert london.state == State.PUBLISHED


def test_everybody_else_is_told_who_may_withdraw_it(london):
    someone = account("someone")
    elsewhere = member("sara", City.objects.get(slug="oslo"))
    ended = member("omar", london.city, MembershipState.ENDED)
    for person in (someone, elsewhere, ended):
        client = signed_in(person)
        for response in (client.get(withdraw_page(london)), client.post(withdraw_page(london), {})):
            assert response.status_code == 403
            assert "by people who speak for the city, and by curators" in response.text
            assert f'href="/en/cities/{london.city.slug}/speak/"' in response.text
            assert "<textarea" not in response.text
    assert signed_in(someone).get("/en/practices/999999-x/withdraw/").status_code == 404
    london.refresh_from_db()
    assert london.state == State.PUBLISHED


def test_a_draft_cannot_be_withdrawn(london, londoner):
    Practice.objects.filter(pk=london.pk).update(state=State.UNLISTED)
    assert signed_in(londoner).get(withdraw_page(london)).status_code == 404
    assert signed_in(account("someone")).get(withdraw_page(london)).status_code == 404


# The desk ----------------------------------------------------------------------------------------

LIST = desk("practices.practice")


def act_at_desk(client, action: str, *practices: Practice):
    data = {"action": action, "_selected_action": [practice.pk for practice in practices]}
    return client.post(LIST, data, follow=True)


def test_curators_act_on_several_practices_at_once(london, curator):
    other = Practice.objects.published().exclude(pk=london.pk).first()
    client = signed_in(curator)
    said = act_at_desk(client, "archive", london, other).text
    assert "2 practices changed." in said
    assert Practice.objects.gone().count() == 2
    said = act_at_desk(client, "archive", london, other).text
    assert "This practice is not published any more." in said
    assert "changed." not in said
    act_at_desk(client, "publish_again", london)
    act_at_desk(client, "withdraw", london)
    london.refresh_from_db()
    other.refresh_from_db()
    assert (london.state, other.state) == (State.WITHDRAWN, State.ARCHIVED)


def test_translators_have_none_of_these_acts(london):
    client = signed_in(account("layla", roles=["translator"]))
    act_at_desk(client, "archive", london)
    london.refresh_from_db()
    assert london.state == State.PUBLISHED
    assert 'value="archive"' not in client.get(LIST).text


def test_the_form_of_the_desk_tells_the_city_as_well(london, londoner, curator):
    client = signed_in(curator)
    address = desk("practices.practice", "change", pk=london.pk)
    taken_down = {"state": State.ARCHIVED, "gone_reason_en": REASON}
    assert client.post(address, sent_by(client.get(address)) | taken_down).status_code == 302
    assert REASON in page(london).text
    assert client.post(address, sent_by(client.get(address))).status_code == 302
    back = {"state": State.PUBLISHED}
    assert client.post(address, sent_by(client.get(address)) | back).status_code == 302
    kinds = [notice.kind for notice in notices.newest_for(londoner)]
    assert kinds == ["practice_published_again", "practice_archived"]
    acts = [act_in(entry) for entry in LogEntry.objects.order_by("pk")]
    assert [act for act in acts if act] == ["practice-archived", "practice-published-again"]


def test_the_history_at_the_desk_shows_the_acts(london, londoner, curator):
    publication.withdraw(london, by=londoner)
    address = desk("practices.practice", "history", pk=london.pk)
    response = signed_in(curator).get(address)
    newest = response.context["page_obj"][0]
    assert [(act.name, str(act.person)) for act in newest.acts] == [
        ("Withdrawn by the city", "Amina")
    ]
    assert "<strong>Withdrawn by the city</strong>: <bdi>Amina</bdi>" in response.text
