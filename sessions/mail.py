"""What each mail about a session says. Called by the worker at the moment of sending, so it looks at the world again."""

from dataclasses import replace
from typing import Any
from zoneinfo import ZoneInfo

from django.conf import settings
from django.urls import reverse
from django.utils import timezone

from programme.lib import itip
from programme.lib.mail import Message, render
from programme.models.deliveries import Delivery
from sessions.enums import Reply, SessionMode
from sessions.models.invitations import SessionInvitation
from sessions.models.sessions import Session

PARTSTATS = {
    Reply.NONE: itip.Partstat.NEEDS_ACTION,
    Reply.COMING: itip.Partstat.ACCEPTED,
    Reply.MAYBE: itip.Partstat.TENTATIVE,
    Reply.NOT_COMING: itip.Partstat.DECLINED,
}


def write_invitation(delivery: Delivery) -> Message | None:
    return _write_request(delivery, "session_invitation")


def write_update(delivery: Delivery) -> Message | None:
    return _write_request(delivery, "session_update")


def write_cancellation(delivery: Delivery) -> Message | None:
    """For a session called off, or a person taken off its list. None when they have been asked again since."""
    invitation = _invitation(delivery)
    session = invitation.session
    if _is_stale(delivery, invitation) or (not session.is_cancelled and invitation.removed_at is None):
        return None
    message = render("session_cancellation", {**_context(invitation), "called_off": session.is_cancelled})
    return _with_calendar(message, delivery, invitation, itip.Method.CANCEL)


def write_reminder(delivery: Delivery) -> Message | None:
    """None when the session has begun, moved or been called off, or the person is not coming or wants no reminders."""
    invitation = _invitation(delivery)
    session, now = invitation.session, timezone.now()
    moved = delivery.occurrence != f"day-before-{session.date.isoformat()}"
    declined = invitation.reply == Reply.NOT_COMING or invitation.member.wants_no_reminders
    if _is_off(invitation) or moved or declined or session.starts_at <= now:
        return None
    is_today = session.date == now.astimezone(ZoneInfo(session.time_zone)).date()
    return render("session_reminder", {**_context(invitation), "is_today": is_today})


def _write_request(delivery: Delivery, name: str) -> Message | None:
    invitation = _invitation(delivery)
    if _is_off(invitation) or _is_stale(delivery, invitation) or invitation.session.ends_at <= timezone.now():
        return None
    return _with_calendar(render(name, _context(invitation)), delivery, invitation, itip.Method.REQUEST)


def _invitation(delivery: Delivery) -> SessionInvitation:
    rows = SessionInvitation.objects.select_related("session__programme", "session__created_by", "member__user")
    return rows.get(pk=delivery.subject_id)


def _is_off(invitation: SessionInvitation) -> bool:
    return bool(invitation.session.is_cancelled or invitation.removed_at or invitation.member.left_on)


def _is_stale(delivery: Delivery, invitation: SessionInvitation) -> bool:
    """A newer calendar mail has been queued for this person; the older one would only confuse."""
    return _sequence(delivery) < invitation.sequence


def _sequence(delivery: Delivery) -> int:
    return int(delivery.occurrence.removeprefix("sequence-"))


def _context(invitation: SessionInvitation) -> dict[str, Any]:
    session = invitation.session
    return {
        "name": invitation.member.name,
        "session": session,
        "invitation": invitation,
        "subject": session.title,
        "sender": session.created_by.get_full_name(),
        "programme_name": session.programme.name,
        "reply_url": _address("sessions:reply", session),
        "session_url": _address("sessions:session_detail", session),
        "by_video": session.link if session.mode != SessionMode.ROOM else "",
    }


def _address(name: str, session: Session) -> str:
    kwargs = {"programme_id": session.programme_id, "session_id": session.pk}
    return settings.SITE_URL + reverse(name, kwargs=kwargs)


def _with_calendar(message: Message, delivery: Delivery, invitation: SessionInvitation, method: itip.Method) -> Message:
    session, member = invitation.session, invitation.member
    by_video_only = session.mode == SessionMode.VIRTUAL and session.link
    event = itip.Event(
        uid=str(session.pk),
        sequence=_sequence(delivery),
        stamp=delivery.created_at,
        starts=session.starts_at,
        ends=session.ends_at,
        summary=session.title,
        organizer=itip.Party(session.created_by.get_full_name(), session.created_by.email),
        attendee=itip.Party(member.name, member.user.email),
        partstat=PARTSTATS[Reply(invitation.reply)],
        location=session.link if by_video_only else session.where,
        description=_description(session),
        url=_address("sessions:session_detail", session),
    )
    return replace(message, calendar=itip.write(event, method), calendar_method=method.value)


def _description(session: Session) -> str:
    joining = session.link if session.mode != SessionMode.ROOM else ""
    parts = [session.purpose, joining, session.agenda, _address("sessions:session_detail", session)]
    return "\n\n".join(part.replace("\r\n", "\n").strip() for part in parts if part)
