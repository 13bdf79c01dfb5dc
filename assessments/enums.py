"""Words of the assessments app with a fixed set of values."""

from django.db.models import TextChoices
from django.utils.translation import gettext_lazy as _


class WaveState(TextChoices):
    DRAFT = "draft", _("Draft")
    OPEN = "open", _("Open")
    CLOSED = "closed", _("Closed")
    RELEASED = "released", _("Released")


class WavePoint(TextChoices):
    """Where in the programme a wave stands; decides what is compared with what."""

    BASELINE = "baseline", _("Baseline")
    MIDPOINT = "midpoint", _("Midpoint")
    END = "end", _("End")
    OTHER = "other", _("Another time")


class WaveMode(TextChoices):
    """Fixed at opening and printed on the start page."""

    CONFIDENTIAL = "confidential", _("Confidential")
