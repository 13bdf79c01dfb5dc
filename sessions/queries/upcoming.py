"""Sessions as one person's lists show them: what is next, what was, and which registers are still empty."""

from dataclasses import dataclass
from datetime import datetime, timedelta

from django.db.models import OuterRef, QuerySet, Subquery
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from programme.models.programmes import Programme
from programme.models.users import User
from sessions.enums import Attendance, Reply
from sessions.models.invitations import SessionInvitation
from sessions.models.sessions import Session

MY_ATTENDANCE = {
    Attendance.PRESENT: _("You were there"),
    Attendance.PART: _("You were there for part of it"),
    Attendance.APOLOGIES: _("You sent apologies"),
    Attendance.ABSENT: _("You were not there"),
}
MY_REPLY = {
    Reply.NONE: _("You have not replied"),
    Reply.COMING: _("You are coming"),
    Reply.MAYBE: _("You are perhaps coming"),
    Reply.NOT_COMING: _("You are not coming"),
}


@dataclass(frozen=True)
class SessionRow:
    """`my_reply` is None for those who are not asked to the session; the counts are attributes of `session`."""

    session: Session
    url: str
    is_over: bool
    my_reply: Reply | None
    my_attendance: str

    @property
    def my_words(self) -> str:
        """What the list tells people of their own place: whether they were there, or what they replied."""
        if self.my_attendance:
            return str(MY_ATTENDANCE[Attendance(self.my_attendance)])
        return str(MY_REPLY[self.my_reply]) if self.my_reply and not self.is_over else ""

    @property
    def needs_reply(self) -> bool:
        return self.my_reply == Reply.NONE and not self.is_over and not self.session.is_cancelled

    @property
    def register_missing(self) -> bool:
        """It is over, people were asked, and nobody has said who came."""
        return self.is_over and not self.session.is_cancelled and self.session.invited > 0 and not self.session.marked

    @property
    def invitations_missing(self) -> bool:
        """It is to come and planned, and nobody has been told yet."""
        return not self.is_over and not self.session.is_cancelled and self.session.invited_at is None


def session_rows(sessions: QuerySet[Session], *, user: User, at: datetime) -> list[SessionRow]:
    """In order of time, in one query: how many are invited, coming, still to reply, marked and there comes with each."""
    mine = SessionInvitation.objects.current().filter(session=OuterRef("pk"), member__user=user)
    rows = sessions.with_counts().annotate(
        my_reply=Subquery(mine.values("reply")[:1]), my_attendance=Subquery(mine.values("attendance")[:1])
    )
    # Counting drops the order of the model's Meta.
    return [_row(session, at) for session in rows.order_by("date", "starts", "title")]


def upcoming_sessions(
    user: User, *, at: datetime, programme: Programme | None = None, limit: int = 3
) -> list[SessionRow]:
    """The next sessions this person may see, soonest first; one that is running is among them."""
    # A day of slack each side, because dates are on the sessions' own clocks.
    near = _visible(user, programme).filter(date__gte=at.date() - timedelta(days=1))
    return [row for row in session_rows(near, user=user, at=at) if not row.is_over][:limit]


def sessions_without_register(user: User, *, at: datetime, programme: Programme) -> list[SessionRow]:
    """Sessions that are over and nobody has said who came, the latest first: for the facilitator's list of today."""
    past = _visible(user, programme).filter(date__lte=at.date() + timedelta(days=1))
    return [row for row in reversed(session_rows(past, user=user, at=at)) if row.register_missing]


def _visible(user: User, programme: Programme | None) -> QuerySet[Session]:
    sessions = Session.objects.visible_to(user).planned()
    return sessions.filter(programme=programme) if programme else sessions.select_related("programme")


def _row(session: Session, at: datetime) -> SessionRow:
    kwargs = {"programme_id": session.programme_id, "session_id": session.pk}
    return SessionRow(
        session=session,
        url=reverse("sessions:session_detail", kwargs=kwargs),
        is_over=session.ends_at <= at,
        my_reply=Reply(session.my_reply) if session.my_reply else None,
        my_attendance=session.my_attendance or "",
    )
