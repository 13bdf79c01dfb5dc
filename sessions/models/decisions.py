from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from programme.models.base import UuidModel
from programme.models.members import Member
from programme.models.programmes import Programme
from sessions.models.sessions import Session


class DecisionQuerySet(models.QuerySet):
    def visible_to(self, user):
        mine = user.memberships.current()
        whole = mine.filter(Q(is_facilitator=True) | Q(is_executive=True))
        return self.filter(programme__in=whole.values("programme"))

    def open(self):
        return self.filter(decided_at=None)

    def taken(self):
        return self.exclude(decided_at=None)


class Decision(UuidModel):
    """Something the executives of a programme are asked to decide by a date."""

    programme = models.ForeignKey(Programme, models.CASCADE, related_name="decisions")
    # Where the question came up, if it was in a session.
    session = models.ForeignKey(Session, models.SET_NULL, null=True, blank=True, related_name="decisions")
    title = models.CharField(_("what is to be decided"), max_length=200)
    detail = models.TextField(_("what they need to know"), blank=True)
    due_on = models.DateField(_("by"))
    outcome = models.TextField(_("what was decided"), blank=True)
    decided_by = models.ForeignKey(Member, models.PROTECT, null=True, blank=True, related_name="+")
    decided_at = models.DateTimeField(null=True, blank=True)
    created_at = models.DateTimeField(auto_now_add=True)

    objects = DecisionQuerySet.as_manager()

    class Meta:
        ordering = ["due_on"]

    def __str__(self):
        return self.title
