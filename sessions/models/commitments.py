from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from programme.models.base import UuidModel
from programme.models.members import Member
from programme.models.programmes import Programme
from sessions.enums import Dimension
from sessions.models.sessions import Session


class CommitmentQuerySet(models.QuerySet):
    def visible_to(self, user):
        """Facilitators and executives see all of their programme, participants their own."""
        mine = user.memberships.current()
        whole = mine.filter(Q(is_facilitator=True) | Q(is_executive=True))
        return self.filter(Q(programme__in=whole.values("programme")) | Q(owner__in=mine))

    def open(self):
        return self.filter(done_on=None)

    def done(self):
        return self.exclude(done_on=None)

    def overdue(self, *, on):
        return self.open().filter(due_on__lt=on)


class Commitment(UuidModel):
    """Something a person promised in a session."""

    programme = models.ForeignKey(Programme, models.CASCADE, related_name="commitments")
    session = models.ForeignKey(Session, models.SET_NULL, null=True, blank=True, related_name="commitments")
    # The session in which the promise is looked at next, when it was not kept by the one before.
    carried_to = models.ForeignKey(Session, models.SET_NULL, null=True, blank=True, related_name="carried_commitments")
    owner = models.ForeignKey(Member, models.PROTECT, related_name="commitments")
    text = models.CharField(_("what was promised"), max_length=300)
    dimension = models.CharField(_("dimension"), max_length=60, choices=Dimension, blank=True)
    due_on = models.DateField(_("due"))
    done_on = models.DateField(null=True, blank=True)
    created_at = models.DateTimeField(auto_now_add=True)

    objects = CommitmentQuerySet.as_manager()

    class Meta:
        ordering = ["due_on"]

    def __str__(self):
        return self.text
