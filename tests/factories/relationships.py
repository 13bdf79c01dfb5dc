"""Answers about the teams of other organisations, as the pages store them."""

from collections.abc import Callable, Mapping, Sequence
from pathlib import Path

import assessments
from assessments.models.instruments import InstrumentVersion
from programme.models.members import Member
from tests.factories.assessments import make_instrument

TEXT = (Path(assessments.__file__).parent / "catalogue/working_relationships.yaml").read_text()

Says = Callable[[int, Member, Member], tuple[int, int | None]]


def make_relationships() -> InstrumentVersion:
    return make_instrument(TEXT)


def answers_about_teams(people: Sequence[Member], says: Says) -> dict[Member, Mapping[str, int]]:
    """`says(number, member, other)`: how often and how well the member works with the other's team; 1 and 5 are ends.

    `number` counts the people of the member's own organisation and team.
    """
    places = {(member.organisation_id, member.team_id): member for member in people}
    counted: dict[tuple, int] = dict.fromkeys(places, 0)
    found: dict[Member, Mapping[str, int]] = {}
    for member in people:
        own = (member.organisation_id, member.team_id)
        given: dict[str, int] = {}
        for (organisation, team), other in places.items():
            if organisation != member.organisation_id:
                often, well = says(counted[own], member, other)
                given[f"frequency@{organisation.hex}-{team.hex}"] = often
                if well is not None:
                    given[f"quality@{organisation.hex}-{team.hex}"] = well
        counted[own] += 1
        found[member] = given
    return found
