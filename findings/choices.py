"""On what basis a finding is tied to an event, as data."""

from django.db import models
from django.utils.translation import gettext_lazy as _


class Basis(models.TextChoices):
    STATED = "stated", _("The source says so")
    INFERRED = "inferred", _("Inferred by the editors from the theme of the event")
