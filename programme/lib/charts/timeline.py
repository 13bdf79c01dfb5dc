"""A programme on a line: phases, lanes of sessions, questionnaires, today; and the same as a list of steps."""

import datetime
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from enum import StrEnum
from itertools import pairwise

from programme.lib.charts.figures import percent

# Shares of the line, where it is narrowest, that words take: a wave's name; a phase's margins and each letter.
NAME_ROOM = 0.14
MARGIN, LETTER = 0.03, 0.0125


class Mode(StrEnum):
    VIRTUAL = "virtual"
    HYBRID = "hybrid"
    ROOM = "room"


@dataclass(frozen=True)
class SessionMark:
    at: datetime.date
    mode: Mode
    title: str = ""
    url: str = ""


@dataclass(frozen=True)
class Lane:
    label: str
    marks: Sequence[SessionMark]


@dataclass(frozen=True)
class Phase:
    """A stretch in which people met in one way."""

    label: str
    start: datetime.date
    end: datetime.date


@dataclass(frozen=True)
class WaveMark:
    label: str
    start: datetime.date
    end: datetime.date


@dataclass(frozen=True)
class Timeline:
    """Everything is given as calendar dates. `today` may lie outside the programme; then it is not drawn."""

    caption: str
    start: datetime.date
    end: datetime.date
    today: datetime.date
    phases: Sequence[Phase] = ()
    lanes: Sequence[Lane] = ()
    waves: Sequence[WaveMark] = ()

    def share(self, day: datetime.date) -> float:
        return min(max((as_date(day) - self.start).days / max((self.end - self.start).days, 1), 0.0), 1.0)

    def place(self, day: datetime.date) -> str:
        return percent(self.share(day))

    @property
    def today_place(self) -> str:
        return self.place(self.today) if self.start <= self.today <= self.end else ""

    @property
    def today_at_left(self) -> bool:
        """The word stands to the right of the line where there is no room at its left."""
        return self.share(self.today) < 0.12

    @property
    def ticks(self) -> list[tuple[datetime.date, str, bool]]:
        """First days of months, at most six, none under the word "Today"; True where the year should be said."""
        months = list(month_starts(self.start, self.end))
        step = next(step for step in (1, 2, 3, 4, 6, 12, 24, 60) if len(months) / step <= 6 or step == 60)
        ticks: list[tuple[datetime.date, str, bool]] = []
        for day in months[::step]:
            near_today = self.today_place and -0.10 < self.share(day) - self.share(self.today) < 0.06
            if near_today or self.share(day) > 0.93:
                continue
            ticks.append((day, self.place(day), not ticks or ticks[-1][0].year != day.year))
        return ticks

    @property
    def placed_phases(self) -> list[dict[str, object]]:
        """Each phase's left edge and width, a hairline apart, its name where it fits, and how strong its tint is."""
        return [
            {
                "phase": phase,
                "name": phase.label if self._fits(phase) else "",
                "x": self.place(phase.start),
                "width": percent(max(self.share(phase.end) - self.share(phase.start) - 0.0015, 0)),
                "shade": str(min(number, 3)),
            }
            for number, phase in enumerate(self.phases, start=1)
        ]

    def _fits(self, phase: Phase) -> bool:
        return self.share(phase.end) - self.share(phase.start) >= MARGIN + LETTER * len(phase.label)

    def holds(self, day: datetime.date) -> bool:
        """Whether a day has a place on the line; what lies before or after the programme is told in words only."""
        return self.start <= as_date(day) <= self.end

    @property
    def placed_waves(self) -> list[dict[str, object]]:
        """Each wave's bar, at least wide enough to be seen, with its name where there is room for it."""
        placed = []
        for wave in self.waves:
            if wave.start > self.end or wave.end < self.start:
                continue
            width = max(self.share(wave.end) - self.share(wave.start), 0.0125)
            left = min(self.share(wave.start), 1 - width)
            placed.append(_PlacedWave(wave, left, left + width, name_left=left + width > 0.85))
        for item, following in pairwise(placed):
            item.make_room(following)
        return [item.drawn for item in placed]

    @property
    def steps(self) -> list[dict[str, object]]:
        """The same story as a list, for phones and for reading aloud: what began when, today, and what is next."""
        steps: list[dict[str, object]] = [{"kind": "start", "at": self.start, "words": ""}]
        steps += [{"kind": "phase", "at": phase.start, "words": phase.label} for phase in self.phases]
        steps += [{"kind": "wave", "at": wave.start, "words": wave.label} for wave in self.waves]
        coming = sorted(
            (m for lane in self.lanes for m in lane.marks if as_date(m.at) >= self.today), key=lambda m: m.at
        )
        if coming:
            steps.append({"kind": "next", "at": as_date(coming[0].at), "words": coming[0].title, "mark": coming[0]})
        if self.today_place:
            steps.append({"kind": "today", "at": self.today, "words": ""})
        steps.append({"kind": "end", "at": self.end, "words": ""})
        order = ("start", "phase", "wave", "today", "next", "end")
        return sorted(steps, key=lambda step: (step["at"], order.index(str(step["kind"]))))


@dataclass
class _PlacedWave:
    """A wave's edges as shares of the line, and where its name stands."""

    wave: WaveMark
    left: float
    right: float
    name_left: bool
    is_named: bool = True

    def make_room(self, following: "_PlacedWave") -> None:
        """Keeps this name off the next bar; of two neighbours with one name, one says it."""
        if following.left - self.right >= NAME_ROOM:
            return
        if following.wave.label != self.wave.label:
            self.name_left = self.name_left or self.left >= NAME_ROOM
        elif following.name_left:
            self.name_left, following.is_named = True, False
        else:
            self.is_named = False

    @property
    def drawn(self) -> dict[str, object]:
        return {
            "wave": self.wave,
            "x": percent(self.left),
            "width": percent(self.right - self.left),
            "end": percent(self.right),
            "name": self.wave.label if self.is_named else "",
            "name_left": self.name_left,
        }


def lane_summary(lane: Lane, today: datetime.date) -> dict[str, object]:
    """How many sessions of each mode, and the next one still to come."""
    coming = sorted((mark for mark in lane.marks if as_date(mark.at) >= today), key=lambda mark: mark.at)
    counts = [(mode, sum(mark.mode == mode for mark in lane.marks)) for mode in Mode]
    return {
        "total": len(lane.marks),
        "modes": [(mode, count) for mode, count in counts if count],
        "coming": len(coming),
        "next": coming[0] if coming else None,
    }


def as_date(day: datetime.date) -> datetime.date:
    return day.date() if isinstance(day, datetime.datetime) else day


def month_starts(start: datetime.date, end: datetime.date) -> Iterator[datetime.date]:
    """The first day of each month from the month of `start`; the very first is `start` itself."""
    day = start
    while day <= end:
        yield day
        day = datetime.date(day.year + day.month // 12, day.month % 12 + 1, 1)
