from django.conf import settings
from django.db import models
from django.db.models.functions import Coalesce

from assessments.models.instruments import InstrumentVersion
from programme.models.base import UuidModel
from programme.models.members import Member
from programme.models.programmes import Programme


class ResultsImportQuerySet(models.QuerySet):
    def visible_to(self, user):
        """Uploads of the programmes somebody facilitates."""
        facilitated = user.memberships.current().filter(is_facilitator=True)
        return self.filter(programme__in=facilitated.values("programme"))

    def with_counts(self):
        """How many people's results it brought and still holds: `people`."""
        held = LicensedResult.objects.filter(results_import=models.OuterRef("pk")).order_by()
        counted = held.values("results_import").annotate(number=models.Count("pk")).values("number")
        return self.annotate(people=Coalesce(models.Subquery(counted), 0))


class ResultsImport(UuidModel):
    """One upload of a licensed provider's results: previewed, confirmed, and undone if need be."""

    programme = models.ForeignKey(Programme, models.CASCADE, related_name="results_imports")
    instrument_version = models.ForeignKey(InstrumentVersion, models.PROTECT, related_name="imports")
    uploaded_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+")
    file_name = models.CharField(max_length=200)
    # Headings and rows as uploaded; emptied on confirming, because results then belong to each person.
    table = models.JSONField(default=dict)
    columns = models.JSONField(default=dict)
    created_at = models.DateTimeField(auto_now_add=True)
    confirmed_at = models.DateTimeField(null=True, blank=True)
    undone_at = models.DateTimeField(null=True, blank=True)

    objects = ResultsImportQuerySet.as_manager()

    class Meta:
        ordering = ["-created_at"]


class LicensedResult(UuidModel):
    """One person's scores from a licensed provider."""

    member = models.ForeignKey(Member, models.CASCADE, related_name="+")
    results_import = models.ForeignKey(ResultsImport, models.CASCADE, related_name="+")
    # {"scores": {scale key: number}, "significant": [scale keys], "extras": {extra column: {scale key: number}}}
    document = models.JSONField()

    class Meta:
        constraints = [models.UniqueConstraint(fields=["results_import", "member"], name="licensed_result_once")]
