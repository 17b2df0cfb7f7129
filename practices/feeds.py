"""What is new, for feed readers: of all practices, or of those in one list."""

from collections.abc import Mapping
from dataclasses import dataclass

from django.conf import settings
from django.contrib.syndication.views import Feed
from django.urls import reverse
from django.utils.feedgenerator import Atom1Feed
from django.utils.translation import gettext as _

from portal.common.languages import current_language, shown
from practices.addresses import ListState
from practices.choices import Sort
from practices.exports.selection import asked_list, asked_page, query_of
from practices.models import Practice
from practices.results import matching_ids

PRACTICES_IN_FEED = 30
ATOM = "application/atom+xml"


@dataclass(frozen=True)
class FeedPage:
    """One page of the feed of a list, and whether there is one after it."""

    state: ListState
    number: int
    practices: list[Practice]
    has_next: bool

    def address(self, number: int) -> str:
        """Where a page of this feed is."""
        query = query_of(self.state)
        if number > 1:
            query += f"{'&' if query else '?'}page={number}"
        return settings.SITE_URL + reverse("practices:practice-feed") + query

    @property
    def neighbours(self) -> Mapping[str, str]:
        """The addresses of other pages by their relation to this one (RFC 5005)."""
        links = {}
        if self.number > 1:
            links |= {"first": self.address(1), "previous": self.address(self.number - 1)}
        if self.has_next:
            links["next"] = self.address(self.number + 1)
        return links


class AtomInPages(Atom1Feed):
    """Atom with links to its other pages; an entry can be in another language than the feed."""

    def add_root_elements(self, handler):
        super().add_root_elements(handler)
        for relation, address in self.feed["neighbours"].items():
            link = {"rel": relation, "href": address, "type": ATOM}
            handler.addQuickElement("link", "", link)

    def item_attributes(self, item):
        return {**super().item_attributes(item), "xml:lang": item["language"]}


class PracticeFeed(Feed):
    """The practices that were published last, as a reader of the active language sees them.

    The query is that of the list of practices and chooses among them; the order is always newest
    first. Addresses start with SITE_URL, whatever host the request names.
    """

    feed_type = AtomInPages

    def get_object(self, request):
        state = asked_list(request.GET).sorted_by(Sort.NEWEST)
        number = asked_page(request.GET)
        practices = _newest(state, (number - 1) * PRACTICES_IN_FEED)
        has_next = len(practices) > PRACTICES_IN_FEED
        return FeedPage(state, number, practices[:PRACTICES_IN_FEED], has_next)

    def title(self, page):
        if page.state.query:
            named = {"site": settings.SITE_NAME, "words": page.state.query}
            return _("%(site)s: practices on “%(words)s”") % named
        if page.state.is_filtered:
            return _("%(site)s: a selection of practices") % {"site": settings.SITE_NAME}
        return _("%(site)s: new practices") % {"site": settings.SITE_NAME}

    def subtitle(self):
        return _("What cities on both sides of the Atlantic do against hate and extremism.")

    def link(self, page):
        return settings.SITE_URL + page.state.address

    def feed_url(self, page):
        return page.address(page.number)

    def feed_extra_kwargs(self, page):
        return {"neighbours": page.neighbours}

    def author_name(self):
        return str(settings.SITE_NAME)

    def items(self, page):
        return page.practices

    def item_title(self, practice):
        return f"{shown(practice, 'title')} ({shown(practice.city, 'name')})"

    def item_description(self, practice):
        return shown(practice, "summary").text

    def item_link(self, practice):
        return settings.SITE_URL + practice.get_absolute_url()

    def item_guid(self, practice):
        return f"{settings.SITE_URL}/{current_language()}/practices/{practice.pk}"

    def item_pubdate(self, practice):
        return practice.published_at

    def item_updateddate(self, practice):
        return practice.updated_at

    def item_categories(self, practice):
        return [shown(practice.main_theme, "name").text]

    def item_extra_kwargs(self, practice):
        return {"language": shown(practice, "title").language}


def _newest(state: ListState, start: int) -> list[Practice]:
    """The practices of a page that begins at `start`, and one more where there is a next page."""
    span = slice(start, start + PRACTICES_IN_FEED + 1)
    practices = Practice.objects.published().select_related("city", "main_theme").newest_first()
    if state.query or state.is_filtered:
        return list(practices.filter(pk__in=matching_ids(state)[span]))
    return list(practices[span])
