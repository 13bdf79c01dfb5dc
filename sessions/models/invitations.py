from django.db import models

from programme.models.base import UuidModel
from programme.models.members import Member
from programme.models.programmes import Programme
from sessions.enums import Attendance, Reply
from sessions.models.sessions import Session


class SessionInvitationQuerySet(models.QuerySet):
    def visible_to(self, user):
        """One's own place; executives also those of their team and of facilitators, facilitators everybody's."""
        return self.filter(
            member__in=Member.objects.visible_to(user), session__programme__in=Programme.objects.visible_to(user)
        )

    def current(self):
        """People who have a place today: not taken off the list."""
        return self.filter(removed_at=None)


class SessionInvitation(UuidModel):
    """One person's place in a session: asked, replied, and whether they came."""

    session = models.ForeignKey(Session, models.CASCADE, related_name="invitations")
    member = models.ForeignKey(Member, models.PROTECT, related_name="session_invitations")
    reply = models.CharField(max_length=20, choices=Reply, default=Reply.NONE)
    attendance = models.CharField(max_length=20, choices=Attendance, blank=True)
    # When the first mail was queued, and the SEQUENCE of the latest one: older mails that are still waiting are stale.
    invited_at = models.DateTimeField(null=True, blank=True)
    sequence = models.PositiveIntegerField(default=0)
    removed_at = models.DateTimeField(null=True, blank=True)

    objects = SessionInvitationQuerySet.as_manager()

    class Meta:
        ordering = ["member__name"]
        constraints = [models.UniqueConstraint(fields=["session", "member"], name="session_invitation_once")]

    def __str__(self):
        return f"{self.member}, {self.session}"
