from collections import defaultdict
from collections.abc import Mapping
from uuid import UUID

from django.db import transaction

from programme.enums import AuditAction
from programme.models.users import User
from programme.services.audit import record
from sessions.enums import Attendance
from sessions.models.sessions import Session


def record_attendance(session: Session, *, marks: Mapping[UUID, Attendance], actor: User) -> int:
    """Writes who came, by member id; people who are not on the list, or not marked, stay as they are.

    Returns how many people were marked.
    """
    by_mark: dict[Attendance, list[UUID]] = defaultdict(list)
    for member_id, mark in marks.items():
        by_mark[Attendance(mark)].append(member_id)
    with transaction.atomic():
        counts = {
            mark.value: session.invitations.current().filter(member__in=member_ids).update(attendance=mark)
            for mark, member_ids in by_mark.items()
        }
        marked = sum(counts.values())
        if marked:
            record(
                AuditAction.ATTENDANCE_RECORDED, actor=actor, programme=session.programme, subject=session,
                title=session.title, **counts,
            )  # fmt: skip
    return marked
