"""Who may do what. Roles are compared here and in the models' `visible_to`, nowhere else."""

from django.utils.translation import gettext_lazy as _

from programme.enums import Role
from programme.models.members import Member
from programme.models.organisations import Organisation
from programme.models.users import User

_REASONS = {
    frozenset({Role.FACILITATOR}): _("Only the facilitators of this programme can do this."),
    frozenset({Role.EXECUTIVE}): _("Only the executives of this programme can do this."),
    frozenset({Role.FACILITATOR, Role.EXECUTIVE}): _(
        "Only facilitators and executives of this programme can see this."
    ),
    frozenset({Role.PARTICIPANT}): _("Only people who take part in this programme can see this."),
}


def reason_against(member: Member | None, roles: set[Role]) -> str:
    """Why somebody who may know of the programme may not do this there; empty when they may."""
    if member is not None and roles & set(member.roles):
        return ""
    return str(_REASONS.get(frozenset(roles), _("Your role in this programme does not include this.")))


def needs_second_factor(user: User) -> bool:
    """Facilitators, executives and administrators can see or change other people's data."""
    if user.is_administrator or user.may_create_programmes:
        return True
    return any(not {Role.PARTICIPANT}.issuperset(member.roles) for member in user.memberships.current())


def is_administrator(user: User) -> bool:
    return user.is_active and user.is_administrator


def may_create_programmes(user: User) -> bool:
    return user.is_active and user.may_create_programmes


def runs_programme(member: Member | None) -> bool:
    """Whether this member may change the programme and sees its people."""
    return member is not None and member.is_facilitator


def may_change_organisation(user: User, organisation: Organisation) -> bool:
    """Its name and shape are shared: whoever changes them must run every programme it takes part in."""
    if is_administrator(user):
        return True
    facilitated = user.memberships.current().filter(is_facilitator=True)
    return not organisation.partners.exclude(programme__in=facilitated.values("programme")).exists()
