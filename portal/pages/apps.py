from django.apps import AppConfig

from portal import search


class PagesConfig(AppConfig):
    name = "portal.pages"
    label = "pages"

    def ready(self):
        from portal.pages.glossary import glossary_pairs  # noqa: PLC0415 - models are ready only now

        search.teach(glossary_pairs)
