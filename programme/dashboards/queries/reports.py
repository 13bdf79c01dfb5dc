"""How far the programme's reports are. Reports are a sibling of the dashboards, so they are reached by relation only."""

from collections.abc import Sequence
from dataclasses import dataclass
from uuid import UUID

from programme.models.programmes import Programme
from programme.models.users import User

BOARD = "programme"  # the kind of the report to the board


@dataclass(frozen=True)
class ReportLine:
    key: UUID
    kind: str
    title: str
    is_compiled: bool
    is_released: bool


def report_lines(programme: Programme, *, user: User) -> list[ReportLine]:
    """The reports this person may see, the newest first, in one query."""
    rows = programme.reports.visible_to(user).values_list("pk", "kind", "title", "compiled_at", "released_at")
    return [ReportLine(pk, kind, title, bool(made), bool(out)) for pk, kind, title, made, out in rows]


def waiting(reports: Sequence[ReportLine]) -> list[ReportLine]:
    """Compiled, but nobody except the facilitators sees them yet."""
    return [report for report in reports if report.is_compiled and not report.is_released]
