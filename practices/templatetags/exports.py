"""Links by which a list of practices is taken along."""

from dataclasses import dataclass

from django import template
from django.urls import reverse

from practices.addresses import ListState
from practices.exports.formats import FORMATS
from practices.exports.selection import query_of

register = template.Library()


@dataclass(frozen=True)
class FileLink:
    """One format of a list, and the address of the file."""

    label: str
    description: str
    address: str


@register.simple_tag
def file_links(state: ListState) -> list[FileLink]:
    """The list in each format of files, all its pages."""
    query = query_of(state)
    return [
        FileLink(
            format_.label,
            format_.description,
            reverse("practices:practice-export", args=[format_.name]) + query,
        )
        for format_ in FORMATS
    ]


@register.simple_tag
def list_link(name: str, state: ListState) -> str:
    """The address of the view `name` of practices for the same list, all its pages."""
    return reverse(f"practices:{name}") + query_of(state)
