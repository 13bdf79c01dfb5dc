"""The programme's questionnaires as first pages need them: one query for all of them, and names that tell them apart."""

from collections import Counter
from collections.abc import Callable, Sequence
from uuid import UUID

from django.db.models import Count, Q
from django.utils.translation import gettext as _

from assessments.enums import WaveState
from assessments.models.waves import Wave
from programme.models.programmes import Programme
from programme.models.users import User


def programme_waves(programme: Programme, *, user: User) -> list[Wave]:
    """The waves this person may know of, in the order in which they close, each with how many are asked and finished."""
    disputed = Q(invitations__place_disputed=True, invitations__withdrawn_at=None)
    waves = Wave.objects.visible_to(user).filter(programme=programme).with_counts()
    waves = waves.annotate(disputed=Count("invitations", filter=disputed))
    found = list(waves.select_related("instrument_version").order_by("closes_at", "created_at"))
    for wave in found:
        wave.programme = programme
    return found


def in_state(waves: Sequence[Wave], *states: WaveState) -> list[Wave]:
    return [wave for wave in waves if wave.state in states]


def full_names(waves: Sequence[Wave]) -> dict[UUID, str]:
    """Each wave's title; where several have the same, with its point in the programme."""
    return _told_apart(waves, lambda wave: wave.title, _title_and_point)


def short_names(waves: Sequence[Wave]) -> dict[UUID, str]:
    """Each wave's point in the programme, the way charts call them; where that is not enough, its title."""
    return _told_apart(waves, lambda wave: str(wave.get_point_display()), lambda wave: wave.title)


def _told_apart(
    waves: Sequence[Wave], name: Callable[[Wave], str], longer: Callable[[Wave], str]
) -> dict[UUID, str]:  # fmt: skip
    times = Counter(name(wave) for wave in waves)
    return {wave.pk: name(wave) if times[name(wave)] == 1 else longer(wave) for wave in waves}


def _title_and_point(wave: Wave) -> str:
    return _("%(title)s (%(point)s)") % {"title": wave.title, "point": wave.get_point_display().lower()}
