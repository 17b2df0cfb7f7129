"""How a column of one language is called. Settings import this, so it imports nothing of ours."""

from django.utils.translation import get_language_info, pgettext


def name_of_column(name: str, language: str) -> str:
    """The name of a translated field with that of its language: "title (Arabic)"."""
    return pgettext("column of a language", "%(name)s (%(language)s)") % {
        "name": name,
        "language": get_language_info(language)["name_translated"],
    }
