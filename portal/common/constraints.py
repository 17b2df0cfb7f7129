"""Conditions on translated columns that the databases enforce, made from settings.LANGUAGES."""

from functools import reduce
from operator import or_

from django.db.models import CheckConstraint, F, Func, Q
from django.db.models.functions import Left, Length
from django.utils.translation import gettext_lazy as _

from portal.common.languages import LANGUAGE_CODES


def is_filled(column: str) -> Q:
    """`column` is neither NULL nor empty (a comparison with NULL alone would pass a check)."""
    return Q(**{f"{column}__isnull": False, f"{column}__gt": ""})


def full_in_original_language(field: str, *, name: str) -> CheckConstraint:
    """The translated `field` has a text in the record's original language."""
    return CheckConstraint(
        condition=reduce(
            or_,
            (Q(original_language=code) & is_filled(f"{field}_{code}") for code in LANGUAGE_CODES),
        ),
        name=name,
        violation_error_message=_("The title is missing in the original language."),
    )


def source_is_not_empty(*, name: str) -> CheckConstraint:
    """A source has an address, or a label in some language."""
    return CheckConstraint(
        condition=reduce(
            or_, (is_filled(f"label_{code}") for code in LANGUAGE_CODES), is_filled("url")
        ),
        name=name,
        violation_error_message=_("Give an address or a label."),
    )


def at_precision_of(coarse: str, fine: str) -> Func:
    """The partial date in column `fine`, cut to the precision of that in `coarse`.

    So that "2023" counts as an end of what started in "2023-05".
    """
    return Left(F(fine), Length(F(coarse)))
