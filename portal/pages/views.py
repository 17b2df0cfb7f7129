"""Pages that need several apps: home, and what the portal says about itself."""

import datetime

from django.conf import settings
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.views.decorators.http import require_safe

from exchanges.mapping import transatlantic_map
from exchanges.models import City, DialogueEvent
from findings.answers import with_answers
from findings.editions import main_edition, published_editions
from findings.models import Finding
from portal.common.languages import current_language
from portal.pages.examples import SEARCH_EXAMPLES
from portal.pages.hosting import hosting_cities
from portal.pages.numbers import network_numbers
from practices.choices import Evidence
from practices.models import Practice

RECENT_PRACTICES = 4
STATEMENT_PREPARED_ON = datetime.date(2026, 11, 22)


@require_safe
def home(request: HttpRequest) -> HttpResponse:
    """What there is to find, on one page: at most eight statements."""
    editions = list(published_editions())
    edition = main_edition(editions)
    cities = list(City.objects.published().in_reading_order())
    events = list(DialogueEvent.objects.published().with_places().in_order_of_date())
    hosts = hosting_cities(events)
    context = {
        "edition": edition,
        "editions": editions,
        "findings": findings_of(edition),
        "map": transatlantic_map(cities, hosted={host.city.pk: len(host.events) for host in hosts}),
        "hosts": hosts,
        "events": events,
        "recent": Practice.objects.published().for_cards().newest_first()[:RECENT_PRACTICES],
        "numbers": network_numbers(cities, events, editions),
        "examples": SEARCH_EXAMPLES,
        "metadata": {
            "@type": "WebSite",
            "name": str(settings.SITE_NAME),
            "url": settings.SITE_URL + reverse("pages:home"),
            "inLanguage": current_language(),
            "potentialAction": {
                "@type": "SearchAction",
                "target": settings.SITE_URL + reverse("pages:search") + "?q={query}",
                "query-input": "required name=query",
            },
        },
    }
    return render(request, "pages/home.html", context)


def findings_of(edition):
    """The published findings of `edition`, if there is one, with what answers them."""
    if edition is None:
        return Finding.objects.none()
    return with_answers(edition.findings.published()).order_by("number")


@require_safe
def about(request: HttpRequest) -> HttpResponse:
    """What the exchange is, for whom, and how evidence is rated."""
    context = {"strengths": list(Evidence), "contact_email": settings.CONTACT_EMAIL}
    return render(request, "pages/about.html", context)


@require_safe
def accessibility(request: HttpRequest) -> HttpResponse:
    """The accessibility statement after the model of Decision (EU) 2018/1523."""
    context = {"prepared_on": STATEMENT_PREPARED_ON, "contact_email": settings.CONTACT_EMAIL}
    return render(request, "pages/accessibility.html", context)


@require_safe
def privacy(request: HttpRequest) -> HttpResponse:
    """What is kept about readers and about people with an account."""
    context = {
        "contact_email": settings.CONTACT_EMAIL,
        "language_cookie": settings.LANGUAGE_COOKIE_NAME,
        "session_cookie": settings.SESSION_COOKIE_NAME,
        "session_hours": settings.SESSION_COOKIE_AGE // 3600,
        "csrf_cookie": settings.CSRF_COOKIE_NAME,
        "unclaimed_days": settings.UNCLAIMED_DRAFT_DAYS,
    }
    return render(request, "pages/privacy.html", context)
