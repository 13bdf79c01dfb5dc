"""Setting up and changing a programme."""

from datetime import date, datetime

from django.db import transaction
from django.utils import timezone

from programme.enums import AuditAction
from programme.models.members import Member
from programme.models.programmes import Programme
from programme.models.users import User
from programme.services.audit import record


def create_programme(
    *,
    actor: User,
    at: datetime,
    name: str,
    aims: str,
    starts_on: date,
    ends_on: date,
    is_demonstration: bool = False,
) -> Programme:
    """A new programme, with the person who sets it up as its first facilitator."""
    programme = Programme(
        name=name,
        aims=aims,
        starts_on=starts_on,
        ends_on=ends_on,
        is_demonstration=is_demonstration,
        created_by=actor,
    )
    programme.full_clean()
    with transaction.atomic():
        programme.save()
        Member.objects.create(
            programme=programme,
            user=actor,
            name=actor.get_full_name(),
            is_facilitator=True,
            joined_on=timezone.localdate(at),
        )
        record(AuditAction.PROGRAMME_CREATED, actor=actor, programme=programme, subject=programme, name=name)
    return programme


def change_programme(
    programme: Programme, *, actor: User, name: str, aims: str, starts_on: date, ends_on: date
) -> None:
    _change(programme, actor=actor, name=name, aims=aims, starts_on=starts_on, ends_on=ends_on)


def change_promise(programme: Programme, *, actor: User, threshold: int, privacy_text: str) -> None:
    """What people are told and how small a group may be shown, from the next questionnaire on.

    Questionnaires that have been opened keep what stood there on that day.
    """
    _change(programme, actor=actor, threshold=threshold, privacy_text=privacy_text)


def _change(programme: Programme, *, actor: User, **fields: str | date | int) -> None:
    before = {field: getattr(programme, field) for field in fields}
    changed = sorted(field for field, value in fields.items() if value != before[field])
    if not changed:
        return
    for field in changed:
        setattr(programme, field, fields[field])
    programme.full_clean()
    detail = {field: {"old": str(before[field]), "new": str(fields[field])} for field in changed}
    with transaction.atomic():
        programme.save(update_fields=changed)
        record(AuditAction.PROGRAMME_CHANGED, actor=actor, programme=programme, subject=programme, **detail)
