"""The activity record in words. Only the two pages of it read this."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.db.models import QuerySet
from django.utils.translation import gettext as _

from programme.enums import AuditAction
from programme.models.audit import AuditEntry
from programme.models.programmes import Programme


@dataclass(frozen=True)
class AuditLine:
    at: datetime
    actor: str
    action: str
    # What it was done to, when the record names it.
    name: str
    # ("roles", "participant → facilitator"), ("count", "40") …
    details: list[tuple[str, str]]


def entries(*, programme: Programme | None = None, action: str = "") -> QuerySet[AuditEntry]:
    """Newest first; of one programme, or (for administrators) of the whole installation."""
    found = AuditEntry.objects.all()
    if programme is not None:
        found = found.filter(programme_id=programme.pk)
    return found.filter(action=action) if action in AuditAction.values else found


def audit_lines(rows: Iterable[AuditEntry]) -> list[AuditLine]:
    return [_line(row) for row in rows]


def _line(row: AuditEntry) -> AuditLine:
    detail = dict(row.detail)
    name = detail.pop("name", "")
    if "old" in detail and "new" in detail:
        detail["changed"] = {"old": detail.pop("old"), "new": detail.pop("new")}
    return AuditLine(
        at=row.at,
        actor=row.actor_name,
        action=row.get_action_display(),
        name=name if isinstance(name, str) else _in_words(name),
        details=[(key.replace("_", " "), _in_words(value)) for key, value in detail.items()],
    )


def _in_words(value: Any) -> str:
    if isinstance(value, dict) and value.keys() == {"old", "new"}:
        nothing = _("nothing")
        return _("from “%(old)s” to “%(new)s”") % {
            "old": _in_words(value["old"]) or nothing,
            "new": _in_words(value["new"]) or nothing,
        }
    if isinstance(value, dict):
        return ", ".join(f"{key.replace('_', ' ')} {_in_words(part)}" for key, part in value.items())
    if isinstance(value, (list, tuple)):
        return ", ".join(_in_words(part) for part in value)
    if isinstance(value, bool):
        return _("yes") if value else _("no")
    return "" if value is None else str(value)
