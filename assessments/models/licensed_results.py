from django.conf import settings
from django.db import models

from assessments.models.instruments import InstrumentVersion
from programme.models.base import UuidModel
from programme.models.members import Member
from programme.models.programmes import Programme


class ResultsImport(UuidModel):
    """One upload of a licensed provider's results: previewed, confirmed, and undone if need be."""

    programme = models.ForeignKey(Programme, models.CASCADE, related_name="results_imports")
    instrument_version = models.ForeignKey(InstrumentVersion, models.PROTECT, related_name="+")
    uploaded_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+")
    file_name = models.CharField(max_length=200)
    table = models.JSONField(default=dict)
    columns = models.JSONField(default=dict)
    created_at = models.DateTimeField(auto_now_add=True)
    confirmed_at = models.DateTimeField(null=True, blank=True)
    undone_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        ordering = ["-created_at"]


class LicensedResult(UuidModel):
    """One person's scores from a licensed provider."""

    member = models.ForeignKey(Member, models.CASCADE, related_name="+")
    results_import = models.ForeignKey(ResultsImport, models.CASCADE, related_name="+")
    # {"scores": {scale key: number}, "significant": [scale keys]}
    document = models.JSONField()

    class Meta:
        constraints = [models.UniqueConstraint(fields=["results_import", "member"], name="licensed_result_once")]
