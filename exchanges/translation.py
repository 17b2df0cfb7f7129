"""Which texts of cities and events have a column a language; history is kept of the result."""

import simple_history
from modeltranslation.translator import TranslationOptions, register

from exchanges.models import (
    City,
    CitySource,
    Country,
    DialogueEvent,
    EventDocument,
    EventPhoto,
    EventSource,
    Partner,
    Theme,
)


@register(Country)
class CountryTranslation(TranslationOptions):
    fields = ["name"]


@register(Theme)
class ThemeTranslation(TranslationOptions):
    fields = ["description", "name"]


@register(City)
class CityTranslation(TranslationOptions):
    fields = ["name", "other_names", "population_basis"]


@register(Partner)
class PartnerTranslation(TranslationOptions):
    fields = ["name"]


@register(DialogueEvent)
class DialogueEventTranslation(TranslationOptions):
    fields = ["participants", "summary", "title", "venue"]


@register([CitySource, EventSource])
class SourceTranslation(TranslationOptions):
    fields = ["label"]


@register(EventDocument)
class DocumentTranslation(TranslationOptions):
    fields = ["title"]


@register(EventPhoto)
class PhotoTranslation(TranslationOptions):
    fields = ["alt", "caption", "credit"]


# After the translated columns exist, so that the history has them too.
for _model in (City, Country, DialogueEvent, Partner, Theme):
    simple_history.register(_model, app="exchanges")
