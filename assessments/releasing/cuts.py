"""The groups a release looks at, in the order in which they have a right to be shown."""

from collections.abc import Hashable, Mapping, Sequence
from dataclasses import dataclass
from enum import StrEnum

import numpy as np
from numpy.typing import NDArray

PROGRAMME = "programme"
Members = NDArray[np.bool_]


class CutKind(StrEnum):
    PROGRAMME = "programme"
    ORGANISATION = "organisation"
    TEAM = "team"
    ORGANISATION_TEAM = "organisation_team"


class Against(StrEnum):
    """Which earlier wave a change is measured from."""

    PREVIOUS = "previous"
    BASELINE = "baseline"


@dataclass(frozen=True, slots=True)
class Group:
    """An organisation or team that has a place in the wave. `mark`: an organisation's position in the programme."""

    key: str
    label: str
    mark: int | None = None


@dataclass(frozen=True, slots=True)
class Cut:
    key: str
    kind: CutKind
    label: str
    organisation: str | None
    team: str | None
    mark: int | None
    members: Members


# Keys stand in addresses, so they are made of letters that need no escaping.
def organisation_key(organisation: Hashable) -> str:
    return f"organisation-{organisation}"


def team_key(team: Hashable) -> str:
    return f"team-{team}"


def both_key(organisation: Hashable, team: Hashable) -> str:
    return f"{organisation_key(organisation)}_{team_key(team)}"


def cuts_of(
    organisations: Sequence[str | None],
    teams: Sequence[str | None],
    *,
    organisation_groups: Sequence[Group],
    team_groups: Sequence[Group],
    everybody: str,
    labels: Mapping[tuple[str, str], str],
) -> list[Cut]:
    """Programme, organisations, teams, organisation × team; each with a mask over the people.

    `organisations` and `teams` hold each person's place as it was at opening. Organisation × team is left out where
    only one organisation or one team took part: it would repeat another cut.
    """
    of_organisation = {group.key: _mask(organisations, group.key) for group in organisation_groups}
    of_team = {group.key: _mask(teams, group.key) for group in team_groups}
    cuts = [Cut(PROGRAMME, CutKind.PROGRAMME, everybody, None, None, None, np.ones(len(organisations), dtype=bool))]
    cuts += [
        Cut(organisation_key(group.key), CutKind.ORGANISATION, group.label, group.key, None, group.mark, mask)
        for group in organisation_groups
        if (mask := of_organisation[group.key]).any()
    ]
    cuts += [
        Cut(team_key(group.key), CutKind.TEAM, group.label, None, group.key, None, mask)
        for group in team_groups
        if (mask := of_team[group.key]).any()
    ]
    if len(organisation_groups) < 2 or len(team_groups) < 2:
        return cuts
    for team in team_groups:
        for organisation in organisation_groups:
            mask = of_team[team.key] & of_organisation[organisation.key]
            if mask.any():
                cuts.append(
                    Cut(
                        both_key(organisation.key, team.key),
                        CutKind.ORGANISATION_TEAM,
                        labels[organisation.key, team.key],
                        organisation.key,
                        team.key,
                        organisation.mark,
                        mask,
                    )
                )
    return cuts


def _mask(places: Sequence[str | None], key: str) -> Members:
    return np.fromiter((place == key for place in places), dtype=bool, count=len(places))
