from datetime import date, datetime
from typing import Any

from django.db import transaction
from django.utils.translation import gettext as _

from programme.enums import AuditAction
from programme.models.members import Member
from programme.models.programmes import Programme
from programme.models.users import User
from programme.services.audit import record
from sessions.models.commitments import Commitment
from sessions.models.sessions import Session
from sessions.queries.dates import programme_today

CHANGEABLE = frozenset({"owner", "text", "due_on", "dimension"})


class NoNextSession(Exception):
    """There is no later session to carry a promise to; the message says so."""


def make_commitment(
    programme: Programme,
    *,
    actor: User,
    owner: Member,
    text: str,
    due_on: date,
    dimension: str = "",
    session: Session | None = None,
) -> Commitment:
    """Notes what somebody promised, in a session or between two."""
    if owner.programme_id != programme.pk:
        raise ValueError("The owner of a commitment belongs to its programme")
    with transaction.atomic():
        commitment = Commitment.objects.create(
            programme=programme, owner=owner, text=text, due_on=due_on, dimension=dimension, session=session
        )
        record(AuditAction.COMMITMENT_MADE, actor=actor, programme=programme, subject=commitment, owner=owner.name)
        return commitment


def change_commitment(commitment: Commitment, *, actor: User, **changes: Any) -> Commitment:
    unknown = set(changes) - CHANGEABLE
    if unknown:
        raise TypeError(f"A commitment's {', '.join(sorted(unknown))} cannot be changed here")
    changed = sorted(name for name, value in changes.items() if getattr(commitment, name) != value)
    if not changed:
        return commitment
    with transaction.atomic():
        for name in changed:
            setattr(commitment, name, changes[name])
        commitment.save(update_fields=changed)
        _record_change(commitment, actor, changed=changed)
    return commitment


def complete_commitment(commitment: Commitment, *, actor: User, at: datetime) -> bool:
    """Marks a promise as kept on the programme's today. False when it was marked before."""
    return _set_done(commitment, actor, before=None, done_on=programme_today(commitment.programme, at=at))


def reopen_commitment(commitment: Commitment, *, actor: User) -> bool:
    """Takes back that a promise was kept. False when it was open anyway."""
    return _set_done(commitment, actor, before=commitment.done_on, done_on=None) if commitment.done_on else False


def carry_over(commitment: Commitment, *, actor: User, at: datetime) -> Session:
    """Puts an open promise on the list of its owner's next session, or else of the programme's next session."""
    after = commitment.carried_to or commitment.session
    session = _next_session(commitment, after=after, at=at)
    if session is None:
        raise NoNextSession(_("There is no later session yet. Plan one first, then carry this over."))
    with transaction.atomic():
        commitment.carried_to = session
        commitment.save(update_fields=["carried_to"])
        _record_change(commitment, actor, carried_to=session.title)
    return session


def _next_session(commitment: Commitment, *, after: Session | None, at: datetime) -> Session | None:
    earliest = max([at, after.starts_at] if after else [at])
    planned = Session.objects.planned().filter(programme=commitment.programme, date__gte=earliest.date())
    if after:
        planned = planned.exclude(pk=after.pk)
    for_owner = planned.filter(invitations__member=commitment.owner, invitations__removed_at=None)
    for sessions in (for_owner, planned):
        found = next((session for session in sessions if session.starts_at > earliest), None)
        if found:
            return found
    return None


def _set_done(commitment: Commitment, actor: User, *, before: date | None, done_on: date | None) -> bool:
    with transaction.atomic():
        changed = Commitment.objects.filter(pk=commitment.pk, done_on=before).update(done_on=done_on)
        if changed:
            commitment.done_on = done_on
            _record_change(commitment, actor, done=done_on is not None)
    return bool(changed)


def _record_change(commitment: Commitment, actor: User, **detail: Any) -> None:
    record(AuditAction.COMMITMENT_CHANGED, actor=actor, programme=commitment.programme, subject=commitment, **detail)
