from django.db import models

from programme.models.base import UuidModel
from programme.models.members import Member
from sessions.enums import Attendance, Reply
from sessions.models.sessions import Session


class SessionInvitation(UuidModel):
    """One person's place in a session: asked, replied, and whether they came."""

    session = models.ForeignKey(Session, models.CASCADE, related_name="invitations")
    member = models.ForeignKey(Member, models.PROTECT, related_name="session_invitations")
    reply = models.CharField(max_length=20, choices=Reply, default=Reply.NONE)
    attendance = models.CharField(max_length=20, choices=Attendance, blank=True)
    removed_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        ordering = ["member__name"]
        constraints = [models.UniqueConstraint(fields=["session", "member"], name="session_invitation_once")]
