"""Calendar mail read back by the icalendar library, and its clock changes by the rules written into it."""

from datetime import UTC, datetime, timedelta
from zoneinfo import ZoneInfo

import icalendar
import pytest
from dateutil.rrule import rrulestr

from programme.lib.itip import Event, Method, Partstat, Party, time_zone, write

LONDON = ZoneInfo("Europe/London")


def event(**fields) -> Event:
    starts = fields.pop("starts", datetime(2022, 5, 17, 10, tzinfo=LONDON))
    return Event(
        **{
            "uid": "6b9d",
            "sequence": 2,
            "stamp": datetime(2022, 4, 1, 9, tzinfo=UTC),
            "starts": starts,
            "ends": starts + timedelta(hours=2),
            "summary": "Promises we keep",
            "organizer": Party("Fay", "fay@example.org"),
            "attendee": Party("Pat", "pat@example.org"),
            **fields,
        }
    )


def read(text: str) -> tuple[icalendar.Calendar, icalendar.Event]:
    calendar = icalendar.Calendar.from_ical(text)
    (only,) = calendar.walk("VEVENT")
    return calendar, only


def offset_by_rules(zone: icalendar.Timezone, wall: datetime) -> timedelta:
    """What a calendar that knows nothing but this VTIMEZONE takes for the offset at a wall time."""
    latest, offset = None, None
    for part in zone.subcomponents:
        onset = part["DTSTART"].dt
        rule = part.get("RRULE")
        onsets = [onset] if rule is None else list(rrulestr(rule.to_ical().decode(), dtstart=onset)[:5])
        for known in onsets:
            if known <= wall and (latest is None or known > latest):
                latest, offset = known, part["TZOFFSETTO"].td
    return offset


def test_request_names_one_person_and_the_organiser():
    calendar, only = read(write(event(partstat=Partstat.TENTATIVE), Method.REQUEST))

    assert (calendar["METHOD"], calendar["VERSION"]) == ("REQUEST", "2.0")
    assert (only["UID"], only["SEQUENCE"], only["STATUS"]) == ("6b9d", 2, "CONFIRMED")
    assert only["ORGANIZER"] == "mailto:fay@example.org"
    assert only["ATTENDEE"] == "mailto:pat@example.org"
    assert only["ATTENDEE"].params["PARTSTAT"] == "TENTATIVE"


def test_cancellation_says_so_in_method_and_status():
    calendar, only = read(write(event(), Method.CANCEL))

    assert (calendar["METHOD"], only["STATUS"]) == ("CANCEL", "CANCELLED")


def test_lines_are_folded_at_75_octets_and_end_in_crlf():
    text = write(event(description="Überlänge " * 40), Method.REQUEST)

    lines = text.split("\r\n")
    assert "\n" not in "".join(lines)
    assert max(len(line.encode()) for line in lines) <= 75


@pytest.mark.parametrize(
    "words",
    [
        "Comma, semicolon; backslash \\",
        "two\nlines",
        'quote "q"',
        "BEGIN:VEVENT\r\nSUMMARY:another",
        "‮gnirts",
        "{{7*7}}",
    ],
)
def test_hostile_words_stay_words(words):
    text = write(event(summary=words, location=words, attendee=Party(words, "pat@example.org")), Method.REQUEST)

    _calendar, only = read(text)
    assert str(only["SUMMARY"]).splitlines() == words.splitlines()
    assert only["ATTENDEE"].params["CN"] == " ".join(words.replace('"', "'").split())


@pytest.mark.parametrize(
    "wall",
    [
        datetime.fromisoformat("2022-03-26T10:00"),
        datetime.fromisoformat("2022-03-27T00:30"),
        datetime.fromisoformat("2022-03-27T02:30"),
        datetime.fromisoformat("2022-03-27T10:00"),
        datetime.fromisoformat("2022-03-28T10:00"),
        datetime.fromisoformat("2022-10-29T10:00"),
        datetime.fromisoformat("2022-10-30T10:00"),
        datetime.fromisoformat("2022-10-31T10:00"),
        datetime.fromisoformat("2022-01-01T10:00"),
        datetime.fromisoformat("2022-12-31T10:00"),
    ],
)
@pytest.mark.parametrize("name", ["Europe/London", "America/New_York", "Australia/Sydney", "Asia/Kolkata", "UTC"])
def test_zone_rules_agree_with_the_zone_around_both_clock_changes(name, wall):
    zone = ZoneInfo(name)

    assert offset_by_rules(time_zone(zone, wall.year), wall) == wall.replace(tzinfo=zone).utcoffset()


def test_summer_time_begins_at_one_oclock_as_the_clock_shows_it_then():
    summer = next(part for part in time_zone(LONDON, 2022).subcomponents if part.name == "DAYLIGHT")

    assert summer["DTSTART"].dt == datetime.fromisoformat("2021-03-28T01:00")
    assert summer["RRULE"].to_ical() == b"FREQ=YEARLY;BYDAY=-1SU;BYMONTH=3"


@pytest.mark.parametrize(
    "day", [datetime.fromisoformat("2022-03-27T00:00"), datetime.fromisoformat("2022-10-30T00:00")]
)
def test_ten_oclock_stays_ten_oclock_on_both_clock_change_sundays(day):
    _calendar, only = read(write(event(starts=day.replace(hour=10, tzinfo=LONDON)), Method.REQUEST))

    assert only["DTSTART"].params["TZID"] == "Europe/London"
    assert only["DTSTART"].dt.replace(tzinfo=None) == day.replace(hour=10)
    assert only["DTEND"].dt.replace(tzinfo=None) == day.replace(hour=12)
