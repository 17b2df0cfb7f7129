"""What is new, for feed readers."""

from django.conf import settings
from django.contrib.syndication.views import Feed
from django.urls import reverse
from django.utils.feedgenerator import Atom1Feed
from django.utils.translation import gettext as _

from portal.common.languages import current_language, shown
from practices.models import Practice

PRACTICES_IN_FEED = 30


class AtomInLanguages(Atom1Feed):
    """Atom in which an entry can be in another language than the feed."""

    def item_attributes(self, item):
        return {**super().item_attributes(item), "xml:lang": item["language"]}


class PracticeFeed(Feed):
    """The practices that were published last, as a reader of the active language sees them.

    Addresses start with SITE_URL, whatever host the request names.
    """

    feed_type = AtomInLanguages

    def title(self):
        return _("%(site)s: new practices") % {"site": settings.SITE_NAME}

    def subtitle(self):
        return _("What cities on both sides of the Atlantic do against hate and extremism.")

    def link(self):
        return settings.SITE_URL + reverse("practices:practice-list")

    def feed_url(self):
        return settings.SITE_URL + reverse("practices:practice-feed")

    def author_name(self):
        return str(settings.SITE_NAME)

    def items(self):
        practices = Practice.objects.published().select_related("city", "main_theme")
        return practices.newest_first()[:PRACTICES_IN_FEED]

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
