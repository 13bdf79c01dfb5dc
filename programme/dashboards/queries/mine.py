"""One person's own part in a programme: what waits for them, what they promised, what they may look at."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime

from assessments.models.invitations import WaveInvitation
from assessments.models.waves import Wave
from assessments.queries.answering import definition_of, minutes_needed
from assessments.queries.results import told_to
from programme.models.members import Member
from programme.models.users import User
from sessions.models.commitments import Commitment
from sessions.queries.upcoming import SessionRow, upcoming_sessions

SESSIONS_SHOWN = 4
LOOKED_AT = 100


@dataclass(frozen=True)
class ToAnswer:
    """A questionnaire that waits for this person."""

    invitation: WaveInvitation
    minutes: int

    @property
    def begun(self) -> bool:
        return self.invitation.started_at is not None


@dataclass(frozen=True)
class OwnPart:
    to_answer: Sequence[ToAnswer]
    answered: Sequence[WaveInvitation]
    sessions: Sequence[SessionRow]
    commitments: Sequence[Commitment]
    released: Sequence[Wave]

    @property
    def to_reply(self) -> list[SessionRow]:
        """Sessions people have been told of that wait for this person's word."""
        return [row for row in self.sessions if row.needs_reply and row.session.invited_at]


def own_part(member: Member, *, user: User, at: datetime) -> OwnPart:
    """Four queries, whatever there is."""
    invitations = own_invitations(member)
    commitments = Commitment.objects.visible_to(user).filter(owner=member).open()
    waves = Wave.objects.visible_to(user).filter(programme=member.programme_id).released()
    return OwnPart(
        to_answer=[
            ToAnswer(invitation, minutes_needed(definition_of(invitation.wave.instrument_version_id)))
            for invitation in invitations
            if is_waiting(invitation, at=at)
        ],
        answered=[invitation for invitation in invitations if invitation.submitted_at],
        sessions=own_sessions(member, user=user, at=at)[:SESSIONS_SHOWN],
        commitments=list(commitments.select_related("session").order_by("due_on", "text")),
        released=list(told_to(waves, member).order_by("-closed_at")),
    )


def own_invitations(member: Member) -> list[WaveInvitation]:
    """The person's places in questionnaires, the one that closes first at the top."""
    rows = WaveInvitation.objects.filter(member=member, withdrawn_at=None)
    return list(rows.select_related("wave").order_by("wave__closes_at"))


def is_waiting(invitation: WaveInvitation, *, at: datetime) -> bool:
    return invitation.submitted_at is None and invitation.wave.is_answerable(at=at)


def own_sessions(member: Member, *, user: User, at: datetime) -> list[SessionRow]:
    """Only those the person is asked to: executives and facilitators may see more."""
    rows = upcoming_sessions(user, at=at, programme=member.programme, limit=LOOKED_AT)
    return [row for row in rows if row.my_reply is not None]


def overdue(commitments: Sequence[Commitment], *, on: date) -> list[Commitment]:
    return [commitment for commitment in commitments if commitment.due_on < on]
