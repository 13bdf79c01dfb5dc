"""Mailed ways into a questionnaire. A token opens one person's place in one wave, nothing else, until the wave closes."""

from datetime import datetime

from django.db import transaction
from django.db.models import Q
from django.urls import reverse

from assessments.models.invitations import AnsweringLink, WaveInvitation
from assessments.queries.answering import invitations_to_answer, is_open
from programme.enums import AuditAction, DeliveryPurpose
from programme.lib.tokens import new_token, token_hash
from programme.models.members import Member
from programme.models.users import User
from programme.services import deliveries
from programme.services.audit import record


def mint_link(invitation: WaveInvitation) -> str:
    """A fresh way in, as a path for one mail. Only the hash of its token is kept; earlier links go on working."""
    token = new_token()
    AnsweringLink.objects.create(invitation=invitation, token_hash=token_hash(token))
    return reverse("assessments:answer", kwargs={"token": token})


def link_for(token: str, *, at: datetime) -> AnsweringLink | None:
    """The link of a token, with its invitation; None alike for an unknown, a revoked and a withdrawn one."""
    standing = Q(revoked_at=None) | Q(revoked_at__gt=at)
    link = AnsweringLink.objects.filter(standing, token_hash=token_hash(token)).first()
    if link is None:
        return None
    invitation = invitations_to_answer().filter(pk=link.invitation_id).first()
    if invitation is None:
        return None
    link.invitation = invitation
    return link


def invitation_for(token: str, *, at: datetime) -> WaveInvitation | None:
    """Whose place a token opens. The wave may have closed meanwhile: that is for the caller to say kindly."""
    link = link_for(token, at=at)
    return link.invitation if link else None


def end_links(member: Member, *, at: datetime) -> None:
    """Ends every way in that was mailed to a person, who has left or whose mailbox was another's."""
    AnsweringLink.objects.filter(invitation__member=member, revoked_at=None).update(revoked_at=at)


def reissue_link(invitation: WaveInvitation, *, actor: User, at: datetime) -> bool:
    """Ends all links mailed so far and queues a mail with a new one. False, and nothing done, when there is no need."""
    wave = invitation.wave
    if invitation.withdrawn_at or invitation.submitted_at or not is_open(wave, at=at):
        return False
    with transaction.atomic():
        invitation.links.filter(revoked_at=None).update(revoked_at=at)
        deliveries.queue(
            invitation.member.user,
            purpose=DeliveryPurpose.WAVE_INVITATION,
            subject_id=invitation.pk,
            occurrence=f"reissued-{at:%Y-%m-%dT%H:%M:%S}",
            programme=wave.programme,
        )
        record(AuditAction.LINK_REISSUED, actor=actor, programme=wave.programme, subject=invitation)
    return True
