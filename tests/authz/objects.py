"""The records that the routes are opened with.

What is private belongs to `author`, an official of Oslo, or to the desk alone, and is full of
canaries. A new kind of private record is made here, and opened by a row of addresses.py.
"""

from django.contrib import admin
from django.contrib.contenttypes.models import ContentType
from django.db import models
from django.utils import timezone

from exchanges.models import City, DialogueEvent, EventDocument, Partner
from findings.models import Edition, Finding
from portal import search
from portal.common.dates import PartialDate
from portal.common.models import CacheEntry
from portal.search.models import Miss
from practices.choices import State
from practices.models import Practice, PracticeDocument, PracticePhoto
from tests.authz.canary import Canary
from tests.authz.people import CityPeople, People
from tests.authz.writings import Writings
from tests.common.corpus import upload


class Objects:
    """People of all roles, and a record of every kind in every state that changes an answer.

    `opened` has, by model, the record with which its desk is opened.
    """

    def __init__(self):
        self.canary = Canary()
        self.people = People(self.canary)
        self._add_exchanges()
        self._add_findings()
        self._add_practices()
        self._add_files()
        self._add_what_nobody_typed()
        self.network = CityPeople(self.people, self.canary, self.city)
        self.writings = Writings(self.people, self.canary)
        self.opened = self._opened_at_the_desk()
        search.refresh(self.opened.values())

    def named(self, practice: Practice) -> tuple[int, str]:
        """What the address of a practice is made of."""
        return practice.pk, practice.slug

    def on_site(self, record: models.Model) -> tuple[int, int]:
        """What the desk's way to a record's own page is made of."""
        return ContentType.objects.get_for_model(record).pk, record.pk

    def _add_exchanges(self) -> None:
        plant = self.canary.plant
        self.city = City.objects.get(slug="oslo")
        plant(self.city, "Oslo")
        self.hidden_city = City.objects.create(
            slug="hidden-city", name="Hidden", country=self.city.country, is_published=False
        )
        plant(self.hidden_city, "a hidden city", hidden_but_for="staff")
        self.event = DialogueEvent.objects.published().filter(starts__contains="-").earliest("pk")
        plant(self.event, "an event")
        self.hidden_event = DialogueEvent.objects.create(
            slug="hidden-event", title="Hidden", starts=PartialDate(2024), is_published=False
        )
        plant(self.hidden_event, "a hidden event", hidden_but_for="staff")
        self.partner = Partner.objects.first()
        plant(self.partner, "a partner")

    def _add_findings(self) -> None:
        plant = self.canary.plant
        self.finding = Finding.objects.get(edition__year=2023, number=3)
        plant(self.finding, "a finding")
        self.edition = self.finding.edition
        plant(self.edition, "an edition")
        self.hidden_edition = Edition.objects.create(year=2031, title="Hidden", is_published=False)
        plant(self.hidden_edition, "a hidden edition", hidden_but_for="staff")
        self.hidden_finding = Finding.objects.create(
            edition=self.hidden_edition, number=1, title="Hidden", recommendation="Hidden"
        )
        plant(self.hidden_finding, "a hidden finding", hidden_but_for="staff")

    def _add_practices(self) -> None:
        plant = self.canary.plant
        self.practice = Practice.objects.published().filter(city=self.city).earliest("pk")
        plant(self.practice, "a practice")
        alike = {"city": self.city, "main_theme": self.practice.main_theme, "title": "Hidden"}
        self.unlisted = Practice.objects.create(slug="unlisted", state=State.UNLISTED, **alike)
        plant(self.unlisted, "an unlisted practice", hidden_but_for="staff")
        self.withdrawn = Practice.objects.create(slug="withdrawn", state=State.WITHDRAWN, **alike)
        plant(self.withdrawn, "a withdrawn practice", hidden_but_for="staff")

    def _add_files(self) -> None:
        self.document = self._document(PracticeDocument, "everyone", practice=self.practice)
        self.unlisted_document = self._document(PracticeDocument, "staff", practice=self.unlisted)
        self.event_document = self._document(EventDocument, "staff", event=self.hidden_event)
        self.photo = self._photo(self.practice)
        self.unlisted_photo = self._photo(self.unlisted)
        self.canary.plant(self.unlisted_photo, "an unlisted photo", hidden_but_for="staff")

    def _document(self, model: type[models.Model], readers: str, **owner) -> models.Model:
        place = f"a document for {readers} of {model.__name__}"
        content = self.canary.document(f"content of {place}", readers=readers)
        document = model.objects.create(file=upload("report.pdf", content), title="Report", **owner)
        if readers != "everyone":
            self.canary.plant(document, place, hidden_but_for=readers)
        return document

    def _photo(self, practice: Practice) -> PracticePhoto:
        content = self.canary.photo(f"who took the photo of {practice.slug}")
        return PracticePhoto.objects.create(
            practice=practice, alt="Two people", image=upload("photo.jpg", content)
        )

    def _add_what_nobody_typed(self) -> None:
        today = timezone.localdate()
        self.miss = Miss(language="en", place="practices", count=9, first_day=today, last_day=today)
        self.canary.plant(self.miss, "a search without a match")
        self.canary.plant(CacheEntry(expires=timezone.now()), "the cache")

    def _opened_at_the_desk(self) -> dict[str, models.Model]:
        """The most private record of each model with a desk; any, where none is private."""
        ours = [
            self.people["author"], self.hidden_city, self.hidden_event, self.partner,
            self.hidden_edition, self.hidden_finding, self.unlisted, self.miss,
            self.network.waiting, self.writings.in_review,
        ]  # fmt: skip
        found = {model: model._default_manager.earliest("pk") for model in admin.site._registry}
        return {model._meta.label_lower: record for model, record in found.items()} | {
            record._meta.label_lower: record for record in ours
        }
