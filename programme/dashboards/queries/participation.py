"""How many take part: answers by questionnaire and attendance. Counts of groups large enough to tell nobody's part."""

from collections.abc import Sequence
from dataclasses import dataclass
from uuid import UUID

from django.utils.translation import gettext as _

from assessments.enums import WaveState
from assessments.models.waves import Wave
from assessments.queries.progress import SMALLEST_COUNTED_GROUP
from programme.dashboards.queries.waves import in_state, short_names
from programme.lib.charts import WITHHELD, ShareRow
from programme.templatetags.formatting import percent
from sessions.queries.attendance import AttendanceShare

WAVES_SHOWN = 3


@dataclass(frozen=True)
class Participation:
    title: str
    rows: list[ShareRow]
    # The goal in percent where all questionnaires shown have the same.
    goal: int | None


def participation(
    waves: Sequence[Wave], attendance: AttendanceShare, *, first: UUID | None = None
) -> Participation:  # fmt: skip
    """The latest waves of the questionnaire `first` (an instrument version; none: of all), what else is open, attendance."""
    asked = in_state(waves, WaveState.OPEN, WaveState.CLOSED, WaveState.RELEASED)
    told = [wave for wave in asked if wave.instrument_version_id == first] or asked
    others = [wave for wave in in_state(asked, WaveState.OPEN) if wave not in told][-1:]
    names = short_names(told)
    rows = [_row(wave, names[wave.pk]) for wave in told[-WAVES_SHOWN:]]
    rows += [_row(wave, _("Open now")) for wave in others]
    shown = told[-WAVES_SHOWN:] + others
    if attendance.overall.marked:
        rows.append(
            ShareRow(
                label=_("Attendance"),
                full=attendance.overall.there,
                total=attendance.overall.marked,
                words=percent(attendance.overall.share),
            )
        )
    goals = {wave.goal for wave in shown}
    return Participation(_title(shown), rows, goals.pop() if len(goals) == 1 else None)


def is_countable(wave: Wave) -> bool:
    return wave.invited >= SMALLEST_COUNTED_GROUP


def _row(wave: Wave, name: str) -> ShareRow:
    if not is_countable(wave):
        return ShareRow(label=name, full=WITHHELD, total=0)
    return ShareRow(label=name, full=wave.finished, total=wave.invited, target=wave.goal / 100)


def _title(waves: Sequence[Wave]) -> str:
    """The latest questionnaire in one phrase."""
    counted = [wave for wave in waves if is_countable(wave)]
    if not counted:
        return _("Taking part")
    latest = counted[-1]
    counts = {"finished": latest.finished, "invited": latest.invited}
    if latest.finished == latest.invited:
        return _("Everybody answered")
    if latest.state == WaveState.OPEN:
        return _("%(finished)s of %(invited)s have answered so far") % counts
    tenths = round(10 * latest.finished / latest.invited)
    if latest.invited < 10 or tenths in (0, 10):
        return _("%(finished)s of %(invited)s people answered") % counts
    return _("%(tenths)s in 10 people answered") % {"tenths": tenths}
