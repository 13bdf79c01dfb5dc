"""The programme as a picture: what happened when, how people met, and what is still to come."""

from collections.abc import Sequence
from datetime import date
from itertools import groupby, permutations
from zoneinfo import ZoneInfo

from django.db.models import QuerySet
from django.urls import reverse
from django.utils.translation import gettext as _

from assessments.models.waves import Wave
from programme.lib.charts import Lane, Mode, Phase, SessionMark, Timeline, WaveMark
from programme.models.programmes import Programme
from sessions.enums import SessionKind, SessionMode
from sessions.models.sessions import Session

# The way programmes usually go; of two readings that fit equally well, the earlier in this order is taken.
USUAL = (SessionMode.VIRTUAL, SessionMode.HYBRID, SessionMode.ROOM)


def programme_timeline(programme: Programme, *, today: date, sessions: QuerySet[Session] | None = None) -> Timeline:
    """Lanes of the teams, phases and questionnaires, in three queries and one for the teams.

    Without `sessions`: all that are not called off. One-to-one talks are nobody else's business and never stand here.
    """
    sessions = Session.objects.filter(programme=programme) if sessions is None else sessions
    shown = list(
        sessions.planned().exclude(kind=SessionKind.ONE_TO_ONE).prefetch_related("teams").order_by("date", "starts")
    )
    return Timeline(
        caption=_("Timeline of %(programme)s") % {"programme": programme.name},
        start=programme.starts_on,
        end=programme.ends_on,
        today=today,
        phases=_phases(programme, shown),
        lanes=_lanes(programme, shown),
        waves=_waves(programme),
    )


def phase_today(line: Timeline) -> Phase | None:
    """How people meet at the moment; None before the programme, after it, and when nobody has met."""
    return next((phase for phase in line.phases if phase.start <= line.today < phase.end), None)


def _lanes(programme: Programme, sessions: Sequence[Session]) -> list[Lane]:
    """A lane for each team that meets, and one for sessions of no team."""
    lanes = []
    for team in programme.teams.all():
        marks = [_mark(session) for session in sessions if team in session.teams.all()]
        if marks:
            lanes.append(Lane(team.name, marks))
    others = [_mark(session) for session in sessions if not session.teams.all()]
    if others:
        lanes.append(Lane(_("Other sessions"), others))
    return lanes


def _mark(session: Session) -> SessionMark:
    kwargs = {"programme_id": session.programme_id, "session_id": session.pk}
    return SessionMark(
        at=session.date,
        mode=Mode(session.mode),
        title=session.title,
        url=reverse("sessions:session_detail", kwargs=kwargs),
    )


def _phases(programme: Programme, sessions: Sequence[Session]) -> list[Phase]:
    """Stretches in which people met in one way; each begins with its first session, the first with the programme."""
    inside = [session for session in sessions if programme.starts_on <= session.date <= programme.ends_on]
    modes = modes_in_turn([session.mode for session in inside])
    dated = [(mode, session.date) for mode, session in zip(modes, inside, strict=True)]
    begun = [(mode, next(group)[1]) for mode, group in groupby(dated, key=lambda pair: pair[0])]
    if not begun:
        return []
    starts = [programme.starts_on, *(start for _mode, start in begun[1:])]
    ends = [*(start for _mode, start in begun[1:]), programme.ends_on]
    labels = [str(SessionMode(mode).label).capitalize() for mode, _start in begun]
    return [Phase(label, start, end) for label, start, end in zip(labels, starts, ends, strict=True)]


def modes_in_turn(modes: Sequence[str]) -> list[str]:
    """Each session's phase: at most one stretch of each mode, with the fewest sessions that do not fit theirs.

    A single video call among meetings in the room thus does not end the phase in the room.
    """
    readings = [_best_reading(modes, order) for order in permutations(USUAL)]
    return min(readings, key=lambda reading: reading[0])[1]


def _best_reading(modes: Sequence[str], order: Sequence[str]) -> tuple[int, list[str]]:
    """Misfits and phases when the modes follow each other in this order (some may be left out)."""
    misfits = [0] * len(order)
    came_from: list[list[int]] = []
    for actual in modes:
        before = [min(range(place + 1), key=misfits.__getitem__) for place in range(len(order))]
        misfits = [misfits[before[place]] + (mode != actual) for place, mode in enumerate(order)]
        came_from.append(before)
    place = min(range(len(order)), key=misfits.__getitem__)
    fewest, reading = misfits[place], []
    for before in reversed(came_from):
        reading.append(order[place])
        place = before[place]
    return fewest, reading[::-1]


def _waves(programme: Programme) -> list[WaveMark]:
    """Questionnaires that have been opened; those of one point that overlap are one mark."""
    zone = ZoneInfo(programme.time_zone)
    marks: list[WaveMark] = []
    for wave in Wave.objects.filter(programme=programme).exclude(opened_at=None).order_by("opened_at"):
        start = wave.opened_at.astimezone(zone).date()
        end = (wave.closed_at or wave.closes_at).astimezone(zone).date()
        label = str(wave.get_point_display())
        same = next((mark for mark in marks if mark.label == label and mark.end >= start), None)
        if same:
            marks[marks.index(same)] = WaveMark(label, same.start, max(end, same.end))
        else:
            marks.append(WaveMark(label, start, end))
    return marks
