"""Programmes as lists show them."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from django.db.models import Count, Q

from programme.enums import DeliveryState, Role
from programme.models.deliveries import Delivery
from programme.models.members import Member
from programme.models.organisations import Organisation
from programme.models.programmes import Programme
from programme.models.users import User


@dataclass(frozen=True)
class ProgrammeLine:
    """One programme in somebody's list. `roles` is empty where they are not a member."""

    programme: Programme
    roles: Sequence[Role]
    organisations: Sequence[Organisation]
    people: int

    def has_ended(self, on: date) -> bool:
        return self.programme.ends_on < on


def programme_lines(user: User) -> list[ProgrammeLine]:
    """Every programme the person may know of, theirs first, then the newest."""
    current = Count("members", filter=Q(members__left_on=None), distinct=True)
    ids = Programme.objects.visible_to(user).values("pk")
    programmes = (
        Programme.objects.filter(pk__in=ids).annotate(people=current).prefetch_related("partners__organisation")
    )
    mine: dict[object, Member] = {member.programme_id: member for member in user.memberships.current()}
    lines = [
        ProgrammeLine(
            programme=programme,
            roles=mine[programme.pk].roles if programme.pk in mine else (),
            organisations=[partner.organisation for partner in programme.partners.all()],
            people=programme.people,
        )
        for programme in programmes
    ]
    return sorted(lines, key=lambda line: not line.roles)


@dataclass(frozen=True)
class Installation:
    """What an administrator wants to know at a glance."""

    accounts: int
    switched_off: int
    waiting: int
    organisations: int
    mail_trouble: int
    mail_waiting: int


def installation() -> Installation:
    accounts = User.objects.aggregate(
        active=Count("pk", filter=Q(is_active=True)),
        switched_off=Count("pk", filter=Q(is_active=False)),
        waiting=Count(
            "account_invitations__user", filter=Q(account_invitations__accepted_at=None, is_active=True), distinct=True
        ),
    )
    trouble = [DeliveryState.FAILED, DeliveryState.UNCONFIRMED]
    waiting = [DeliveryState.PENDING, DeliveryState.RETRYING, DeliveryState.SENDING]
    mail = Delivery.objects.aggregate(
        trouble=Count("pk", filter=Q(state__in=trouble)), waiting=Count("pk", filter=Q(state__in=waiting))
    )
    return Installation(
        accounts=accounts["active"],
        switched_off=accounts["switched_off"],
        waiting=accounts["waiting"],
        organisations=Organisation.objects.count(),
        mail_trouble=mail["trouble"],
        mail_waiting=mail["waiting"],
    )
