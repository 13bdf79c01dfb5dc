from django.db import models
from django.utils import timezone

from assessments.models.waves import Wave
from programme.models.base import UuidModel
from programme.models.members import Member
from programme.models.organisations import Organisation
from programme.models.teams import Team


class WaveInvitation(UuidModel):
    """One person's place in a wave, with organisation and team as they were at opening."""

    wave = models.ForeignKey(Wave, models.CASCADE, related_name="invitations")
    member = models.ForeignKey(Member, models.PROTECT, related_name="wave_invitations")
    organisation = models.ForeignKey(Organisation, models.PROTECT, null=True, related_name="+")
    team = models.ForeignKey(Team, models.PROTECT, null=True, related_name="+")
    # Those invited after opening are not due a reminder that was planned before they were asked.
    invited_at = models.DateTimeField(default=timezone.now)
    started_at = models.DateTimeField(null=True, blank=True)
    submitted_at = models.DateTimeField(null=True, blank=True)
    # The person said "that is wrong" about organisation or team on the start page.
    place_disputed = models.BooleanField(default=False)
    withdrawn_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["wave", "member"], name="wave_invitation_once")]
        # The dashboards count the finished of a wave; with this they read the index only.
        indexes = [
            models.Index(fields=["wave", "withdrawn_at", "submitted_at", "place_disputed"], name="wave_progress"),
        ]


class AnsweringLink(models.Model):
    """A mailed way in. Only the hash is kept; each mail carries a fresh token, and all work until the wave closes."""

    invitation = models.ForeignKey(WaveInvitation, models.CASCADE, related_name="links")
    token_hash = models.CharField(max_length=64, unique=True)
    created_at = models.DateTimeField(auto_now_add=True)
    revoked_at = models.DateTimeField(null=True, blank=True)
