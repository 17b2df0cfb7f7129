"""Which texts of editions and findings have a column a language; history is kept of the result."""

import simple_history
from modeltranslation.translator import TranslationOptions, register

from findings.models import Edition, EditionSource, Finding, FindingPhoto, FindingSource


@register(Edition)
class EditionTranslation(TranslationOptions):
    fields = ["intro", "title"]


@register(Finding)
class FindingTranslation(TranslationOptions):
    fields = ["recommendation", "summary", "title"]


@register([EditionSource, FindingSource])
class SourceTranslation(TranslationOptions):
    fields = ["label"]


@register(FindingPhoto)
class PhotoTranslation(TranslationOptions):
    fields = ["alt", "caption", "credit"]


# After the translated columns exist, so that the history has them too.
for _model in (Edition, Finding):
    simple_history.register(_model, app="findings")
