from django.core.management.base import BaseCommand

from portal import search


class Command(BaseCommand):
    help = "Learn anew, from all public texts, what stands for a word in the other language."

    def handle(self, *args, verbosity, **options):
        learned = search.learn_from_texts()
        if verbosity:
            self.stdout.write(f"{learned} translations of word stems learned")
