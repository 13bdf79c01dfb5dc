"""A wave's life: drafted, opened (everything that matters is frozen), extended, closed. It never goes back."""

from collections.abc import Iterable, Sequence
from datetime import datetime

from django.db import transaction
from django.utils.translation import gettext as _

from assessments.enums import WaveMode, WavePoint, WaveState
from assessments.models.instruments import InstrumentVersion
from assessments.models.invitations import WaveInvitation
from assessments.models.waves import Wave
from assessments.queries.waves import obstacles, people_not_asked, people_to_invite
from programme.enums import AuditAction, DeliveryPurpose
from programme.models.members import Member
from programme.models.programmes import Programme
from programme.models.teams import Team
from programme.models.users import User
from programme.services import deliveries
from programme.services.audit import record

LOWEST_THRESHOLD = 4


class WaveProblem(Exception):
    """A wave cannot do this now; `reasons` tell people why and what to do."""

    def __init__(self, *reasons: str) -> None:
        super().__init__(" ".join(reasons))
        self.reasons = reasons


def create_wave(
    programme: Programme,
    *,
    actor: User,
    instrument_version: InstrumentVersion,
    title: str,
    point: WavePoint,
    teams: Iterable[Team],
    closes_at: datetime,
    purpose: str = "",
    reminder_days: Sequence[int] = (7, 3, 1),
    goal: int = 75,
    threshold: int | None = None,
) -> Wave:
    """A draft. `threshold` may be higher than the programme's, never lower."""
    wave = Wave(
        programme=programme,
        instrument_version=instrument_version,
        title=title,
        point=point,
        purpose=purpose,
        closes_at=closes_at,
        reminder_days=list(reminder_days),
        goal=goal,
        threshold=threshold or programme.threshold,
        created_by=actor,
    )
    _check_threshold(wave)
    with transaction.atomic():
        wave.save()
        wave.teams.set(teams)
    return wave


def change_wave(wave: Wave, *, actor: User, teams: Iterable[Team], **fields: object) -> None:
    """Changes a draft. What has been opened stays as people were told."""
    for name, value in fields.items():
        setattr(wave, name, value)
    _check_threshold(wave)
    with transaction.atomic():
        if not Wave.objects.select_for_update().filter(pk=wave.pk, state=WaveState.DRAFT).exists():
            raise WaveProblem(_("This questionnaire has been opened, so it can no longer be changed."))
        wave.save(update_fields=list(fields))
        wave.teams.set(teams)
        record(AuditAction.WAVE_CHANGED, actor=actor, programme=wave.programme, subject=wave, title=wave.title)


def discard_wave(wave: Wave, *, actor: User) -> None:
    """Throws a draft away; nobody has been asked yet."""
    with transaction.atomic():
        if not Wave.objects.select_for_update().filter(pk=wave.pk, state=WaveState.DRAFT).exists():
            raise WaveProblem(_("This questionnaire has been opened, so it cannot be thrown away."))
        record(
            AuditAction.WAVE_CHANGED,
            actor=actor,
            programme=wave.programme,
            subject=wave,
            title=wave.title,
            discarded=True,
        )
        wave.delete()


def open_wave(wave: Wave, *, actor: User, at: datetime, privacy_text: str = "") -> int:
    """Opens a draft: freezes it, invites everybody who takes part in its teams, queues their mails; returns how many.

    `privacy_text` is what people are told about their answers, the programme's where empty. Raises WaveProblem with
    every reason against opening; of two who open it at the same time, the second gets one.
    """
    with transaction.atomic():
        draft = Wave.objects.select_for_update().filter(pk=wave.pk, state=WaveState.DRAFT)
        text = (privacy_text or wave.privacy_text or wave.programme.privacy_text).strip()
        threshold = max(wave.threshold, wave.programme.threshold)
        if not draft.update(state=WaveState.OPEN, opened_at=at, privacy_text=text, threshold=threshold):
            raise WaveProblem(_("This questionnaire has been opened already."))
        people = list(people_to_invite(wave))
        _refuse(wave, people, text=text, at=at)
        wave.refresh_from_db()
        _invite(wave, people, at=at)
        record(
            AuditAction.WAVE_OPENED,
            actor=actor,
            programme=wave.programme,
            subject=wave,
            title=wave.title,
            people=len(people),
            teams=sorted({member.team.name for member in people}),
            threshold=wave.threshold,
            mode=WaveMode(wave.mode).value,
            instrument=str(wave.instrument_version),
            closes_at=wave.closes_at.isoformat(),
        )
    return len(people)


def invite_late(wave: Wave, *, people: Iterable[Member], actor: User, at: datetime) -> int:
    """Invites people who joined after opening, by a facilitator's decision; returns how many were not asked before."""
    _must_be_open(wave, at=at)
    with transaction.atomic():
        asked = list(people_not_asked(wave).filter(pk__in=[member.pk for member in people]))
        wave.invitations.filter(member__in=asked).update(withdrawn_at=None, invited_at=at)
        known = set(wave.invitations.filter(member__in=asked).values_list("member", flat=True))
        _invite(wave, [member for member in asked if member.pk not in known], at=at)
        _mail_again(wave, known, at=at)
        if asked:
            record(
                AuditAction.WAVE_CHANGED, actor=actor, programme=wave.programme, subject=wave, title=wave.title,
                invited_later=len(asked),
            )  # fmt: skip
    return len(asked)


