from collections.abc import Iterable
from datetime import date, datetime, time
from typing import Any

from django.db import transaction

from programme.enums import AuditAction
from programme.models.members import Member
from programme.models.programmes import Programme
from programme.models.teams import Team
from programme.models.users import User
from programme.services.audit import record
from sessions.enums import Reply, SessionKind, SessionMode, SessionState
from sessions.models.sessions import Session
from sessions.services.invitations import invite_people, send_invitations, tell_of_cancellation, tell_of_change

# What a calendar shows: a change to one of these is mailed. The purpose and the agenda are read on the session's page.
TOLD = frozenset({"title", "mode", "date", "starts", "ends", "place", "link"})
# Who said yes to one day has not said yes to another: after such a change everybody is asked again.
MOVED = frozenset({"date", "starts", "ends"})
CHANGEABLE = TOLD | {"kind", "purpose", "agenda", "notes"}


def plan_session(
    programme: Programme,
    *,
    actor: User,
    at: datetime,
    title: str,
    kind: SessionKind,
    mode: SessionMode,
    date: date,
    starts: time,
    ends: time,
    place: str = "",
    link: str = "",
    purpose: str = "",
    agenda: str = "",
    teams: Iterable[Team] = (),
    people: Iterable[Member] = (),
    notify: bool = True,
) -> Session:
    """Plans a session for everybody who is in the teams today, and for the people named besides.

    Times are on the programme's clock. With `notify` the calendar invitations are queued at once, if it is to come.
    """
    teams = list(teams)
    with transaction.atomic():
        session = Session.objects.create(
            programme=programme, title=title, kind=kind, mode=mode, date=date, starts=starts, ends=ends,
            time_zone=programme.time_zone, place=place, link=link, purpose=purpose, agenda=agenda, created_by=actor,
        )  # fmt: skip
        session.teams.set(teams)
        record(
            AuditAction.SESSION_PLANNED, actor=actor, programme=programme, subject=session,
            title=title, date=date.isoformat(),
        )  # fmt: skip
        in_teams = Member.objects.current().filter(programme=programme, team__in=teams)
        invite_people(session, people=[*in_teams, *people], actor=actor, at=at)
        if notify:
            send_invitations(session, actor=actor, at=at)
        session.refresh_from_db()
        return session


def change_session(session: Session, *, actor: User, at: datetime, notify: bool = True, **changes: Any) -> Session:
    """Changes what is given (see CHANGEABLE), and mails everybody asked when their calendar is wrong now."""
    unknown = set(changes) - CHANGEABLE
    if unknown:
        raise TypeError(f"A session's {', '.join(sorted(unknown))} cannot be changed here")
    with transaction.atomic():
        session = Session.objects.select_for_update().get(pk=session.pk)
        changed = {name for name, value in changes.items() if getattr(session, name) != value}
        if not changed:
            return session
        for name in changed:
            setattr(session, name, changes[name])
        told = session.invited_at is not None and not session.is_cancelled and changed & TOLD and session.ends_at > at
        if told:
            session.sequence += 1
        session.save()
        if told and changed & MOVED:
            session.invitations.current().update(reply=Reply.NONE)
        mails = tell_of_change(session, at=at) if told and notify else 0
        record(
            AuditAction.SESSION_CHANGED, actor=actor, programme=session.programme, subject=session,
            title=session.title, changed=sorted(changed), mails=mails,
        )  # fmt: skip
        return session


def cancel_session(session: Session, *, actor: User, at: datetime) -> int:
    """Calls a session off. Returns how many people are mailed that it is off; none when it is over or was called off."""
    with transaction.atomic():
        session = Session.objects.select_for_update().get(pk=session.pk)
        if session.is_cancelled:
            return 0
        session.state = SessionState.CANCELLED
        session.sequence += 1
        session.save(update_fields=["state", "sequence"])
        mails = tell_of_cancellation(session, at=at) if session.ends_at > at else 0
        record(
            AuditAction.SESSION_CANCELLED, actor=actor, programme=session.programme, subject=session,
            title=session.title, mails=mails,
        )  # fmt: skip
        return mails
