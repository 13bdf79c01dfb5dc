from django.conf import settings
from django.core.validators import MinValueValidator
from django.db import models
from django.utils.translation import gettext_lazy as _

from assessments.enums import WaveMode, WavePoint, WaveState
from assessments.models.instruments import InstrumentVersion
from programme.models.base import UuidModel
from programme.models.programmes import Programme
from programme.models.teams import Team


class WaveQuerySet(models.QuerySet):
    def visible_to(self, user):
        """Facilitators see every wave of their programme, other members the waves that have been opened."""
        mine = user.memberships.current()
        facilitated = mine.filter(is_facilitator=True)
        return self.filter(
            models.Q(programme__in=facilitated.values("programme"))
            | models.Q(programme__in=mine.values("programme")) & ~models.Q(state=WaveState.DRAFT)
        )

    def with_counts(self):
        """How many are asked (`invited`) and have finished (`finished`); those taken off the list count nowhere."""
        asked = models.Q(invitations__withdrawn_at=None)
        return self.annotate(
            invited=models.Count("invitations", filter=asked),
            finished=models.Count("invitations", filter=asked & models.Q(invitations__submitted_at__isnull=False)),
        ).order_by("closes_at", "pk")

    def released(self):
        return self.filter(state=WaveState.RELEASED)

    def due_to_close(self, *, at):
        return self.filter(state=WaveState.OPEN, closes_at__lte=at)


class Wave(UuidModel):
    """One run of one instrument version for chosen teams. Draft → open → closed → released, never back."""

    programme = models.ForeignKey(Programme, models.CASCADE, related_name="waves")
    instrument_version = models.ForeignKey(InstrumentVersion, models.PROTECT, related_name="waves")
    title = models.CharField(_("title"), max_length=200)
    purpose = models.TextField(_("why people are asked"), blank=True)
    point = models.CharField(_("point in the programme"), max_length=20, choices=WavePoint, default=WavePoint.BASELINE)
    mode = models.CharField(max_length=20, choices=WaveMode, default=WaveMode.CONFIDENTIAL)
    threshold = models.PositiveSmallIntegerField(
        _("smallest group shown"), default=5, validators=[MinValueValidator(4)]
    )
    privacy_text = models.TextField(blank=True)
    state = models.CharField(max_length=20, choices=WaveState, default=WaveState.DRAFT)
    teams = models.ManyToManyField(Team, related_name="waves")
    # Share of the invited that the tracker shows as the goal, in percent.
    goal = models.PositiveSmallIntegerField(default=75)
    # Days before closing on which those who have not finished are reminded, for example [7, 3, 1].
    reminder_days = models.JSONField(default=list)
    closes_at = models.DateTimeField(_("open until"))
    opened_at = models.DateTimeField(null=True, blank=True)
    closed_at = models.DateTimeField(null=True, blank=True)
    released_at = models.DateTimeField(null=True, blank=True)
    created_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+")
    created_at = models.DateTimeField(auto_now_add=True)

    objects = WaveQuerySet.as_manager()

    class Meta:
        ordering = ["closes_at"]
        constraints = [
            models.CheckConstraint(
                condition=models.Q(threshold__gte=4),
                name="wave_threshold_at_least_4",
                violation_error_message=_("A group of fewer than 4 people can never be shown."),
            )
        ]

    def __str__(self):
        return self.title

    def is_answerable(self, *, at) -> bool:
        """Open, and its time not over: between the two lies the next tick."""
        return self.state == WaveState.OPEN and self.closes_at > at
