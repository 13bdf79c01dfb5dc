from django.conf import settings
from django.db import models
from django.db.models import Q, TextChoices
from django.utils.translation import gettext_lazy as _

from assessments.models.waves import Wave
from programme.models.base import UuidModel
from programme.models.programmes import Programme


class ReportKind(TextChoices):
    TEAM_RESULTS = "team_results", _("Team results")
    PROGRAMME = "programme", _("Programme report for the board")


class ReportQuerySet(models.QuerySet):
    def visible_to(self, user):
        """Facilitators see all reports of their programme, executives those released to them."""
        mine = user.memberships.current()
        return self.filter(
            Q(programme__in=mine.filter(is_facilitator=True).values("programme"))
            | Q(programme__in=mine.filter(is_executive=True).values("programme"), released_at__isnull=False)
        )


class Report(UuidModel):
    """A document compiled from frozen releases, with the facilitator's commentary."""

    programme = models.ForeignKey(Programme, models.CASCADE, related_name="reports")
    kind = models.CharField(max_length=20, choices=ReportKind)
    wave = models.ForeignKey(Wave, models.PROTECT, null=True, blank=True, related_name="reports")
    title = models.CharField(_("title"), max_length=200)
    commentary = models.TextField(_("your commentary"), blank=True)
    # What was compiled: the blocks both the page and the PDF are drawn from.
    document = models.JSONField(default=dict)
    pdf = models.FileField(upload_to="reports/", blank=True)
    compiled_at = models.DateTimeField(null=True, blank=True)
    released_at = models.DateTimeField(null=True, blank=True)
    created_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+")
    created_at = models.DateTimeField(auto_now_add=True)

    objects = ReportQuerySet.as_manager()

    class Meta:
        ordering = ["-created_at"]

    def __str__(self):
        return self.title
