"""People's answers. Nothing outside `assessments` may import this, and no other row leads here by a related name."""

from django.db import models

from assessments.models.invitations import WaveInvitation


class Response(models.Model):
    """One person's answers in a wave."""

    invitation = models.OneToOneField(WaveInvitation, models.CASCADE, primary_key=True, related_name="+")
    privacy_text = models.TextField(blank=True)
    started_at = models.DateTimeField()
    submitted_at = models.DateTimeField(null=True, blank=True)


class Answer(models.Model):
    """One answer to one item: a value of its scale, or text for an open prompt."""

    response = models.ForeignKey(Response, models.CASCADE, related_name="+")
    # The item's own key, or "item@organisation-team" where an item is asked about each team of other organisations.
    item_key = models.CharField(max_length=130)
    value = models.SmallIntegerField(null=True)
    text = models.TextField(blank=True)
    saved_at = models.DateTimeField()

    class Meta:
        constraints = [models.UniqueConstraint(fields=["response", "item_key"], name="answer_once")]
