from exchanges.models.city import City, CitySource
from exchanges.models.country import Country
from exchanges.models.event import (
    DialogueEvent,
    EventDocument,
    EventPartner,
    EventPhoto,
    EventSource,
)
from exchanges.models.membership import CityInvitation, Membership
from exchanges.models.partner import Partner
from exchanges.models.theme import Theme

__all__ = [
    "City",
    "CityInvitation",
    "CitySource",
    "Country",
    "DialogueEvent",
    "EventDocument",
    "EventPartner",
    "EventPhoto",
    "EventSource",
    "Membership",
    "Partner",
    "Theme",
]
