"""Rows of the sessions app, made with as few words as a test needs."""

from datetime import UTC, date, datetime, time, timedelta

from programme.models.members import Member
from programme.models.programmes import Programme
from sessions.enums import SessionKind, SessionMode
from sessions.models.commitments import Commitment
from sessions.models.decisions import Decision
from sessions.models.invitations import SessionInvitation
from sessions.models.sessions import Session

# A Tuesday in summer time, inside the cast's programme.
DAY = date(2022, 5, 17)
LONG_BEFORE = datetime(2022, 4, 1, 12, tzinfo=UTC)
EARLIER_THAT_DAY = datetime(2022, 5, 17, 7, tzinfo=UTC)
DAY_AFTER = datetime(2022, 5, 18, 12, tzinfo=UTC)


def make_session(
    programme: Programme, *, teams=(), people=(), invited_at: datetime | None = LONG_BEFORE, **fields
) -> Session:
    """A session with places for `people`, as if they had been mailed at `invited_at`; None: not yet."""
    session = Session.objects.create(
        **{
            "programme": programme,
            "title": "Promises we keep",
            "kind": SessionKind.WORKSHOP,
            "mode": SessionMode.ROOM,
            "date": DAY,
            "starts": time(10),
            "ends": time(12, 30),
            "place": "Harbour Room, Civic Centre",
            "created_by": programme.created_by,
            "invited_at": invited_at,
            **fields,
        }
    )
    session.teams.set(teams)
    for person in people:
        give_place(session, person)
    return session


def give_place(session: Session, member: Member, **fields) -> SessionInvitation:
    return SessionInvitation.objects.create(
        **{"session": session, "member": member, "invited_at": session.invited_at, **fields}
    )


def make_commitment(owner: Member, **fields) -> Commitment:
    return Commitment.objects.create(
        **{
            "programme": owner.programme,
            "owner": owner,
            "text": "I share the duty rota every Friday",
            "due_on": DAY + timedelta(days=14),
            **fields,
        }
    )


def make_decision(programme: Programme, **fields) -> Decision:
    return Decision.objects.create(
        **{"programme": programme, "title": "Host of the January follow-up", "due_on": date(2022, 6, 24), **fields}
    )
