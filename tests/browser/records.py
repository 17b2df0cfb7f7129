"""Rows beside the loaded content, so that every kind of page has its fullest and emptiest form.

Run as a program with Django's settings in the environment. Texts are taken from the content.
Prints the numbers of all practices by slug, as JSON.
"""

import io
import json
import sys

import django
from PIL import Image

django.setup()

from django.core.files.base import ContentFile  # noqa: E402
from django.db import transaction  # noqa: E402

from exchanges.models import (  # noqa: E402
    City,
    DialogueEvent,
    EventDocument,
    EventPartner,
    EventPhoto,
    Partner,
    Theme,
)
from findings.models import Edition, Finding  # noqa: E402
from portal import search  # noqa: E402
from portal.common.dates import PartialDate  # noqa: E402
from practices.choices import CostBand, Effect, Evidence, State  # noqa: E402
from practices.models import Practice, PracticeDocument, PracticePhoto  # noqa: E402

PDF = b"%PDF-1.4\n1 0 obj<</Type/Catalog>>endobj\ntrailer<</Root 1 0 R>>\n%%EOF\n"


def picture() -> ContentFile:
    """A small JPEG of one colour."""
    stream = io.BytesIO()
    Image.new("RGB", (640, 360), "#0d4c61").save(stream, "JPEG")
    return ContentFile(stream.getvalue(), name="picture.jpg")


def text_of(practice: Practice, field: str) -> dict:
    return {f"{field}_{code}": getattr(practice, f"{field}_{code}") for code in ("en", "ar")}


def fullest_practice() -> Practice:
    """The richest practice of the content with everything filled that the content lacks."""
    practice = Practice.objects.get(slug="london-shared-endeavour-fund")
    for field, source in (("what_did_not_work", "problem"), ("what_a_city_needs", "resources")):
        for name, text in text_of(practice, source).items():
            setattr(practice, name.replace(source, field), text)
    practice.cost_band, practice.effect = CostBand.HIGH, Effect.IMPROVED
    practice.evaluation_url = practice.sources.first().url
    practice.ends = PartialDate(2025, 3)
    practice.save()
    practice.other_cities.set(City.objects.exclude(pk=practice.city_id)[:3])
    titles = {"title_en": practice.title_en, "title_ar": practice.title_ar}
    document = PracticeDocument(practice=practice, language="en", **titles)
    document.file.save("report.pdf", ContentFile(PDF, name="report.pdf"))
    alt = {"alt_en": practice.city.name_en, "alt_ar": practice.city.name_ar}
    photo = PracticePhoto(practice=practice, caption_en=practice.summary_en, **alt)
    photo.image.save("picture.jpg", picture())
    return practice


def fullest_event() -> DialogueEvent:
    event = DialogueEvent.objects.get(slug="tdi-2023-oslo")
    document = EventDocument(event=event, title_en=event.title_en, title_ar=event.title_ar)
    document.file.save("report.pdf", ContentFile(PDF, name="report.pdf"))
    photo = EventPhoto(event=event, alt_en=event.title_en, alt_ar=event.title_ar)
    photo.image.save("picture.jpg", picture())
    for role in ("host", "funder"):
        EventPartner.objects.get_or_create(event=event, partner=Partner.objects.first(), role=role)
    return event


def fullest_city() -> City:
    city = City.objects.get(slug="oslo")
    city.offers.set(Theme.objects.all()[:4])
    city.seeks.set(Theme.objects.all()[4:7])
    return city


def add_records() -> None:
    """Add the rows; one transaction, search refreshed last."""
    full = fullest_practice()
    oslo = fullest_city()
    fullest_event()
    empty = Practice.objects.create(
        slug="emptiest", title_en=full.title_en, title_ar=full.title_ar, city=oslo,
        main_theme=full.main_theme, state=State.PUBLISHED,
    )  # fmt: skip
    one_language = Practice.objects.create(
        slug="only-arabic", original_language="ar", title_ar=full.title_ar,
        summary_ar=full.summary_ar, problem_ar=full.problem_ar, approach_ar=full.approach_ar,
        steps_ar=full.steps_ar, city=oslo, main_theme=full.main_theme,
        evidence=Evidence.STRONG, state=State.PUBLISHED,
    )  # fmt: skip
    only_english = Practice.objects.create(
        slug="only-english", title_en=full.title_en, summary_en=full.summary_en,
        problem_en=full.problem_en, approach_en=full.approach_en, city=oslo,
        main_theme=full.main_theme, state=State.PUBLISHED,
    )  # fmt: skip
    withdrawn = Practice.objects.create(
        slug="withdrawn", title_en=full.title_en, title_ar=full.title_ar, city=oslo,
        main_theme=full.main_theme, state=State.WITHDRAWN, gone_reason_en=full.summary_en,
    )  # fmt: skip
    empty_city = City.objects.create(slug="emptiest", name_en=oslo.name_en, country=oslo.country)
    empty_event = DialogueEvent.objects.create(
        slug="emptiest", title_ar=full.title_ar, original_language="ar", starts=PartialDate(2022)
    )
    edition = Edition.objects.create(year=2021, title_en="2021")
    finding = Finding.objects.create(
        edition=edition, number=10, title_en=full.title_en, recommendation_en=full.summary_en
    )
    for records in (
        [full, empty, one_language, only_english, withdrawn],
        [oslo, empty_city],
        [empty_event],
        [finding],
    ):
        search.refresh(records)


if __name__ == "__main__":
    with transaction.atomic():
        add_records()
    json.dump(dict(Practice.objects.values_list("slug", "pk")), sys.stdout)
