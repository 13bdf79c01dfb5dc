"""Reminders of open questionnaires: as planned by the clock, or at once by a facilitator's hand."""

from datetime import date, datetime

from django.db import transaction

from assessments.enums import WaveState
from assessments.models.waves import Wave
from assessments.queries.reminders import latest_reminder, local_date, occurrence, people_to_remind
from programme.enums import AuditAction, DeliveryPurpose
from programme.models.members import Member
from programme.models.users import User
from programme.services import deliveries
from programme.services.audit import record


def queue_due_reminders(*, at: datetime) -> int:
    """Queues the planned reminder of every open wave that is due. Called by each tick.

    After days without a tick only the last missed reminder is made up for: one catch-up, not three. Those invited
    after it was planned have had their invitation since, and wait for the next one.
    """
    queued = 0
    for wave in Wave.objects.filter(state=WaveState.OPEN, closes_at__gt=at).select_related("programme"):
        moment = latest_reminder(wave, at=at)
        if moment is not None:
            queued += _queue(wave, day=local_date(wave, moment), actor=None, at=at, invited_before=moment)
    return queued


def remind_unfinished(wave: Wave, *, actor: User, at: datetime) -> int:
    """Reminds everybody who has not finished, once a day at most; returns how many mails were queued."""
    return _queue(wave, day=local_date(wave, at), actor=actor, at=at, invited_before=at)


def _queue(wave: Wave, *, day: date, actor: User | None, at: datetime, invited_before: datetime) -> int:
    with transaction.atomic():
        people = list(people_to_remind(wave, day=day).filter(invited_at__lt=invited_before))
        for invitation in people:
            deliveries.queue(
                invitation.member.user,
                purpose=DeliveryPurpose.WAVE_REMINDER,
                subject_id=invitation.pk,
                occurrence=occurrence(day),
                programme=wave.programme,
                due_at=at,
            )
        if people:
            record(
                AuditAction.REMINDERS_QUEUED,
                actor=actor,
                programme=wave.programme,
                subject=wave,
                title=wave.title,
                people=len(people),
                day=day.isoformat(),
            )
    return len(people)


def choose_reminders(member: Member, *, wanted: bool) -> None:
    """A person's own choice; invitations still come, reminders do not."""
    Member.objects.filter(pk=member.pk).update(wants_no_reminders=not wanted)
    member.wants_no_reminders = not wanted
