"""Background work of the search."""

from celery import shared_task

from portal import search
from portal.search import misses


@shared_task(name="portal.search.prune_misses")
def prune_misses() -> None:
    """Forget rare and old searches without a match, so that their table stays small."""
    misses.prune()


@shared_task(name="portal.search.learn_lexicon")
def learn_lexicon() -> None:
    """Learn anew, from the texts as they are now, what stands for a word in the other language."""
    search.learn_from_texts()
