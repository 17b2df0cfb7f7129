"""What a page of the list of practices shows, read from its markup."""

import re

from practices.models import Practice

LIST = "/en/practices/"
_NEAREST = '<h2 class="nearest'


def shown_ids(response) -> list[int]:
    """Primary keys of the cards of a page, in their order."""
    return _ids(response.text.partition(_NEAREST)[0])


def nearest_ids(response) -> list[int]:
    """Primary keys of the cards that are suggested where nothing was found."""
    return _ids(response.text.partition(_NEAREST)[2])


def all_ids(client, query: str) -> list[int]:
    """Primary keys on all pages of a list."""
    first = client.get(f"{LIST}?{query}")
    ids = shown_ids(first)
    for number in range(2, first.context["page_obj"].paginator.num_pages + 1):
        ids += shown_ids(client.get(f"{LIST}?{query}&page={number}"))
    return ids


def chips(response) -> list[tuple[str, str]]:
    return re.findall(r'<a class="chip" href="([^"]*)"><span>([^<]*)</span>', response.text)


def boxes(text: str, facet: str) -> dict[str, tuple[int, str]]:
    """Of each value of a facet its count, and "checked", "disabled" or nothing, in their order."""
    found = re.findall(
        rf'<input type="checkbox" id="{facet}-[^"]*" name="{facet}" value="([^"]+)" ?(\w*)>'
        r'.*?<span class="num">([\d,]+)</span>',
        text,
    )
    return {value: (int(count.replace(",", "")), state) for value, state, count in found}


def results_of(text: str) -> str:
    return text[text.index('<section aria-labelledby="results"') :]


def ids_where(**conditions) -> set[int]:
    return set(Practice.objects.published().filter(**conditions).values_list("pk", flat=True))


def _ids(text: str) -> list[int]:
    links = re.findall(r'<h3[^>]*><a href="/(?:en|ar)/practices/(\d+)-', text)
    return [int(link) for link in links]
