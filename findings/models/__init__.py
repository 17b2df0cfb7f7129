from findings.models.edition import Edition, EditionSource
from findings.models.finding import Discussion, Finding, FindingPhoto, FindingSource

__all__ = [
    "Discussion",
    "Edition",
    "EditionSource",
    "Finding",
    "FindingPhoto",
    "FindingSource",
]
