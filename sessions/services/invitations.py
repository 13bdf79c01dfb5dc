"""Who is invited to a session, what they answer, and which calendar mail each of them gets.

Each person's calendar hears of a session by one UID and a growing SEQUENCE (RFC 5546). A mail that has not left when
the session changes is replaced, so that nobody is told of a change to something they never heard of.
"""

from collections.abc import Iterable
from datetime import datetime

from django.db import transaction
from django.db.models import F
from django.utils.translation import gettext as _

from programme.enums import AuditAction, DeliveryPurpose
from programme.models.members import Member
from programme.models.users import User
from programme.services import deliveries
from programme.services.audit import record
from sessions.enums import Reply
from sessions.models.invitations import SessionInvitation
from sessions.models.sessions import Session


class ReplyClosed(Exception):
    """It is too late to reply, or there is nothing to reply to; the message says why."""


def invite_people(session: Session, *, people: Iterable[Member], actor: User, at: datetime) -> list[SessionInvitation]:
    """Gives people a place; those who have one keep it. Mails them at once if the others have been mailed."""
    with transaction.atomic():
        session = Session.objects.select_for_update().get(pk=session.pk)
        added = [invitation for person in people if (invitation := _give_place(session, person))]
        if not added:
            return []
        names = sorted(invitation.member.name for invitation in added)
        record(
            AuditAction.SESSION_INVITED, actor=actor, programme=session.programme, subject=session,
            title=session.title, people=names,
        )  # fmt: skip
        if session.invited_at:
            _mail_invitations(session, at=at)
        return added


def send_invitations(session: Session, *, actor: User, at: datetime) -> int:
    """Mails everybody who has a place and has not been mailed yet. Returns how many mails were queued."""
    with transaction.atomic():
        session = Session.objects.select_for_update().get(pk=session.pk)
        if session.is_cancelled or session.ends_at <= at:
            return 0
        queued = _mail_invitations(session, at=at)
        if session.invited_at is None:
            session.invited_at = at
            session.save(update_fields=["invited_at"])
        if queued:
            record(
                AuditAction.SESSION_INVITED, actor=actor, programme=session.programme, subject=session,
                title=session.title, mails=queued,
            )  # fmt: skip
        return queued


def remove_person(invitation: SessionInvitation, *, actor: User, at: datetime) -> None:
    """Takes a person off the list, and the session out of their calendar if it is still to come."""
    with transaction.atomic():
        session = Session.objects.select_for_update().get(pk=invitation.session_id)
        invitation = SessionInvitation.objects.select_related("member__user").get(pk=invitation.pk)
        if invitation.removed_at:
            return
        invitation.removed_at = at
        invitation.save(update_fields=["removed_at"])
        if invitation.invited_at and not session.is_cancelled and session.ends_at > at:
            _grow_sequence(session)
            _tell_of_cancellation(invitation, session, at=at)
        record(
            AuditAction.SESSION_PERSON_REMOVED, actor=actor, programme=session.programme, subject=session,
            title=session.title, person=invitation.member.name,
        )  # fmt: skip


def reply(invitation: SessionInvitation, *, reply: Reply, at: datetime) -> None:
    """Keeps what a person says about coming; they may change their mind until the session ends."""
    with transaction.atomic():
        invitation = (
            SessionInvitation.objects.select_for_update(of=("self",)).select_related("session").get(pk=invitation.pk)
        )
        if invitation.removed_at:
            raise ReplyClosed(_("You are no longer invited to this session."))
        if invitation.session.is_cancelled:
            raise ReplyClosed(_("This session has been cancelled."))
        if invitation.session.ends_at <= at:
            raise ReplyClosed(_("This session is over."))
        invitation.reply = reply
        invitation.save(update_fields=["reply"])


def may_reply(session: Session, *, at: datetime) -> bool:
    return not session.is_cancelled and session.ends_at > at


def tell_of_change(session: Session, *, at: datetime) -> int:
    """Queues the new date, time or place for everybody who has been mailed before. Returns how many mails."""
    told = 0
    for invitation in _mailed(session):
        heard = _stop_waiting_mail(invitation, at=at)
        purpose = DeliveryPurpose.SESSION_UPDATE if heard else DeliveryPurpose.SESSION_INVITATION
        _queue(invitation, purpose, session, at=at)
        told += 1
    return told


def tell_of_cancellation(session: Session, *, at: datetime) -> int:
    """Takes a cancelled session out of the calendars it has reached. Returns how many mails."""
    return sum(_tell_of_cancellation(invitation, session, at=at) for invitation in _mailed(session))


def _give_place(session: Session, person: Member) -> SessionInvitation | None:
    """The new or renewed place; None for those who have one, left, or belong to another programme."""
    if person.programme_id != session.programme_id or person.left_on:
        return None
    invitation, made = SessionInvitation.objects.get_or_create(session=session, member=person)
    if made:
        return invitation
    if invitation.removed_at is None:
        return None
    invitation.removed_at, invitation.invited_at, invitation.reply = None, None, Reply.NONE
    invitation.save(update_fields=["removed_at", "invited_at", "reply"])
    # Their calendar has had a CANCEL with the present number and would not believe the same one again.
    _grow_sequence(session)
    return invitation


def _mail_invitations(session: Session, *, at: datetime) -> int:
    waiting = session.invitations.current().filter(invited_at=None, member__left_on=None)
    queued = 0
    if session.is_cancelled or session.ends_at <= at:
        return queued
    for invitation in waiting.select_related("member__user"):
        invitation.invited_at = at
        invitation.save(update_fields=["invited_at"])
        _queue(invitation, DeliveryPurpose.SESSION_INVITATION, session, at=at)
        queued += 1
    return queued


def _mailed(session: Session) -> Iterable[SessionInvitation]:
    return session.invitations.current().exclude(invited_at=None).select_related("member__user")


def _tell_of_cancellation(invitation: SessionInvitation, session: Session, *, at: datetime) -> bool:
    """False when the invitation had not left yet: then stopping it is enough."""
    deliveries.cancel(purpose=DeliveryPurpose.SESSION_REMINDER, subject_id=invitation.pk, at=at)
    if not _stop_waiting_mail(invitation, at=at):
        return False
    _queue(invitation, DeliveryPurpose.SESSION_CANCELLATION, session, at=at)
    return True


def _stop_waiting_mail(invitation: SessionInvitation, *, at: datetime) -> bool:
    """Stops older mail of this person that has not gone. Whether they have heard of the session before."""
    deliveries.cancel(purpose=DeliveryPurpose.SESSION_UPDATE, subject_id=invitation.pk, at=at)
    stopped = deliveries.cancel(purpose=DeliveryPurpose.SESSION_INVITATION, subject_id=invitation.pk, at=at)
    return not stopped


def _queue(invitation: SessionInvitation, purpose: DeliveryPurpose, session: Session, *, at: datetime) -> None:
    invitation.sequence = session.sequence
    invitation.save(update_fields=["sequence"])
    deliveries.queue(
        invitation.member.user,
        purpose=purpose,
        subject_id=invitation.pk,
        occurrence=f"sequence-{session.sequence}",
        programme=session.programme,
        due_at=at,
    )


def _grow_sequence(session: Session) -> None:
    Session.objects.filter(pk=session.pk).update(sequence=F("sequence") + 1)
    session.refresh_from_db(fields=["sequence"])
