"""Which waves have results to look at, and where somebody stood in them."""

from uuid import UUID

from django.db.models import Q, QuerySet

from assessments.enums import WaveState
from assessments.models.invitations import WaveInvitation
from assessments.models.waves import Wave
from assessments.permissions import sees_all_groups
from programme.models.members import Member
from programme.models.programmes import Programme


def finished_waves(programme: Programme) -> QuerySet[Wave]:
    """Closed and released waves, latest first."""
    finished = Wave.objects.filter(programme=programme, state__in=[WaveState.CLOSED, WaveState.RELEASED])
    return finished.select_related("instrument_version").order_by("-closed_at")


def place_in(wave: Wave, member: Member) -> tuple[UUID | None, UUID | None]:
    """Organisation and team somebody was asked as; for those who were not asked, where they are today."""
    asked = WaveInvitation.objects.filter(wave=wave, member=member, withdrawn_at=None)
    return asked.values_list("organisation_id", "team_id").first() or (member.organisation_id, member.team_id)


def told_to(waves: QuerySet[Wave], member: Member) -> QuerySet[Wave]:
    """Who only takes part is told results of waves that asked them or their team; another team's are not theirs."""
    if sees_all_groups(member):
        return waves
    own = Q(member=member)
    if member.team_id:
        own |= Q(team=member.team_id)
    return waves.filter(pk__in=WaveInvitation.objects.filter(own, withdrawn_at=None).values("wave"))
