"""What somebody planning a session should know before they go on. Warnings, never refusals."""

from collections.abc import Iterable
from datetime import date, datetime, time, timedelta
from functools import lru_cache
from uuid import UUID
from zoneinfo import ZoneInfo

import holidays
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from programme.models.members import Member
from programme.models.programmes import Programme
from programme.models.users import User
from programme.templatetags.formatting import full_date, long_date, time_range
from sessions.models.invitations import SessionInvitation
from sessions.models.sessions import Session

SATURDAY = 5


def planning_warnings(
    programme: Programme,
    *,
    actor: User,
    at: datetime,
    date: date,
    starts: time,
    ends: time,
    people: Iterable[Member] = (),
    session: Session | None = None,
) -> list[str]:
    """In words, the most serious first; empty when all is well. `session`: the one being changed, which cannot clash
    with itself."""
    zone = ZoneInfo(programme.time_zone)
    begin, end = datetime.combine(date, starts, zone), datetime.combine(date, ends, zone)
    found = [*_clashes(actor, begin, end, people=people, session=session)]
    if begin <= at:
        found.append(_("This day and time have passed: nobody will be mailed."))
    if not programme.starts_on <= date <= programme.ends_on:
        span = {"start": full_date(programme.starts_on), "end": full_date(programme.ends_on)}
        found.append(_("This is outside the programme, which runs from %(start)s to %(end)s.") % span)
    holiday = bank_holiday(date)
    if holiday:
        found.append(
            _("%(day)s is a bank holiday in England: %(holiday)s.") % {"day": long_date(date), "holiday": holiday}
        )
    elif date.weekday() >= SATURDAY:
        found.append(_("%(day)s is at the weekend.") % {"day": long_date(date)})
    return found


def clashes_of(session: Session, *, actor: User, people: Iterable[Member]) -> list[str]:
    """What else these people are invited to while this session runs."""
    return list(_clashes(actor, session.starts_at, session.ends_at, people=people, session=session))


def bank_holiday(day: date) -> str:
    """The name of England's bank holiday on this day, or nothing."""
    return _bank_holidays(day.year).get(day, "")


@lru_cache(maxsize=16)
def _bank_holidays(year: int) -> holidays.HolidayBase:
    return holidays.country_holidays("GB", subdiv="ENG", years=year, language="en_GB")


def _clashes(
    actor: User, begin: datetime, end: datetime, *, people: Iterable[Member], session: Session | None
) -> Iterable[str]:
    """The same people in another session that this planner may see, in any programme."""
    asked: dict[UUID, str] = {person.user_id: person.name for person in people}
    day = timedelta(days=1)
    near = (
        Session.objects.visible_to(actor).planned().filter(date__gte=begin.date() - day, date__lte=begin.date() + day)
    )
    if session:
        near = near.exclude(pk=session.pk)
    overlapping = {other.pk: other for other in near if other.starts_at < end and begin < other.ends_at}
    places = SessionInvitation.objects.current().filter(session__in=overlapping, member__user__in=asked)
    names: dict[UUID, list[str]] = {}
    for session_id, user_id in places.values_list("session", "member__user").order_by("member__name"):
        names.setdefault(session_id, []).append(asked[user_id])
    for other_id, other in overlapping.items():
        if other_id in names:
            yield _clash_words(other, names[other_id])


def _clash_words(other: Session, names: list[str]) -> str:
    words = {
        "name": names[0],
        "others": len(names) - 1,
        "title": other.title,
        "day": long_date(other.date),
        "time": time_range(other.starts, other.ends),
    }
    if len(names) == 1:
        return _("%(name)s is invited to “%(title)s” at that time (%(day)s, %(time)s).") % words
    return (
        ngettext(
            "%(name)s and %(others)s other person are invited to “%(title)s” at that time (%(day)s, %(time)s).",
            "%(name)s and %(others)s others are invited to “%(title)s” at that time (%(day)s, %(time)s).",
            len(names) - 1,
        )
        % words
    )
