"""Calendar mail as iTIP (RFC 5545, 5546): one event a message, for one person, with the rules of its time zone."""

from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from enum import StrEnum
from functools import lru_cache
from zoneinfo import ZoneInfo

import icalendar

PRODUCT = "-//Common Ground//Partnership programmes//EN"
WEEKDAYS = ("MO", "TU", "WE", "TH", "FR", "SA", "SU")


class Method(StrEnum):
    REQUEST = "REQUEST"
    CANCEL = "CANCEL"


class Partstat(StrEnum):
    """What the person has said so far."""

    NEEDS_ACTION = "NEEDS-ACTION"
    ACCEPTED = "ACCEPTED"
    TENTATIVE = "TENTATIVE"
    DECLINED = "DECLINED"


@dataclass(frozen=True)
class Party:
    name: str
    email: str


@dataclass(frozen=True)
class Event:
    """`uid` stays for good, `sequence` grows with each change. `starts` and `ends` carry a ZoneInfo."""

    uid: str
    sequence: int
    stamp: datetime
    starts: datetime
    ends: datetime
    summary: str
    organizer: Party
    attendee: Party
    partstat: Partstat = Partstat.NEEDS_ACTION
    location: str = ""
    description: str = ""
    url: str = ""


def write(event: Event, method: Method) -> str:
    """The iTIP object, ready for a text/calendar part of this method."""
    calendar = icalendar.Calendar()
    calendar.add("prodid", PRODUCT)
    calendar.add("version", "2.0")
    calendar.add("calscale", "GREGORIAN")
    calendar.add("method", method.value)
    calendar.add_component(time_zone(event.starts.tzinfo, event.starts.year))
    calendar.add_component(_event(event, method))
    return calendar.to_ical().decode()


def _event(event: Event, method: Method) -> icalendar.Event:
    component = icalendar.Event()
    component.add("uid", event.uid)
    component.add("sequence", event.sequence)
    component.add("dtstamp", event.stamp.astimezone(UTC))
    component.add("dtstart", event.starts)
    component.add("dtend", event.ends)
    component.add("summary", event.summary)
    component.add("status", "CANCELLED" if method is Method.CANCEL else "CONFIRMED")
    component.add("organizer", _address(event.organizer))
    attendee = _address(event.attendee)
    attendee.params["ROLE"] = "REQ-PARTICIPANT"
    attendee.params["PARTSTAT"] = event.partstat.value
    # People reply on our page: an answer by calendar would end in the organiser's mailbox, where nobody counts it.
    attendee.params["RSVP"] = "FALSE"
    component.add("attendee", attendee)
    for name, value in (("location", event.location), ("description", event.description), ("url", event.url)):
        if value:
            component.add(name, value)
    return component


def _address(party: Party) -> icalendar.vCalAddress:
    address = icalendar.vCalAddress(f"mailto:{party.email}")
    # Some calendars do not know the newer way of writing a double quote inside a parameter.
    address.params["CN"] = " ".join(party.name.replace('"', "'").split())
    return address


def time_zone(zone: ZoneInfo, year: int) -> icalendar.Timezone:
    """The zone's clock changes around a year, as yearly rules where they follow one.

    The icalendar library would write its own, but lets summer time begin an hour late (checked with 7.3: onsets must be
    given on the clock that ends, RFC 5545 section 3.6.5), and lists dates where Outlook looks for rules.
    """
    component = icalendar.Timezone()
    component.add("tzid", zone.key)
    changes = [*_changes(zone, year - 1), *_changes(zone, year)]
    if not changes:
        start = datetime(year - 1, 1, 1, tzinfo=zone)
        component.add_component(_observance(start, start, rule=None))
    rules = [_rule(before, after) for before, after in changes]
    for (before, after), rule in zip(changes, rules, strict=True):
        if rules.count(rule) == 1:
            component.add_component(_observance(before, after, rule=None))
        elif before.year == year - 1:
            component.add_component(_observance(before, after, rule=rule))
    return component


def _onset(before: datetime, after: datetime) -> datetime:
    """When the change comes, on the clock that ends then."""
    return (after.astimezone(UTC) + before.utcoffset()).replace(tzinfo=None)


@lru_cache(maxsize=64)
def _changes(zone: ZoneInfo, year: int) -> list[tuple[datetime, datetime]]:
    """Each clock change of a year: the last second before it and the first one after it."""
    found = []
    day, end = datetime(year, 1, 1, tzinfo=UTC), datetime(year + 1, 1, 1, tzinfo=UTC)
    while day < end:
        following = day + timedelta(days=1)
        if _offset(day, zone) != _offset(following, zone):
            before, after = day, following
            while after - before > timedelta(seconds=1):
                middle = (before + (after - before) / 2).replace(microsecond=0)
                if _offset(middle, zone) == _offset(day, zone):
                    before = middle
                else:
                    after = middle
            found.append((before.astimezone(zone), after.astimezone(zone)))
        day = following
    return found


def _offset(moment: datetime, zone: ZoneInfo) -> timedelta:
    return moment.astimezone(zone).utcoffset()


def _rule(before: datetime, after: datetime) -> tuple[int, str]:
    """Month and weekday as an RRULE counts them: the last one of the month, or the first to fourth."""
    onset = _onset(before, after)
    last = (onset + timedelta(days=7)).month != onset.month
    return onset.month, f"{-1 if last else (onset.day - 1) // 7 + 1}{WEEKDAYS[onset.weekday()]}"


def _observance(
    before: datetime, after: datetime, *, rule: tuple[int, str] | None
) -> icalendar.TimezoneStandard | icalendar.TimezoneDaylight:
    observance = icalendar.TimezoneDaylight() if after.dst() else icalendar.TimezoneStandard()
    observance.add("dtstart", _onset(before, after))
    observance.add("tzoffsetfrom", before.utcoffset())
    observance.add("tzoffsetto", after.utcoffset())
    observance.add("tzname", after.tzname())
    if rule:
        observance.add("rrule", {"freq": "yearly", "bymonth": rule[0], "byday": rule[1]})
    return observance
