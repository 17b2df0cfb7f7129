"""Submissions: everything that a city writes before it is public."""

import secrets
import uuid

from django.conf import settings
from django.db import models
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from exchanges.models import City
from portal.accounts.invitations import Invitation
from portal.accounts.models import User
from portal.common.attachments import Attachment, random_name
from portal.common.fields import CleanLine, CleanText
from portal.common.filefields import DocumentField
from portal.common.languages import InOriginalLanguage
from practices.choices import OPEN_STATES, WAITING_STATES, WRITABLE_STATES, SubmissionState
from practices.models.practice import Practice
from practices.querysets import SubmissionQuerySet

# No vowels, so that no word comes of it, and nothing that looks like something else.
REFERENCE_SIGNS = "23456789BCDFGHJKMNPQRSTVWXZ"
REFERENCE_LENGTH = 8


def new_reference() -> str:
    """A short name to say on the telephone: "K7M2-QP9X"."""
    signs = "".join(secrets.choice(REFERENCE_SIGNS) for _place in range(REFERENCE_LENGTH))
    return f"{signs[:4]}-{signs[4:]}"


class Submission(InOriginalLanguage):
    """A new practice, or a new version of a published one, on its way to the public.

    `answers` holds what was typed, by the names of practices.answers.QUESTIONS: texts of the
    original language under the name alone, of others under name_language; links as slugs. It is
    partial and unchecked until it is sent. Only accepting or merging writes a Practice from it.
    """

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    reference = models.CharField(
        _("reference"), max_length=9, unique=True, default=new_reference, editable=False
    )
    nonce = models.UUIDField(unique=True, default=uuid.uuid4, editable=False)
    author = models.ForeignKey(
        User, models.PROTECT, related_name="submissions", null=True, verbose_name=_("author")
    )
    city = models.ForeignKey(
        City, models.PROTECT, related_name="submissions", null=True, verbose_name=_("city")
    )
    practice = models.ForeignKey(
        Practice, models.PROTECT, related_name="submissions", null=True, verbose_name=_("practice"),
        help_text=_("The practice that it changes, or that it became."),
    )  # fmt: skip
    base_version = models.PositiveBigIntegerField(null=True, editable=False)
    answers = models.JSONField(_("answers"), default=dict, editable=False)
    # As its authors sent it last, and as the network has it: with what a curator changed.
    sent_answers = models.JSONField(default=dict, editable=False)
    desk_answers = models.JSONField(default=dict, editable=False)
    is_bilingual = models.BooleanField(default=False)
    state = models.CharField(
        _("state"), max_length=20, choices=SubmissionState, default=SubmissionState.DRAFT
    )
    version = models.PositiveIntegerField(default=1, editable=False)
    started_at = models.DateTimeField(_("started"), default=timezone.now, editable=False)
    saved_at = models.DateTimeField(_("last saved"), default=timezone.now, editable=False)
    sent_at = models.DateTimeField(_("sent in"), null=True, editable=False)
    answered_at = models.DateTimeField(_("first answer"), null=True, editable=False)
    decided_at = models.DateTimeField(_("decided"), null=True, editable=False)
    due_on = models.DateField(
        pgettext_lazy("of an answer", "promised by"), null=True, editable=False
    )
    reviewer = models.ForeignKey(
        User, models.PROTECT, related_name="reviews", null=True, verbose_name=_("curator")
    )
    checklist = models.JSONField(_("checked"), default=list, editable=False)
    # What a curator will add to the text, as practices.curation keeps it.
    curation = models.JSONField(default=dict, editable=False)

    objects = SubmissionQuerySet.as_manager()

    class Meta:
        verbose_name = _("submission")
        verbose_name_plural = _("submissions")
        ordering = ["-started_at", "pk"]
        indexes = [models.Index(fields=["state", "due_on"], name="submission_queue")]
        constraints = [
            models.CheckConstraint(
                condition=models.Q(state__in=SubmissionState.values),
                name="submission_state_is_known",
            ),
            models.CheckConstraint(
                condition=models.Q(state=SubmissionState.DRAFT)
                | models.Q(author__isnull=False, sent_at__isnull=False),
                name="submission_sent_has_an_author",
            ),
        ]

    def __str__(self) -> str:
        return self.title or self.reference

    @property
    def name_in_journal(self) -> str:
        """Nobody but its authors knows the title of what was not sent yet."""
        return self.desk_title or self.reference

    def get_absolute_url(self) -> str:
        return reverse("submissions:submission", args=[self.pk])

    @property
    def title(self) -> str:
        """The title as typed, in whatever language there is one; empty for none."""
        return _title_in(self.answers)

    @property
    def desk_title(self) -> str:
        """The title that the network knows; empty where it knows none."""
        return _title_in(self.desk_answers)

    @property
    def status(self) -> SubmissionState:
        """The state with its name and its sentence."""
        return SubmissionState(self.state)

    @property
    def changes_a_practice(self) -> bool:
        """Whether it is a new version of a published practice, not a new practice."""
        return self.base_version is not None

    @property
    def is_writable(self) -> bool:
        """Whether it is its authors' turn."""
        return self.state in WRITABLE_STATES

    @property
    def is_waiting(self) -> bool:
        """Whether the network has promised an answer."""
        return self.state in WAITING_STATES

    @property
    def is_open(self) -> bool:
        return self.state in OPEN_STATES

    @property
    def is_late(self) -> bool:
        return self.due_on is not None and self.due_on < timezone.localdate()


