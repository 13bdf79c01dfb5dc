from django.conf import settings
from django.db import models
from django.utils.translation import gettext_lazy as _

from programme.enums import DeliveryPurpose, DeliveryState
from programme.models.base import UuidModel
from programme.models.programmes import Programme


class DeliveryQuerySet(models.QuerySet):
    def visible_to(self, user):
        """Mail of the programmes somebody facilitates; administrators see all rows, which hold no text."""
        if user.is_administrator:
            return self
        facilitated = user.memberships.current().filter(is_facilitator=True)
        return self.filter(programme__in=facilitated.values("programme"))

    def due(self, *, at):
        return self.filter(state__in=[DeliveryState.PENDING, DeliveryState.RETRYING], due_at__lte=at)

    def abandoned(self, *, at):
        """Rows whose worker died: still “being sent” though the claim has run out."""
        return self.filter(state=DeliveryState.SENDING, claimed_until__lt=at)


class Delivery(UuidModel):
    """One mail that must reach one mailbox once. Written in the transaction of what caused it; text is made on sending."""

    programme = models.ForeignKey(Programme, models.CASCADE, null=True, blank=True, related_name="deliveries")
    recipient = models.ForeignKey(settings.AUTH_USER_MODEL, models.CASCADE, related_name="deliveries")
    purpose = models.CharField(max_length=40, choices=DeliveryPurpose)
    # What the mail is about: the wave invitation, session invitation … the writer of this purpose knows.
    subject_id = models.UUIDField()
    # Which mail of this purpose: "first", a reminder's date, a session's sequence number.
    occurrence = models.CharField(max_length=80)
    state = models.CharField(max_length=20, choices=DeliveryState, default=DeliveryState.PENDING)
    due_at = models.DateTimeField()
    claimed_until = models.DateTimeField(null=True, blank=True)
    # Renewed at every claim: tells the claim that holds the row from one that has run out.
    claim = models.UUIDField(null=True, blank=True)
    attempts = models.PositiveSmallIntegerField(default=0)
    message_id = models.CharField(max_length=200)
    problem = models.CharField(_("what went wrong"), max_length=500, blank=True)
    sent_to = models.EmailField(blank=True)
    created_at = models.DateTimeField(auto_now_add=True)
    finished_at = models.DateTimeField(null=True, blank=True)

    objects = DeliveryQuerySet.as_manager()

    class Meta:
        ordering = ["-created_at", "id"]
        verbose_name_plural = "deliveries"
        constraints = [
            models.UniqueConstraint(fields=["recipient", "purpose", "subject_id", "occurrence"], name="delivery_once")
        ]
        indexes = [models.Index(fields=["state", "due_at"], name="delivery_due")]
