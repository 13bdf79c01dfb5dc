from django.db import models

from programme.models.base import UuidModel
from programme.models.members import Member


class ProfileShare(UuidModel):
    """A person's choice to let the people of the programme see their strengths profile; ends when withdrawn."""

    member = models.OneToOneField(Member, models.CASCADE, related_name="profile_share")
    shared_at = models.DateTimeField()

    def __str__(self):
        return str(self.member)
