"""Whether a programme is on track, by rules that are written beside the word."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from assessments.enums import WaveState
from assessments.models.waves import Wave
from programme.dashboards.queries.dimensions import Dimensions
from programme.dashboards.queries.participation import is_countable
from programme.dashboards.queries.waves import in_state
from programme.dashboards.queries.words import listed
from programme.models.programmes import Programme
from programme.templatetags.formatting import percent
from sessions.models.decisions import Decision
from sessions.queries.attendance import AttendanceShare
from sessions.queries.commitments import CommitmentCounts

LOWEST_ATTENDANCE = 0.6
MOST_OVERDUE = 0.25


@dataclass(frozen=True)
class Check:
    """One thing that must hold: the rule, how it stands, and whether it holds (None: too early to say)."""

    rule: str
    words: str
    holds: bool | None


@dataclass(frozen=True)
class Status:
    """`state` is the shape's name (on_track, at_risk, ended, starting), `word` what people read."""

    state: str
    word: str
    checks: list[Check]

    @property
    def has_ended(self) -> bool:
        return self.state == "ended"


def programme_status(
    programme: Programme,
    *,
    today: date,
    waves: Sequence[Wave],
    attendance: AttendanceShare,
    commitments: CommitmentCounts,
    decisions: Sequence[Decision],
    dimensions: Dimensions | None,
) -> Status:
    checks = [
        _answers(waves),
        _attendance(attendance),
        _commitments(commitments),
        _decisions(decisions, today),
        _dimensions(dimensions),
    ]
    if today > programme.ends_on:
        return Status("ended", _("Complete"), checks)
    if any(check.holds is False for check in checks):
        return Status("at_risk", _("At risk"), checks)
    if today < programme.starts_on or not any(check.holds for check in checks):
        return Status("starting", _("Starting"), checks)
    return Status("on_track", _("On track"), checks)


def _answers(waves: Sequence[Wave]) -> Check:
    rule = _("The latest questionnaire reached its goal of answers")
    closed = [wave for wave in in_state(waves, WaveState.CLOSED, WaveState.RELEASED) if is_countable(wave)]
    if not closed:
        return Check(rule, _("None has been closed yet."), None)
    latest = closed[-1]
    words = _("%(finished)s of %(invited)s answered, the goal is %(goal)s%%.") % {
        "finished": latest.finished,
        "invited": latest.invited,
        "goal": latest.goal,
    }
    return Check(rule, words, 100 * latest.finished >= latest.goal * latest.invited)


def _attendance(attendance: AttendanceShare) -> Check:
    rule = _("At least %(share)s of the places in sessions were taken") % {"share": percent(LOWEST_ATTENDANCE)}
    share = attendance.overall.share
    if share is None:
        return Check(rule, _("No attendance has been noted yet."), None)
    return Check(rule, _("It is %(share)s.") % {"share": percent(share)}, share >= LOWEST_ATTENDANCE)


def _commitments(counts: CommitmentCounts) -> Check:
    rule = _("No more than one commitment in four is overdue")
    if not counts.total:
        return Check(rule, _("None has been made yet."), None)
    words = ngettext("%(overdue)s of %(total)s is.", "%(overdue)s of %(total)s are.", counts.overdue) % {
        "overdue": counts.overdue,
        "total": counts.total,
    }
    return Check(rule, words, counts.overdue <= MOST_OVERDUE * counts.total)


def _decisions(decisions: Sequence[Decision], today: date) -> Check:
    """Decisions that wait are no sign of health by themselves, so none overdue is "too early to say"."""
    rule = _("No decision asked of the executives is overdue")
    late = [decision.title for decision in decisions if decision.due_on < today]
    if late:
        return Check(rule, _("Overdue: %(titles)s.") % {"titles": listed(late)}, False)
    if not decisions:
        return Check(rule, _("None is asked at the moment."), None)
    return Check(rule, _("None is."), True)


def _dimensions(dimensions: Dimensions | None) -> Check:
    rule = _("Nothing that was measured is clearly down in any organisation")
    if dimensions is None or not dimensions.figure.change_headings:
        return Check(rule, _("There is nothing to compare yet."), None)
    if dimensions.moves.fallen:
        return Check(rule, _("Clearly down: %(names)s.") % {"names": listed(dimensions.moves.fallen)}, False)
    return Check(rule, _("Nothing is."), True)