def _title_in(answers: dict) -> str:
    names = ["title", *(f"title_{code}" for code, _name in settings.LANGUAGES)]
    return next((text for name in names if (text := answers.get(name))), "")


class CoAuthor(models.Model):
    """A person who writes a submission with its author."""

    submission = models.ForeignKey(Submission, models.CASCADE, related_name="coauthors")
    person = models.ForeignKey(User, models.PROTECT, related_name="coauthorships")
    works_for = CleanLine(_("city or organisation"), max_length=200, blank=True)
    joined_at = models.DateTimeField(default=timezone.now)

    class Meta:
        verbose_name = _("co-author")
        verbose_name_plural = _("co-authors")
        ordering = ["joined_at", "pk"]
        constraints = [
            models.UniqueConstraint(fields=["submission", "person"], name="coauthor_is_once")
        ]

    def __str__(self) -> str:
        return str(self.person)


class CoAuthorInvitation(Invitation):
    """The offer to somebody to write a submission with its author."""

    submission = models.ForeignKey(Submission, models.CASCADE, related_name="invitations")
    works_for = CleanLine(_("city or organisation"), max_length=200, blank=True)

    class Meta(Invitation.Meta):
        abstract = False
        verbose_name = _("invitation of a co-author")
        verbose_name_plural = _("invitations of co-authors")


class SubmissionFile(Attachment):
    """A document or picture that an author adds, before anybody else sees it."""

    submission = models.ForeignKey(Submission, models.CASCADE, related_name="files")
    file = DocumentField(_("file"), upload_to=random_name, max_length=200)
    title = CleanLine(_("title"), max_length=300)
    caption = CleanLine(_("caption"), max_length=300, blank=True)
    width = models.PositiveIntegerField(editable=False, default=0)
    height = models.PositiveIntegerField(editable=False, default=0)
    size = models.PositiveIntegerField(_("size"), editable=False, default=0)
    added_by = models.ForeignKey(User, models.PROTECT, related_name="+")

    class Meta(Attachment.Meta):
        verbose_name = _("file of a submission")
        verbose_name_plural = _("files of submissions")

    @property
    def language(self) -> str:
        """The language of title and caption."""
        return self.submission.original_language

    @property
    def is_picture(self) -> bool:
        return self.width > 0

    def may_be_read_by(self, person) -> bool:
        """Whether `person` writes the submission, or reviews it and it is not the authors' turn."""
        if (
            person.is_authenticated
            and Submission.objects.written_by(person).filter(pk=self.submission_id).exists()
        ):
            return True
        return super().may_be_read_by(person) and not self.submission.is_writable


class ReviewNote(models.Model):
    """What a curator wrote on a submission, to its authors or to curators; never changed."""

    submission = models.ForeignKey(Submission, models.CASCADE, related_name="notes")
    author = models.ForeignKey(User, models.PROTECT, related_name="+", verbose_name=_("author"))
    question = models.CharField(_("on the answer"), max_length=40, blank=True, editable=False)
    text = CleanText(_("note"), max_length=4000)
    is_private = models.BooleanField(_("for curators only"), default=False)
    created_at = models.DateTimeField(_("written"), default=timezone.now)

    class Meta:
        verbose_name = _("note on a submission")
        verbose_name_plural = _("notes on submissions")
        ordering = ["created_at", "pk"]

    def __str__(self) -> str:
        return self.text

    def save(self, *args, **kwargs):
        if not self._state.adding:
            raise TypeError("a note is written once")
        super().save(*args, **kwargs)
