"""Baseline, midpoint and end of a programme, drafted in one step."""

from collections.abc import Iterable, Mapping
from datetime import datetime
from typing import Any

from django.db import transaction
from django.utils.translation import gettext as _

from assessments.enums import WavePoint
from assessments.models.waves import Wave
from assessments.services.waves import create_wave
from programme.models.programmes import Programme
from programme.models.teams import Team
from programme.models.users import User


def plan_waves(
    programme: Programme,
    *,
    actor: User,
    title: str,
    teams: Iterable[Team],
    closes: Mapping[WavePoint, datetime],
    **shared: Any,
) -> list[Wave]:
    """A draft for each point of `closes`, all of the same questionnaire, or none.

    `shared` is what `create_wave` takes besides. Each title says its point: "How we work together: midpoint".
    """
    teams = list(teams)
    with transaction.atomic():
        return [
            create_wave(
                programme, actor=actor, teams=teams, point=point, closes_at=closes_at,
                title=_("%(title)s: %(point)s") % {"title": title, "point": WavePoint(point).label.lower()},
                **shared,
            )
            for point, closes_at in closes.items()
        ]  # fmt: skip
