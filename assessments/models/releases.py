from django.db import models

from assessments.models.waves import Wave
from programme.models.base import UuidModel


class Release(UuidModel):
    """The frozen, audited results of a closed wave: all that anybody is ever shown of it.

    `document` is written once by services/releases.py and read only through assessments/results.py.
    """

    wave = models.OneToOneField(Wave, models.PROTECT, related_name="+")
    document = models.JSONField()
    # Who stood behind each number shown, so that later releases are audited against it. Never a score, never shown.
    audited = models.JSONField(default=dict)
    sha256 = models.CharField(max_length=64)
    created_at = models.DateTimeField(auto_now_add=True)
