"""Which texts of practices have a column a language; history is kept of the result."""

import simple_history
from modeltranslation.translator import TranslationOptions, register

from practices.models import (
    Practice,
    PracticeDocument,
    PracticePhoto,
    PracticeSource,
    TargetGroup,
)


@register(TargetGroup)
class TargetGroupTranslation(TranslationOptions):
    fields = ["description", "name"]


@register(Practice)
class PracticeTranslation(TranslationOptions):
    fields = sorted([*Practice.TEXTS, "gone_reason"])


@register(PracticeSource)
class SourceTranslation(TranslationOptions):
    fields = ["label"]


@register(PracticeDocument)
class DocumentTranslation(TranslationOptions):
    fields = ["title"]


@register(PracticePhoto)
class PhotoTranslation(TranslationOptions):
    fields = ["alt", "caption", "credit"]


# After the translated columns exist, so that the history has them too.
for _model in (Practice, TargetGroup):
    simple_history.register(_model, app="practices")
