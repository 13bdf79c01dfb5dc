from datetime import datetime, time, timedelta
from uuid import UUID
from zoneinfo import ZoneInfo

from django.db import transaction

from programme.enums import DeliveryPurpose
from programme.models.deliveries import Delivery
from programme.services import deliveries
from sessions.enums import Reply
from sessions.models.invitations import SessionInvitation
from sessions.models.sessions import Session

REMINDED_AT = time(9)


def queue_due_reminders(*, at: datetime) -> int:
    """One reminder a person and session: from 9am of the day before, on the session's clock, until it starts.

    Those who are not coming, who want no reminders, or who were asked after that hour get none. A missed tick catches
    up; a session that moves to another day reminds again. Returns how many mails were queued.
    """
    near = Session.objects.planned().filter(
        date__gte=at.date() - timedelta(days=1), date__lte=at.date() + timedelta(days=2)
    )
    sessions = [session for session in near.exclude(invited_at=None) if remind_from(session) <= at < session.starts_at]
    return sum(_remind(session, at=at) for session in sessions)


def remind_from(session: Session) -> datetime:
    """9am of the day before, as the clock on the wall will show it."""
    return datetime.combine(session.date - timedelta(days=1), REMINDED_AT, ZoneInfo(session.time_zone))


def _remind(session: Session, *, at: datetime) -> int:
    occurrence = f"day-before-{session.date.isoformat()}"
    with transaction.atomic():
        done = _reminded(session, occurrence)
        waiting = (
            session.invitations.current()
            .filter(member__left_on=None, member__wants_no_reminders=False, invited_at__lt=remind_from(session))
            .exclude(reply=Reply.NOT_COMING)
            .select_related("member__user")
        )
        missing = [invitation for invitation in waiting if invitation.pk not in done]
        for invitation in missing:
            deliveries.queue(
                invitation.member.user,
                purpose=DeliveryPurpose.SESSION_REMINDER,
                subject_id=invitation.pk,
                occurrence=occurrence,
                programme=session.programme,
                due_at=at,
            )
    return len(missing)


def _reminded(session: Session, occurrence: str) -> set[UUID]:
    ids = SessionInvitation.objects.filter(session=session).values("pk")
    rows = Delivery.objects.filter(purpose=DeliveryPurpose.SESSION_REMINDER, occurrence=occurrence, subject_id__in=ids)
    return set(rows.values_list("subject_id", flat=True))