def withdraw_invitation(invitation: WaveInvitation, *, actor: User, at: datetime) -> bool:
    """Takes one person off the list: no more mail, no more answering, counted nowhere. False when there is no need."""
    wave = invitation.wave
    with transaction.atomic():
        waiting = WaveInvitation.objects.filter(pk=invitation.pk, submitted_at=None, withdrawn_at=None)
        if wave.state != WaveState.OPEN or not waiting.update(withdrawn_at=at):
            return False
        for purpose in (DeliveryPurpose.WAVE_INVITATION, DeliveryPurpose.WAVE_REMINDER):
            deliveries.cancel(purpose=purpose, subject_id=invitation.pk, at=at)
        record(
            AuditAction.WAVE_CHANGED, actor=actor, programme=wave.programme, subject=invitation, title=wave.title,
            taken_off=1,
        )  # fmt: skip
    return True


def correct_place(invitation: WaveInvitation, *, actor: User, at: datetime) -> bool:
    """Moves somebody who has not finished to the organisation and team their programme knows today.

    False when the person has finished or was taken off the list meanwhile.
    """
    wave, member = invitation.wave, invitation.member
    _must_be_open(wave, at=at)
    waiting = WaveInvitation.objects.filter(pk=invitation.pk, submitted_at=None, withdrawn_at=None)
    with transaction.atomic():
        if not waiting.update(organisation=member.organisation, team=member.team, place_disputed=False):
            return False
        record(
            AuditAction.WAVE_CHANGED, actor=actor, programme=wave.programme, subject=invitation, title=wave.title,
            place_corrected=1,
        )  # fmt: skip
    return True


def extend_wave(wave: Wave, *, closes_at: datetime, actor: User, at: datetime) -> None:
    """Keeps an open wave open for longer; planned reminders move with the day of closing."""
    _must_be_open(wave, at=at)
    if closes_at <= wave.closes_at:
        raise WaveProblem(_("Choose a time after the one it is open until now."))
    with transaction.atomic():
        if not Wave.objects.filter(pk=wave.pk, state=WaveState.OPEN).update(closes_at=closes_at):
            raise WaveProblem(_("This questionnaire has just been closed."))
        record(
            AuditAction.WAVE_CHANGED,
            actor=actor,
            programme=wave.programme,
            subject=wave,
            title=wave.title,
            closes_at=[wave.closes_at.isoformat(), closes_at.isoformat()],
        )
    wave.closes_at = closes_at


def close_wave(wave: Wave, *, actor: User | None = None, at: datetime) -> bool:
    """Closes an open wave for good; False when it was closed already. `actor` None: its time had come.

    Mails still waiting need no stopping: their writer looks at the wave again and says they are no longer needed.
    """
    with transaction.atomic():
        if not Wave.objects.filter(pk=wave.pk, state=WaveState.OPEN).update(state=WaveState.CLOSED, closed_at=at):
            return False
        asked = wave.invitations.filter(withdrawn_at=None)
        record(
            AuditAction.WAVE_CLOSED,
            actor=actor,
            programme=wave.programme,
            subject=wave,
            title=wave.title,
            early=at < wave.closes_at,
            invited=asked.count(),
            finished=asked.filter(submitted_at__isnull=False).count(),
        )
    wave.state, wave.closed_at = WaveState.CLOSED, at
    return True


def close_due_waves(*, at: datetime) -> int:
    """Closes every wave whose time has come. Called by each tick; missed ticks are caught up."""
    due = Wave.objects.due_to_close(at=at).select_related("programme")
    return sum(close_wave(wave, at=at) for wave in due)


def _check_threshold(wave: Wave) -> None:
    lowest = max(LOWEST_THRESHOLD, wave.programme.threshold)
    if wave.threshold < lowest:
        raise WaveProblem(_("The smallest group shown cannot be below %(lowest)s people.") % {"lowest": lowest})


def _refuse(wave: Wave, people: list[Member], *, text: str, at: datetime) -> None:
    reasons = [obstacle.words for obstacle in obstacles(wave, people, at=at)]
    if not text:
        reasons.append(_("People must be told who sees their answers. Write a privacy text first."))
    if reasons:
        raise WaveProblem(*reasons)


def _must_be_open(wave: Wave, *, at: datetime) -> None:
    if not wave.is_answerable(at=at):
        raise WaveProblem(_("This questionnaire is not open."))


def _invite(wave: Wave, people: list[Member], *, at: datetime) -> None:
    """One place for each person, with organisation and team as they are today, and one mail."""
    invitations = WaveInvitation.objects.bulk_create(
        WaveInvitation(
            wave=wave, member=member, organisation=member.organisation, team=member.team, invited_at=at
        )
        for member in people
    )  # fmt: skip
    for invitation in invitations:
        _queue_mail(invitation, wave, occurrence="first", at=at)


def _mail_again(wave: Wave, members: set, *, at: datetime) -> None:
    """Invites again who had been taken off the list."""
    for invitation in wave.invitations.filter(member__in=members).select_related("member__user"):
        _queue_mail(invitation, wave, occurrence=f"again-{at.isoformat()}", at=at)


def _queue_mail(invitation: WaveInvitation, wave: Wave, *, occurrence: str, at: datetime) -> None:
    deliveries.queue(
        invitation.member.user,
        purpose=DeliveryPurpose.WAVE_INVITATION,
        subject_id=invitation.pk,
        occurrence=occurrence,
        programme=wave.programme,
        due_at=at,
    )
