"""Words of the sessions app with a fixed set of values."""

from django.db.models import TextChoices
from django.utils.translation import gettext_lazy as _


class SessionKind(TextChoices):
    WORKSHOP = "workshop", _("Workshop")
    ONE_TO_ONE = "one_to_one", _("One-to-one talk")
    LEARNING_SET = "learning_set", _("Action-learning set")
    REVIEW = "review", _("Review meeting")


class SessionMode(TextChoices):
    VIRTUAL = "virtual", _("virtual")
    HYBRID = "hybrid", _("hybrid")
    ROOM = "room", _("in the room")


class SessionState(TextChoices):
    PLANNED = "planned", _("Planned")
    CANCELLED = "cancelled", _("Cancelled")


class Reply(TextChoices):
    NONE = "none", _("Not replied")
    COMING = "coming", _("Coming")
    MAYBE = "maybe", _("Perhaps")
    NOT_COMING = "not_coming", _("Not coming")


class Attendance(TextChoices):
    PRESENT = "present", _("There")
    PART = "part", _("For part of it")
    APOLOGIES = "apologies", _("Sent apologies")
    ABSENT = "absent", _("Not there")


ATTENDED = frozenset({Attendance.PRESENT, Attendance.PART})


class Dimension(TextChoices):
    """The scales of the team questionnaire that a promise may belong to; the values are its scale keys."""

    TRUST = "trust", _("Trust")
    CONFLICT = "conflict", _("Conflict")
    COMMITMENT = "commitment", _("Commitment")
    ACCOUNTABILITY = "accountability", _("Accountability")
    RESULTS = "results", _("Results")


class Focus(TextChoices):
    """What an activity works on: one of the five dimensions, or what comes easily to people."""

    TRUST = Dimension.TRUST.value, Dimension.TRUST.label
    CONFLICT = Dimension.CONFLICT.value, Dimension.CONFLICT.label
    COMMITMENT = Dimension.COMMITMENT.value, Dimension.COMMITMENT.label
    ACCOUNTABILITY = Dimension.ACCOUNTABILITY.value, Dimension.ACCOUNTABILITY.label
    RESULTS = Dimension.RESULTS.value, Dimension.RESULTS.label
    STRENGTHS = "strengths", _("Strengths")


class ActivityMode(TextChoices):
    """Where an activity can be done."""

    ANY = "any", _("any mode")
    VIRTUAL = "virtual", _("virtual")
    ROOM = "room", _("in the room")
