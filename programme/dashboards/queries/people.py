"""How many people there are in a programme, by role, and how many came and went."""

from dataclasses import dataclass

from django.db.models import Count, F, Q

from programme.models.members import Member
from programme.models.programmes import Programme
from programme.models.users import User


@dataclass(frozen=True)
class PeopleCounts:
    """People today, except `left`. `joined` later than the programme's first day."""

    participants: int
    facilitators: int
    executives: int
    joined: int
    left: int


def people_counts(programme: Programme, *, user: User) -> PeopleCounts:
    today = Q(left_on=None)
    people = Member.objects.visible_to(user).filter(programme=programme)
    return PeopleCounts(
        **people.aggregate(
            participants=Count("pk", filter=today & Q(is_participant=True)),
            facilitators=Count("pk", filter=today & Q(is_facilitator=True)),
            executives=Count("pk", filter=today & Q(is_executive=True)),
            joined=Count("pk", filter=today & Q(is_participant=True, joined_on__gt=F("programme__starts_on"))),
            left=Count("pk", filter=~today & Q(is_participant=True)),
        )
    )
