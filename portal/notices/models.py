"""What people were told, and who may send the mails about it."""

from django.conf import settings
from django.db import models
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy
from post_office.models import STATUS, Email

from portal.common.languages import current_language
from portal.notices.texts import subject


class MailState(models.IntegerChoices):
    """What became of a mail, by the numbers of django-post-office."""

    SENT = STATUS.sent, pgettext_lazy("mail", "sent")
    FAILED = STATUS.failed, pgettext_lazy("mail", "failed")
    QUEUED = STATUS.queued, pgettext_lazy("mail", "waiting")
    REQUEUED = STATUS.requeued, pgettext_lazy("mail", "will be tried again")


class Notice(models.Model):
    """One message to one person, or to an address without an account.

    It is a line on the person's dashboard and has one queued mail. `kind` names its two templates,
    templates/notices/<kind>_subject.txt and <kind>_message.txt; `context` is what they are given.
    """

    key = models.CharField(max_length=200, unique=True)
    person = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        verbose_name=_("person"),
        null=True,
        on_delete=models.CASCADE,
        related_name="notices",
    )
    email = models.EmailField(_("e-mail address"), max_length=254)
    language = models.CharField(_("language"), max_length=10, choices=settings.LANGUAGES)
    kind = models.CharField(_("kind"), max_length=100)
    context = models.JSONField(default=dict)
    to = models.CharField(max_length=200)
    to_args = models.JSONField(default=list)
    is_secret = models.BooleanField(default=False)
    created_at = models.DateTimeField(pgettext_lazy("moment", "told"), default=timezone.now)
    read_at = models.DateTimeField(pgettext_lazy("moment", "read"), null=True)
    mail = models.OneToOneField(
        Email, verbose_name=_("e-mail"), null=True, on_delete=models.SET_NULL, related_name="notice"
    )

    class Meta:
        verbose_name = _("notice")
        verbose_name_plural = _("notices")
        ordering = ["-created_at", "-pk"]
        default_permissions = ("view",)
        indexes = [
            models.Index(fields=["person", "-created_at"], name="notice_newest_of_person"),
        ]

    def __str__(self) -> str:
        return self.line_at_desk

    @property
    def line_at_desk(self) -> str:
        """The line for staff: a text that may still be a draft is named by its reference."""
        named = {"title": self.context["reference"]} if "reference" in self.context else {}
        return subject(self.kind, {**self.context, **named}, current_language())

    @property
    def line(self) -> str:
        """What happened, as one line in the active language."""
        return subject(self.kind, self.context, current_language())

    @property
    def address(self) -> str:
        """Where to see it, in the active language; empty where the way there is a secret."""
        return "" if self.is_secret else reverse(self.to, args=self.to_args)

    @property
    def is_new(self) -> bool:
        return self.read_at is None


class Lease(models.Model):
    """Who may do, until when, what only one process does at a time."""

    name = models.CharField(max_length=50, primary_key=True)
    holder = models.CharField(max_length=32)
    expires_at = models.DateTimeField()

    class Meta:
        default_permissions = ()

    def __str__(self) -> str:
        return self.name
