"""Searching from the address bar of a browser: the description, and suggestions as it reads them.

https://github.com/dewitt/opensearch
"""

from django.conf import settings
from django.http import HttpRequest, HttpResponse, JsonResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils import translation
from django.views.decorators.cache import cache_control
from django.views.decorators.http import require_safe

from portal.common.languages import LANGUAGE_CODES
from portal.pages.searching import asked
from portal.pages.suggestions import SECONDS_IN_A_BROWSER, suggestions_for

SUGGESTIONS_TYPE = "application/x-suggestions+json"


@require_safe
@cache_control(public=True, max_age=24 * 3600)
def description(request: HttpRequest) -> HttpResponse:
    """opensearch.xml: one document for all languages."""
    names, searches = [], []
    for language in LANGUAGE_CODES:
        with translation.override(language):
            names.append(str(settings.SITE_NAME))
            searches.append(reverse("pages:search"))
    context = {
        "languages": LANGUAGE_CODES,
        "names": names,
        "searches": searches,
        # Without a language it leads to the one of the reader.
        "search": searches[0].removeprefix(f"/{LANGUAGE_CODES[0]}"),
        "suggestions_type": SUGGESTIONS_TYPE,
    }
    return render(
        request,
        "pages/opensearch.xml",
        context,
        content_type="application/opensearchdescription+xml",
    )


@require_safe
@cache_control(private=True, max_age=SECONDS_IN_A_BROWSER)
def completions(request: HttpRequest) -> JsonResponse:
    """What was typed, titles, what stands beside them, and addresses: four lists of OpenSearch."""
    query = asked(request)
    suggestions, _words = suggestions_for(query)
    return JsonResponse(
        [
            query,
            [each.title.text for each in suggestions],
            [each.note.text for each in suggestions],
            [settings.SITE_URL + each.address for each in suggestions],
        ],
        safe=False,
        json_dumps_params={"ensure_ascii": False},
        content_type=SUGGESTIONS_TYPE,
        headers={"X-Robots-Tag": "noindex"},
    )
