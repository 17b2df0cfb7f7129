"""The record format of bulk loading: which keys a line of each kind has. docs/operators.md says
what stands in them; all but `kind` are named after columns of the models."""

from collections.abc import Hashable, Mapping
from dataclasses import dataclass
from typing import Any

from django.db import models

from exchanges.models import City, Country, Theme
from findings.models import Edition, Finding
from practices.models import Practice, TargetGroup


@dataclass(frozen=True)
class Shape:
    """The keys of one kind of line.

    `texts` are given a language each, `columns` as one value, `links` as lists of keys of other
    records. `identity` are the columns that tell records of the kind apart.
    """

    kind: str
    model: type[models.Model]
    identity: tuple[str, ...]
    texts: tuple[str, ...]
    columns: tuple[str, ...] = ()
    links: tuple[str, ...] = ()
    required: frozenset[str] = frozenset()
    has_sources: bool = False

    def key_of(self, values: Mapping[str, Any]) -> Hashable:
        """How other lines mention the record with these columns: "berlin", 2023, "2023-3"."""
        parts = [values[column] for column in self.identity]
        return parts[0] if len(parts) == 1 else "-".join(map(str, parts))


COUNTRY = Shape(
    "country",
    Country,
    identity=("code",),
    texts=("name",),
    columns=("code", "region"),
    required=frozenset({"code", "name", "region"}),
)
THEME = Shape(
    "theme",
    Theme,
    identity=("slug",),
    texts=("name", "description"),
    columns=("slug",),
    required=frozenset({"slug", "name"}),
)
TARGET_GROUP = Shape(
    "target_group",
    TargetGroup,
    identity=("slug",),
    texts=("name", "description"),
    columns=("slug",),
    required=frozenset({"slug", "name"}),
)
CITY = Shape(
    "city",
    City,
    identity=("slug",),
    texts=("name", "other_names"),
    columns=(
        "slug",
        "country",
        "latitude",
        "longitude",
        "population",
        "population_year",
        "website",
    ),
    required=frozenset({"slug", "name", "country"}),
)
EDITION = Shape(
    "edition",
    Edition,
    identity=("year",),
    texts=("title", "intro"),
    columns=("year", "original_language", "is_complete"),
    required=frozenset({"year", "title"}),
)
FINDING = Shape(
    "finding",
    Finding,
    identity=("edition", "number"),
    texts=("title", "summary", "recommendation"),
    columns=("edition", "number", "original_language", "is_partial"),
    links=("themes",),
    required=frozenset({"edition", "number", "title"}),
)
PRACTICE = Shape(
    "practice",
    Practice,
    identity=("slug",),
    texts=Practice.TEXTS,
    columns=(
        "slug",
        "city",
        "main_theme",
        "original_language",
        "state",
        "published_at",
        "review_by",
        "starts",
        "ends",
        "cost_band",
        "evidence",
        "effect",
        "evaluation_url",
        "curator_note",
    ),
    links=("other_cities", "findings", "themes", "target_groups"),
    required=frozenset({"slug", "city", "main_theme", "title"}),
    has_sources=True,
)
SHAPES = {
    shape.kind: shape for shape in (COUNTRY, THEME, TARGET_GROUP, CITY, EDITION, FINDING, PRACTICE)
}
SHAPE_OF_MODEL = {shape.model: shape for shape in SHAPES.values()}
