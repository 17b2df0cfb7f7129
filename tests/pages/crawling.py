"""Everything that an anonymous reader can reach from the home pages, fetched once."""

from dataclasses import dataclass, field
from html.parser import HTMLParser
from urllib.parse import urljoin, urlsplit

from django.test import Client

SITE = "http://testserver"


@dataclass
class Page:
    """An answer, and what its HTML says."""

    path: str
    status: int
    location: str = ""
    cookies: list[str] = field(default_factory=list)
    language: str = ""
    links: list[str] = field(default_factory=list)
    ids: list[str] = field(default_factory=list)
    canonical: str = ""
    alternates: dict[str, str] = field(default_factory=dict)
    metadata: dict[str, str] = field(default_factory=dict)
    title: str = ""

    @property
    def is_indexed(self) -> bool:
        return self.status == 200 and bool(self.canonical) and "robots" not in self.metadata


class _Reader(HTMLParser):
    """Fill a Page from its HTML."""

    def __init__(self, page: Page):
        super().__init__()
        self.page = page
        self.is_in_title = False

    def handle_starttag(self, tag, attributes):
        given = dict(attributes)
        page = self.page
        self.is_in_title = tag == "title" and not page.title
        if "id" in given:
            page.ids.append(given["id"])
        if tag == "html":
            page.language = given.get("lang", "")
        elif tag == "a" and "href" in given:
            page.links.append(urljoin(SITE + page.path, given["href"]))
        elif tag == "link" and given.get("rel") == "canonical":
            page.canonical = given["href"]
        elif tag == "link" and given.get("rel") == "alternate" and "hreflang" in given:
            page.alternates[given["hreflang"]] = given["href"]
        elif tag == "link" and "href" in given:
            page.links.append(urljoin(SITE + page.path, given["href"]))
        elif tag == "meta" and "content" in given:
            page.metadata[given.get("name") or given.get("property", "")] = given["content"]

    def handle_endtag(self, tag):
        self.is_in_title = False

    def handle_data(self, data):
        if self.is_in_title:
            self.page.title += data


def fetch(client: Client, path: str) -> Page:
    response = client.get(path)
    page = Page(path, response.status_code, response.get("Location", ""), [*response.cookies])
    if response.get("Content-Type", "").startswith("text/html"):
        _Reader(page).feed(response.text)
    response.close()
    return page


def crawl(start: list[str]) -> dict[str, Page]:
    """Every page that links lead to, by path with query.

    Pages with a query are fetched, but no query that they lead to: the filters of a list can be
    combined without end. The switch of the language is not followed, nor the way back that a link
    to the sign-in page carries.
    """
    client = Client()
    pages: dict[str, Page] = {}
    waiting = list(start)
    while waiting:
        path = waiting.pop()
        if path in pages:
            continue
        page = pages[path] = fetch(client, path)
        client.cookies.clear()
        waiting += [
            inner
            for inner in inner_links(page)
            if inner not in pages and not ("?" in path and "?" in inner)
        ]
    return pages


def inner_links(page: Page) -> list[str]:
    """Path and query of each link that stays in the portal, without the language switch."""
    inner = []
    for link in page.links:
        parts = urlsplit(link)
        if f"{parts.scheme}://{parts.netloc}" == SITE and not parts.path.startswith("/language/"):
            has_query = parts.query and "/accounts/" not in parts.path
            inner.append(parts.path + (f"?{parts.query}" if has_query else ""))
    return inner
