"""What a family's keys say only together: the rules that complete a row, or refuse it."""

from portal.common.dates import PartialDate
from portal.pages.seeding.mentions import finding_key
from portal.pages.seeding.rows import Row


def complete_event(row: Row) -> None:
    """Settle the days, and take the hosts out of the cities that came to them."""
    complete_dates(row)
    hosts = {reference.key for reference in row.links["host_cities"]}
    row.links["cities"] = [city for city in row.links["cities"] if city.key not in hosts]


def complete_dates(row: Row) -> None:
    """The start is at least the year; an end on the day of the start is none."""
    year, precision = row.given["year"], row.given["precision"]
    try:
        starts = row.columns["starts"] or PartialDate(year)
    except ValueError:
        row.place.at("year").refuse_value(year, "a year")
        return
    ends = row.columns["ends"]
    dates = row.place.at("date")
    if starts.year != year:
        row.place.at("year").refuse(f"the event starts in {starts.year}")
    if starts.precision != precision:
        dates.at("precision").refuse_value(precision, starts.precision)
    if ends and ends < starts:
        dates.at("end").refuse("lies before the start")
    row.columns["starts"] = starts
    row.columns["ends"] = None if ends == starts else ends


def complete_finding(row: Row) -> None:
    """Refuse an id that is not made of year and number, which are what is stored, and an event
    that stands under both kinds of basis."""
    events = [tie["event"] for tie in row.parts.get("discussions", [])]
    for i, event in enumerate(events):
        if event in events[:i]:
            event.place.refuse(f"{event.key!r} is tied to the finding already")
    expected = finding_key(row.columns["edition"].key, row.columns["number"])
    if row.given["id"] != expected:
        row.place.at("id").refuse_value(row.given["id"], expected)


def complete_practice(row: Row) -> None:
    """Refuse a main theme that is not among the themes, and an end before the start."""
    starts, ends = row.columns["starts"], row.columns["ends"]
    if row.columns["main_theme"].key not in {theme.key for theme in row.links["themes"]}:
        row.place.at("theme").refuse("is not among the themes")
    if starts and ends and ends < starts:
        row.place.at("started").at("end").refuse("lies before the start")
