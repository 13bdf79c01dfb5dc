from django.conf import settings
from django.db import models
from django.db.models import Q

from programme.enums import JobKind, JobState
from programme.models.base import UuidModel
from programme.models.programmes import Programme


class JobQuerySet(models.QuerySet):
    def visible_to(self, user):
        facilitated = user.memberships.current().filter(is_facilitator=True)
        return self.filter(programme__in=facilitated.values("programme"))

    def active(self):
        return self.filter(state__in=[JobState.QUEUED, JobState.RUNNING])

    def abandoned(self, *, at):
        """Running rows whose worker has not reported for longer than its claim."""
        return self.filter(state=JobState.RUNNING, claimed_until__lt=at)


class Job(UuidModel):
    """A piece of long work with progress that a page can show."""

    programme = models.ForeignKey(Programme, models.CASCADE, related_name="jobs")
    kind = models.CharField(max_length=40, choices=JobKind)
    subject_id = models.UUIDField()
    requested_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+")
    state = models.CharField(max_length=20, choices=JobState, default=JobState.QUEUED)
    progress = models.PositiveSmallIntegerField(default=0)
    step = models.CharField(max_length=200, blank=True)
    problem = models.CharField(max_length=500, blank=True)
    attempts = models.PositiveSmallIntegerField(default=0)
    claimed_until = models.DateTimeField(null=True, blank=True)
    created_at = models.DateTimeField(auto_now_add=True)
    finished_at = models.DateTimeField(null=True, blank=True)

    objects = JobQuerySet.as_manager()

    class Meta:
        ordering = ["-created_at"]
        constraints = [
            models.UniqueConstraint(
                fields=["kind", "subject_id"],
                condition=Q(state__in=[JobState.QUEUED, JobState.RUNNING]),
                name="job_active_once",
            )
        ]
