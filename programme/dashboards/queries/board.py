"""All that the executives' page shows, read with a fixed number of queries."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from assessments.models.waves import Wave
from assessments.results import released_results
from programme.dashboards.queries.dimensions import Dimensions, dimensions
from programme.dashboards.queries.mine import is_waiting, own_invitations
from programme.dashboards.queries.participation import Participation, participation
from programme.dashboards.queries.status import Status, programme_status
from programme.dashboards.queries.story import NextStep, Now, headline, next_step, timeline_title, what_lasted
from programme.dashboards.queries.waves import full_names, programme_waves
from programme.lib.charts import Timeline
from programme.models.members import Member
from programme.models.programmes import Programme
from programme.models.users import User
from sessions.models.decisions import Decision
from sessions.queries.attendance import attendance_share
from sessions.queries.commitments import CommitmentCounts, commitment_counts, owner_words
from sessions.queries.dates import programme_today
from sessions.queries.decisions import open_decisions
from sessions.queries.timeline import programme_timeline
from sessions.queries.upcoming import upcoming_sessions

DECISIONS_SHOWN = 2


@dataclass(frozen=True)
class Board:
    now: Now
    status: Status
    timeline: Timeline
    participation: Participation
    commitments: CommitmentCounts
    # Whose the oldest overdue commitment is, in words this reader may read.
    late_owner: str

    @property
    def dimensions(self) -> Dimensions | None:
        return self.now.dimensions

    @property
    def decisions(self) -> Sequence[Decision]:
        return self.now.decisions

    @property
    def decisions_shown(self) -> Sequence[Decision]:
        return self.now.decisions[:DECISIONS_SHOWN]

    @property
    def headline(self) -> str:
        return headline(self.now)

    @property
    def next_step(self) -> NextStep | None:
        return next_step(self.now)

    @property
    def what_lasted(self) -> str:
        return what_lasted(self.now, self.commitments) if self.now.has_ended else ""

    @property
    def timeline_title(self) -> str:
        return timeline_title(self.now)


def board(programme: Programme, *, member: Member, user: User, at: datetime) -> Board:
    today = programme_today(programme, at=at)
    now = _now(programme, member=member, user=user, at=at)
    attendance = attendance_share(programme)
    commitments = commitment_counts(programme, today=today)
    late = commitments.oldest_overdue
    return Board(
        now=now,
        status=programme_status(
            programme,
            today=today,
            waves=now.waves,
            attendance=attendance,
            commitments=commitments,
            decisions=now.decisions,
            dimensions=now.dimensions,
        ),
        timeline=programme_timeline(programme, today=today),
        participation=participation(now.waves, attendance, first=_version(now.waves, now.dimensions)),
        commitments=commitments,
        late_owner=owner_words(late.owner, reader=member) if late else "",
    )


def _now(programme: Programme, *, member: Member, user: User, at: datetime) -> Now:
    waves = programme_waves(programme, user=user)
    own = [invitation for invitation in own_invitations(member) if is_waiting(invitation, at=at)]
    return Now(
        programme=programme,
        today=programme_today(programme, at=at),
        waves=waves,
        names=full_names(waves),
        dimensions=dimensions(released_results(programme), zone=programme.time_zone),
        decisions=list(open_decisions(programme)),
        coming=upcoming_sessions(user, at=at, programme=programme),
        own=own[0].wave if own else None,
    )


def _version(waves: Sequence[Wave], found: Dimensions | None) -> UUID | None:
    """The instrument version whose figure is shown."""
    return next((wave.instrument_version_id for wave in waves if found and wave.pk == found.wave_id), None)
