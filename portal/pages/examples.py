"""What is often sought; each example finds practices in every language."""

from django.utils.translation import pgettext_lazy

SEARCH_EXAMPLES = [
    pgettext_lazy("example of a search", "rumours"),
    pgettext_lazy("example of a search", "support for families"),
    pgettext_lazy("example of a search", "online hate"),
]
