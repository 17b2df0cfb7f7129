"""Strings of other packages that people see and whose Arabic is missing or poor there.

The project's catalogue is read before theirs, so marking a string here is enough to translate it.
Nothing imports this file; a test checks that each string is still in use by its package. What the
scripts of Django's admin say is in locale/ar/LC_MESSAGES/djangojs.po.
"""

from django.utils.translation import gettext_noop as _
from django.utils.translation import ngettext_lazy

DJANGO = [
    _("April"),
    _("This password is too common."),
    _("The password is too similar to the %(verbose_name)s."),
    _("Select a valid choice. That choice is not one of the available choices."),
    ngettext_lazy(
        "This password is too short. It must contain at least %d character.",
        "This password is too short. It must contain at least %d characters.",
        "length",
    ),
    ngettext_lazy(
        "Ensure this value has at most %(limit_value)d character (it has %(show_value)d).",
        "Ensure this value has at most %(limit_value)d characters (it has %(show_value)d).",
        "limit_value",
    ),
]

# The desk: Arabic that says something else, or takes every noun for a masculine one.
ADMIN = [
    _("Add another %(verbose_name)s"),
    _("Add another %(model)s"),
    _("Select %s"),
    _("Select %s to change"),
    _("Select %s to view"),
    _("The {name} “{obj}” was added successfully."),
    _("The {name} “{obj}” was added successfully. You may add another {name} below."),
    _("The {name} “{obj}” was changed successfully."),
    _("The {name} “{obj}” was changed successfully. You may add another {name} below."),
    _("The {name} “{obj}” was changed successfully. You may edit it again below."),
    _("%(model_name)s with this %(field_label)s already exists."),
    _("Enter a valid “slug” consisting of letters, numbers, underscores or hyphens."),
    _("Enter a valid “slug” consisting of Unicode letters, numbers, underscores, or hyphens."),
    _("This field cannot be null."),
    _("You may edit it again below."),
    _("Arabic"),
    _("English"),
    _("File to import"),
    _("Format"),
]

# The desk: Arabic that says "nominated" for a filter, or speaks to one man.
ADMIN_TO_ONE = [
    _("Filter"),
    _("Clear all filters"),
    _("0 of %(cnt)s selected"),
    _("Start typing to filter…"),
    _("Add"),
    _("Add %(name)s"),
    _("Add link"),
    _("Change or view list link"),
    _("Change password"),
    _("Go"),
    _("Run the selected action"),
    _("Select this object for an action - {}"),
    _("Select all objects on this page for an action"),
    _("Click here to select the objects across all pages"),
    _("Items must be selected in order to perform actions on them. No items have been changed."),
    _("Hold down “Control”, or “Command” on a Mac, to select more than one."),
    _("Delete selected %(verbose_name_plural)s"),
    _("Delete"),
    _("Delete?"),
    _("Lookup"),
    _("Save and add another"),
    _("Save and continue editing"),
    _("Save and view"),
    _("Save as new"),
    _("View selected %(model)s"),
    _("You don’t have permission to view or edit anything."),
    _("Yes, I’m sure"),
    _("No, take me back"),
    _(
        'Are you sure you want to delete the %(object_name)s "%(escaped_object)s"? All of the'
        " following related items will be deleted:"
    ),
    _(
        "Are you sure you want to delete the selected %(objects_name)s? All of the following "
        "objects and their related items will be deleted:"
    ),
]
