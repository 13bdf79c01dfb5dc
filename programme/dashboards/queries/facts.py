"""What a facilitator's page knows of a programme; read once, used by its parts."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime
from uuid import UUID

from django.urls import reverse

from assessments.models.waves import Wave
from programme.dashboards.queries.mail import MailTrouble, mail_trouble
from programme.dashboards.queries.reports import ReportLine, report_lines
from programme.dashboards.queries.waves import full_names, programme_waves
from programme.models.programmes import Programme
from programme.models.users import User
from programme.queries.setup import Step, setup_steps
from sessions.queries.commitments import CommitmentCounts, commitment_counts
from sessions.queries.dates import programme_today
from sessions.queries.upcoming import SessionRow, sessions_without_register, upcoming_sessions


@dataclass(frozen=True)
class Facts:
    programme: Programme
    today: date
    setup: Sequence[Step]
    waves: Sequence[Wave]
    names: dict[UUID, str]
    mail: MailTrouble
    # Sessions that are over and have no attendance, the latest first; and the next ones to come.
    registers: Sequence[SessionRow]
    coming: Sequence[SessionRow]
    commitments: CommitmentCounts
    reports: Sequence[ReportLine]

    @property
    def has_ended(self) -> bool:
        return self.today > self.programme.ends_on

    @property
    def is_set_up(self) -> bool:
        return all(step.done for step in self.setup)

    @property
    def week(self) -> tuple[int, int] | None:
        """Which week of how many it is; None before and after the programme."""
        start, end = self.programme.starts_on, self.programme.ends_on
        if not start <= self.today <= end:
            return None
        return (self.today - start).days // 7 + 1, (end - start).days // 7 + 1

    def url(self, name: str, **kwargs: UUID) -> str:
        return reverse(name, kwargs={"programme_id": self.programme.pk, **kwargs})


def facilitator_facts(programme: Programme, *, user: User, at: datetime) -> Facts:
    """A fixed number of queries, however large the programme."""
    today = programme_today(programme, at=at)
    waves = programme_waves(programme, user=user)
    return Facts(
        programme=programme,
        today=today,
        setup=setup_steps(programme),
        waves=waves,
        names=full_names(waves),
        mail=mail_trouble(programme, user=user, at=at),
        registers=sessions_without_register(user, at=at, programme=programme),
        coming=upcoming_sessions(user, at=at, programme=programme),
        commitments=commitment_counts(programme, today=today),
        reports=report_lines(programme, user=user),
    )
