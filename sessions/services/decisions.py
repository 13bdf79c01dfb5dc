from datetime import date, datetime

from django.db import transaction
from django.utils.translation import gettext as _

from programme.enums import AuditAction
from programme.models.members import Member
from programme.models.programmes import Programme
from programme.models.users import User
from programme.services.audit import record
from sessions.models.decisions import Decision
from sessions.models.sessions import Session


class AlreadyDecided(Exception):
    """Somebody else was faster; the message says who."""


def ask_decision(
    programme: Programme,
    *,
    actor: User,
    title: str,
    due_on: date,
    detail: str = "",
    session: Session | None = None,
) -> Decision:
    """Puts a question on the executives' page."""
    with transaction.atomic():
        decision = Decision.objects.create(
            programme=programme, title=title, detail=detail, due_on=due_on, session=session
        )
        record(AuditAction.DECISION_ASKED, actor=actor, programme=programme, subject=decision, title=title)
        return decision


def take_decision(decision: Decision, *, member: Member, outcome: str, at: datetime) -> Decision:
    """Writes down what an executive decided. A decision is taken once; two executives at once cannot both have it."""
    with transaction.atomic():
        open_row = Decision.objects.open().filter(pk=decision.pk)
        taken = open_row.update(outcome=outcome, decided_by=member, decided_at=at)
        decision.refresh_from_db()
        if not taken:
            raise AlreadyDecided(_("%(name)s has decided this already.") % {"name": decision.decided_by})
        record(
            AuditAction.DECISION_TAKEN, actor=member.user, programme=decision.programme, subject=decision,
            title=decision.title,
        )  # fmt: skip
        return decision
