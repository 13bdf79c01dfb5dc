"""What the mails about a questionnaire say. Written at the moment of sending, from the world as it is then."""

from django.conf import settings
from django.utils import timezone

from assessments.enums import WaveState
from assessments.models.invitations import WaveInvitation
from assessments.models.waves import Wave
from assessments.queries.answering import minutes_needed
from assessments.services.links import mint_link
from programme.lib.mail import Message, render
from programme.models.deliveries import Delivery
from programme.models.members import Member

# What stands for the secret part of a link where a mail is only shown: as long as a real one.
EXAMPLE_PATH = "/answer/THE-SECRET-PART-OF-THE-LINK-HERE/"


def write_invitation(delivery: Delivery) -> Message | None:
    """The mail with somebody's own link; None when there is nothing left to answer."""
    invitation = _invitation(delivery)
    if invitation is None or not _still_asked(invitation):
        return None
    return invitation_message(invitation, mint_link(invitation))


def write_reminder(delivery: Delivery) -> Message | None:
    """The reminder, with a link of its own; None for those who finished, left, or want no reminders."""
    invitation = _invitation(delivery)
    if invitation is None or not _still_asked(invitation) or invitation.member.wants_no_reminders:
        return None
    return reminder_message(invitation, mint_link(invitation))


def invitation_message(invitation: WaveInvitation, path: str) -> Message:
    return render("wave_invitation", _context(invitation, path))


def reminder_message(invitation: WaveInvitation, path: str) -> Message:
    return render("wave_reminder", _context(invitation, path))


def example_invitation(wave: Wave, member: Member) -> Message:
    """The invitation as this person would get it, with a link that leads nowhere."""
    return invitation_message(_example(wave, member), EXAMPLE_PATH)


def example_reminder(wave: Wave, member: Member) -> Message:
    return reminder_message(_example(wave, member), EXAMPLE_PATH)


def _invitation(delivery: Delivery) -> WaveInvitation | None:
    found = WaveInvitation.objects.filter(pk=delivery.subject_id)
    return found.select_related(
        "member__user", "organisation", "team", "wave__programme", "wave__instrument_version", "wave__created_by"
    ).first()


def _still_asked(invitation: WaveInvitation) -> bool:
    wave = invitation.wave
    return (
        wave.state == WaveState.OPEN
        and wave.closes_at > timezone.now()
        and invitation.submitted_at is None
        and invitation.withdrawn_at is None
        and invitation.member.left_on is None
        and invitation.member.user.is_active
    )


def _example(wave: Wave, member: Member) -> WaveInvitation:
    return WaveInvitation(wave=wave, member=member, organisation=member.organisation, team=member.team)


def _context(invitation: WaveInvitation, path: str) -> dict:
    wave = invitation.wave
    definition = wave.instrument_version.definition
    return {
        "name": invitation.member.name,
        "asks": _who_asks(wave),
        "programme": wave.programme.name,
        "title": wave.title,
        "purpose": wave.purpose or definition.introduction,
        "minutes": minutes_needed(definition),
        "closes_at": wave.closes_at,
        "zone": wave.programme.time_zone,
        "threshold": wave.threshold,
        "started": invitation.started_at is not None,
        "link": settings.SITE_URL + path,
    }


def _who_asks(wave: Wave) -> str:
    """The name the programme knows its facilitator by."""
    member = Member.objects.filter(programme=wave.programme_id, user=wave.created_by_id).first()
    return member.name if member else wave.created_by.get_full_name()
