"""Search quality of the portal's own index, measured by the search development set.

`python -m tests.bench.search` prints the mean reciprocal rank of the right paragraph among the
first ten: for whole questions (Q), three of their words (K), the last of these half typed (T), what
is kept of it when words are changed, and for questions in the other language.
"""

import os
import sys
import tempfile
from pathlib import Path

import django
from django.core.management import call_command

DEVELOPMENT_SET = Path(__file__).resolve().parents[3] / "shared" / "search"
KIND = "paragraph"


class Engine:
    """The portal's search as the development set drives it, over themes in an empty database."""

    def __init__(self):
        self._folder = tempfile.TemporaryDirectory()
        os.environ["DATABASE_URL"] = f"sqlite:///{self._folder.name}/search.sqlite3"
        os.environ["DJANGO_SETTINGS_MODULE"] = "portal.settings.test"
        django.setup()
        call_command("migrate", verbosity=0)
        # Only after the set-up can what depends on models be imported.
        from exchanges.models import Theme  # noqa: PLC0415
        from portal import search  # noqa: PLC0415
        from portal.common.languages import shown  # noqa: PLC0415

        self._search, self._themes = search, Theme.objects
        search.register(
            KIND,
            Theme,
            queryset=Theme.objects.all,
            texts=lambda theme, language: {
                "title": shown(theme, "name", language).text,
                "body": shown(theme, "description", language).text,
            },
        )

    def index(self, docs: list[tuple[str, str, str, str]]) -> None:
        """Replace what can be found by `docs`: id, title, text and language of each."""
        model = self._themes.model
        self._themes.all().delete()
        themes = self._themes.bulk_create(
            model(
                slug=f"paragraph-{number}",
                **{f"name_{language}": title, f"description_{language}": text},
            )
            for number, (_id, title, text, language) in enumerate(docs)
        )
        self._ids = {theme.pk: doc[0] for theme, doc in zip(themes, docs, strict=True)}
        self._search.rebuild()

    def learn(self, pairs: list[tuple[str, str]]) -> None:
        """Learn from texts that translate each other; without any, forget what was learned."""
        self._search.learn(pairs)

    def search(self, query: str, lang: str, k: int) -> list[str]:
        """Ids of the best `k` for `query`."""
        found = self._search.find(query, language=lang, kinds=[KIND], limit=k)
        return [self._ids[key] for key in found.ids]


def main() -> int:
    if not DEVELOPMENT_SET.is_dir():
        print(f"Skipped: the search development set is not in {DEVELOPMENT_SET}.")
        return 0
    sys.dont_write_bytecode = True
    sys.path.insert(0, str(DEVELOPMENT_SET))
    import quality  # noqa: PLC0415 - it is there only now

    sys.argv = ["quality.py", "tests.bench.search:Engine"]
    quality.main()
    return 0


if __name__ == "__main__":
    sys.exit(main())
