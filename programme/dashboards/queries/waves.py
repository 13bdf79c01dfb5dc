"""The programme's questionnaires as first pages need them: two queries for all of them, and names that tell them apart."""

from collections import Counter
from collections.abc import Callable, Sequence
from uuid import UUID

from django.db.models import Count, Q
from django.utils.translation import gettext as _

from assessments.enums import WaveState
from assessments.models.invitations import WaveInvitation
from assessments.models.waves import Wave
from programme.models.programmes import Programme
from programme.models.users import User


def programme_waves(programme: Programme, *, user: User) -> list[Wave]:
    """The waves this person may know of, in the order in which they close, each with its counts of people.

    `invited`, `finished` and `disputed` become attributes, as with Wave.objects.with_counts(). They are counted apart
    from the waves: a database that groups by every column of a wave would take ten times as long.
    """
    found = list(Wave.objects.visible_to(user).filter(programme=programme).order_by("closes_at", "created_at"))
    places = WaveInvitation.objects.filter(wave__in=[wave.pk for wave in found], withdrawn_at=None).order_by()
    rows = places.values("wave").annotate(
        invited=Count("*"),
        finished=Count("submitted_at"),
        disputed=Count("place_disputed", filter=Q(place_disputed=True)),
    )
    counts = {row.pop("wave"): row for row in rows}
    for wave in found:
        wave.programme = programme
        for name, count in counts.get(wave.pk, {"invited": 0, "finished": 0, "disputed": 0}).items():
            setattr(wave, name, count)
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
