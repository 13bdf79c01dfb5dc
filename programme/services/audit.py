"""The one way an audit entry is written."""

from typing import Any

from django.db.models import Model

from programme.enums import AuditAction
from programme.models.audit import AuditEntry
from programme.models.programmes import Programme
from programme.models.users import User


def record(
    action: AuditAction,
    *,
    actor: User | None,
    programme: Programme | None = None,
    subject: Model | None = None,
    **detail: Any,
) -> AuditEntry:
    """Writes who did what to what, in the caller's transaction. `actor` None means the system's clock did it.

    `detail` must be JSON: counts, names of things, old and new states. Never an answer, a token or a score.
    """
    return AuditEntry.objects.create(
        action=action,
        actor_id=actor.pk if actor else None,
        actor_name=actor.get_full_name() if actor else "Common Ground",
        programme_id=programme.pk if programme else None,
        subject_kind=type(subject).__name__.lower() if subject else "",
        subject_id=str(subject.pk) if subject else "",
        detail=detail,
    )
