"""A person's choice to share their strengths profile, or to stop."""

from datetime import datetime

from django.db import transaction

from assessments.models.profile_shares import ProfileShare
from programme.enums import AuditAction
from programme.models.members import Member
from programme.models.users import User
from programme.services.audit import record


def share_profile(member: Member, *, actor: User, at: datetime) -> bool:
    """From now on the facilitators and those who take part may see it. False when it was shared already."""
    with transaction.atomic():
        _share, made = ProfileShare.objects.get_or_create(member=member, defaults={"shared_at": at})
        if made:
            record(AuditAction.PROFILE_SHARED, actor=actor, programme=member.programme, subject=member)
    return made


def stop_sharing(member: Member, *, actor: User) -> bool:
    """From now on nobody else sees it. False when it was not shared."""
    with transaction.atomic():
        ended, _kinds = ProfileShare.objects.filter(member=member).delete()
        if ended:
            record(AuditAction.PROFILE_UNSHARED, actor=actor, programme=member.programme, subject=member)
    return bool(ended)
