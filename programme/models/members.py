from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from programme.enums import Role
from programme.models.base import UuidModel
from programme.models.organisations import Organisation
from programme.models.programmes import Programme
from programme.models.teams import Team


class MemberQuerySet(models.QuerySet):
    def current(self):
        return self.filter(left_on=None)

    def visible_to(self, user):
        """Facilitators see everybody of their programme; executives the facilitators and their own team; others themselves.

        Administrators run the installation and see every person of it, never an answer.
        """
        if user.is_administrator:
            return self
        mine = user.memberships.current()
        executive = mine.filter(is_executive=True)
        return self.filter(
            Q(user=user)
            | Q(programme__in=mine.filter(is_facilitator=True).values("programme"))
            | Q(programme__in=executive.values("programme"), is_facilitator=True)
            | Q(team__in=executive.exclude(team=None).values("team"))
        )

    def participants(self):
        return self.filter(is_participant=True)


class Member(UuidModel):
    """A person in a programme, with one organisation, at most one team, and one or more roles."""

    programme = models.ForeignKey(Programme, models.CASCADE, related_name="members")
    user = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="memberships")
    # The name as this programme knows it: an import here never renames somebody elsewhere.
    name = models.CharField(_("name"), max_length=200)
    job_title = models.CharField(_("job title"), max_length=200, blank=True)
    organisation = models.ForeignKey(Organisation, models.PROTECT, null=True, blank=True, related_name="members")
    team = models.ForeignKey(Team, models.PROTECT, null=True, blank=True, related_name="members")
    is_facilitator = models.BooleanField(_("facilitator"), default=False)
    is_executive = models.BooleanField(_("executive"), default=False)
    is_participant = models.BooleanField(_("participant"), default=False)
    wants_no_reminders = models.BooleanField(default=False)
    joined_on = models.DateField()
    left_on = models.DateField(null=True, blank=True)

    objects = MemberQuerySet.as_manager()

    class Meta:
        ordering = ["name"]
        constraints = [
            models.UniqueConstraint(
                fields=["programme", "user"],
                name="member_once",
                violation_error_message=_("This person is in the programme already."),
            ),
            models.CheckConstraint(
                condition=Q(is_facilitator=True) | Q(is_executive=True) | Q(is_participant=True),
                name="member_has_a_role",
                violation_error_message=_("Choose at least one role."),
            ),
        ]

    def __str__(self):
        return self.name

    @property
    def email(self) -> str:
        return self.user.email

    @property
    def roles(self) -> list[Role]:
        """The roles held here, most powerful first."""
        held = [
            (self.is_facilitator, Role.FACILITATOR),
            (self.is_executive, Role.EXECUTIVE),
            (self.is_participant, Role.PARTICIPANT),
        ]
        return [role for has, role in held if has]
