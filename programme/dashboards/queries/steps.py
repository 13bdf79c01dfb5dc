"""The programme's way as a task list: setting up, questionnaires, sessions, closing."""

from dataclasses import asdict, dataclass
from datetime import date, datetime, timedelta

from django.utils.translation import gettext as _

from assessments.enums import WaveState
from programme.dashboards.queries.facts import Facts
from programme.dashboards.queries.reports import BOARD
from programme.models.programmes import Programme
from programme.models.users import User
from sessions.enums import SessionKind
from sessions.models.sessions import Session

# A review meeting this shortly before the last day, or after it, is the closing review.
CLOSING = timedelta(days=45)


@dataclass(frozen=True)
class Line:
    """One line of the task list; `status` is "done", "now", "plain" (there, but not begun) or "" (nothing there)."""

    title: str
    href: str
    status: str = ""
    words: str = ""
    hint: str = ""

    @property
    def done(self) -> bool:
        return self.status == "done"

    def as_item(self) -> dict[str, str]:
        return asdict(self)


@dataclass(frozen=True)
class Meetings:
    """How many sessions there are, how many of them were held, and when the closing review is."""

    count: int
    held: int
    closing: date | None
    today: date


def meetings(programme: Programme, *, user: User, at: datetime, today: date) -> Meetings:
    """A session has been held once its end has passed, as on the page of sessions."""
    planned = Session.objects.visible_to(user).filter(programme=programme).planned().order_by()
    rows = list(planned.only("kind", "date", "ends", "time_zone"))
    closing_from = programme.ends_on - CLOSING
    reviews = [row.date for row in rows if row.kind == SessionKind.REVIEW and row.date >= closing_from]
    return Meetings(len(rows), sum(row.ends_at <= at for row in rows), min(reviews, default=None), today)


def programme_steps(facts: Facts, meetings: Meetings) -> list[Line]:
    """From set-up to the report for the board; the steps of a finished set-up are one line."""
    return [
        *_setup(facts),
        _sessions(facts, meetings),
        *_waves(facts),
        _closing(facts, meetings),
        _board_report(facts),
    ]


def _setup(facts: Facts) -> list[Line]:
    if facts.is_set_up:
        words = _("Partners, teams, people and privacy")
        return [Line(words, facts.url("programme_setup"), "done", _("Done"))]
    return [Line(step.name, step.url, step.status, step.words, step.hint) for step in facts.setup]


def _sessions(facts: Facts, meetings: Meetings) -> Line:
    href = facts.url("sessions:session_list")
    if not meetings.count:
        return Line(_("Sessions"), href)
    counts = {"held": meetings.held, "count": meetings.count}
    if meetings.held == meetings.count:
        return Line(_("Sessions"), href, "done", _("%(held)s held") % counts)
    return Line(_("Sessions"), href, "plain", _("%(held)s of %(count)s held") % counts)


def _waves(facts: Facts) -> list[Line]:
    if not facts.waves:
        return [Line(_("Questionnaires"), facts.url("assessments:wave_list"))]
    signs = {WaveState.DRAFT: "plain", WaveState.OPEN: "now", WaveState.CLOSED: "now", WaveState.RELEASED: "done"}
    return [
        Line(
            facts.names[wave.pk],
            facts.url("assessments:wave_detail", wave_id=wave.pk),
            signs[WaveState(wave.state)],
            str(wave.get_state_display()),
        )
        for wave in facts.waves
    ]


def _closing(facts: Facts, meetings: Meetings) -> Line:
    title, href = _("Closing review"), facts.url("sessions:session_list")
    if meetings.closing is None:
        return Line(title, href)
    if meetings.closing < meetings.today:
        return Line(title, href, "done", _("Held"))
    return Line(title, href, "plain", _("Planned"))


def _board_report(facts: Facts) -> Line:
    title, href = _("Report for the board"), facts.url("reports:report_list")
    found = [report for report in facts.reports if report.kind == BOARD and report.is_compiled]
    if any(report.is_released for report in found):
        return Line(title, href, "done", _("Released"))
    return Line(title, href, "now", _("Compiled")) if found else Line(title, href)
