"""Working relationships as they were released: places, the matrix of contacts between them, and two shares of all."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any
from uuid import UUID

from django.utils.translation import gettext as _

from assessments.disclosure import Bound
from assessments.releasing.cuts import Against
from assessments.results.shapes import Movement, Score, WaveResults
from programme.lib.charts import WITHHELD, Change, Withheld

Changes = Mapping[Against, Movement | Withheld]


@dataclass(frozen=True, slots=True)
class Place:
    """One organisation's part of a team. `mark` is the organisation's position in the programme."""

    key: str
    organisation_id: UUID
    team_id: UUID
    organisation: str
    team: str
    mark: int | None

    @property
    def label(self) -> str:
        return _("%(organisation)s in %(team)s") % {"organisation": self.organisation, "team": self.team}


@dataclass(frozen=True, slots=True)
class Share:
    """Whole percent of the `n` people who answered; near an end only a limit (`bound`)."""

    value: int
    bound: Bound
    n: int

    @property
    def shown(self) -> str:
        """ "52%", "66% or more", "12% or less"."""
        words = {Bound.OR_MORE: _("%(share)s%% or more"), Bound.OR_LESS: _("%(share)s%% or less")}
        return words.get(self.bound, "%(share)s%%") % {"share": self.value}


@dataclass(frozen=True, slots=True)
class Relation:
    """What people of one place say about another: how many are in contact with it, and how well it goes."""

    density: Share | Withheld
    quality: Score | Withheld
    density_changes: Changes
    quality_changes: Changes


@dataclass(frozen=True, slots=True)
class TotalShare:
    share: Share | Withheld
    changes: Changes


@dataclass(frozen=True)
class Relationships:
    """The matrix of one wave. `contact`: the answer from which on people count as in contact.

    `density`: of all answers about a team of another organisation, how many tell of contact. `crossing`: the people
    in contact with at least one of those teams.
    """

    contact: str
    quality_name: str
    quality_maximum: float
    places: tuple[Place, ...]
    density: TotalShare
    crossing: TotalShare
    _cells: Mapping[tuple[str, str], Relation]

    @property
    def relations(self) -> tuple[Relation, ...]:
        return tuple(self._cells.values())

    def relation(self, row: Place, column: Place) -> Relation | None:
        """What `row` says about `column`; None within one organisation, about which nobody is asked."""
        return self._cells.get((row.key, column.key))

    def rows_of(self, organisation_id: UUID | None, team_id: UUID | None) -> tuple[Place, ...]:
        return tuple(
            place for place in self.places if (place.organisation_id, place.team_id) == (organisation_id, team_id)
        )


def relationships_of(results: WaveResults) -> Relationships | None:
    """None where the questionnaire asked about something else."""
    stored = results.relationships_part
    if stored is None:
        return None
    quality = stored["quality"]
    return Relationships(
        contact=stored["contact"],
        quality_name=quality["name"],
        quality_maximum=quality["maximum"],
        places=tuple(_place(entry) for entry in stored["places"]),
        density=_total(stored["totals"]["density"]),
        crossing=_total(stored["totals"]["share"]),
        _cells={(cell["row"], cell["column"]): _relation(cell, quality["decimals"]) for cell in stored["cells"]},
    )


def _place(entry: Mapping[str, Any]) -> Place:
    return Place(
        key=entry["key"],
        organisation_id=UUID(entry["organisation"]),
        team_id=UUID(entry["team"]),
        organisation=entry["organisation_label"],
        team=entry["team_label"],
        mark=entry["mark"],
    )


def _total(entry: Mapping[str, Any]) -> TotalShare:
    return TotalShare(_share(entry["cell"]), _changes(entry["changes"]))


def _relation(cell: Mapping[str, Any], decimals: int) -> Relation:
    return Relation(
        density=_share(cell["density"]),
        quality=_score(cell["quality"], decimals),
        density_changes=_changes(cell["changes"]["density"]),
        quality_changes=_changes(cell["changes"]["quality"]),
    )


def _share(cell: Mapping[str, Any] | None) -> Share | Withheld:
    return WITHHELD if cell is None else Share(cell["value"], Bound(cell["bound"]), cell["n"])


def _score(cell: Mapping[str, Any] | None, decimals: int) -> Score | Withheld:
    if cell is None:
        return WITHHELD
    return Score(cell["value"], Bound(cell["bound"]), cell["n"], cell["band"], decimals)


def _changes(stored: Mapping[str, Mapping[str, Any] | None]) -> Changes:
    return {
        Against(against): WITHHELD if cell is None else Movement(**{**cell, "words": Change(cell["words"])})
        for against, cell in stored.items()
    }
