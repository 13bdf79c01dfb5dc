"""Working relationships between teams of different organisations: the matrix, and what may be shown of it.

The people who answer are rows, the teams they are asked about columns; a place is one organisation's part of a team.
Of each cell two things are told: how many of its people are in contact with the other team, and how well it goes.

Contact is a yes or a no, so an exact count near either end would name everybody. Counts of up to two, and of all but up
to two, are therefore shown as a limit only. Cells of one column have no people in common and there are no sums beside
them, so each stands for itself, with the threshold. How well it goes is a mean and is audited as all means are. The two
numbers about everybody come last, and only if together with the matrix they give no cell away (`totals`).
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

import numpy as np
from numpy.typing import NDArray

from assessments.definitions import Definition
from assessments.disclosure import Bound
from assessments.releasing import ledger
from assessments.releasing.auditing import SCORE, Candidate, Case, Shown, audit_measure
from assessments.releasing.cells import CLEAR, LITTLE, overall_cell, score_cell
from assessments.releasing.compute import Computed
from assessments.releasing.totals import Contact, count_as_shown, limits, totals_to_show
from assessments.releasing.units import Rows, Units
from programme.lib.charts import Change

Floats = NDArray[np.float64]
Changes = dict[str, dict[str, Any] | None]

DENSITY, QUALITY, SHARE = "density", "quality", "share"
WHOLE = 100


@dataclass(frozen=True, slots=True)
class Place:
    """One organisation's part of a team. `mark`: the organisation's position in the programme."""

    key: str
    organisation: str
    team: str
    organisation_label: str
    team_label: str
    mark: int | None

    def entry(self) -> dict[str, Any]:
        return {name: getattr(self, name) for name in self.__slots__}


@dataclass(frozen=True)
class Asked:
    """Those who sent their answers: `rows` is each one's own place (-1: none); answers are people × places, NaN: none."""

    wave: str
    members: Sequence[str]
    places: Sequence[Place]
    rows: NDArray[np.intp]
    frequency: Floats
    quality: Floats

    def of_cell(self, row: int, column: int, answers: Floats) -> Rows:
        return np.flatnonzero((self.rows == row) & ~np.isnan(answers[:, column]))

    @property
    def pairs(self) -> list[tuple[int, int]]:
        """Rows and columns of the matrix: nobody is asked about their own organisation."""
        organisations = [place.organisation for place in self.places]
        return [
            (row, column)
            for row in range(len(self.places))
            for column in range(len(self.places))
            if organisations[row] != organisations[column]
        ]


@dataclass
class _Matrix:
    """Shown cells by row and column; what is missing is withheld."""

    density: dict[tuple[int, int], dict[str, Any]] = field(default_factory=dict)
    quality: dict[tuple[int, int], dict[str, Any]] = field(default_factory=dict)
    ledger: dict[str, list[Shown]] = field(default_factory=dict)


def compute_relationships(
    definition: Definition, asked: Asked, k: int, earlier: Mapping[str, Mapping[str, Any]]
) -> Computed:  # fmt: skip
    """`earlier`: by what is compared with, the relationships an earlier release has shown. Changes come from nothing
    but shown numbers, so they tell nothing new."""
    scale = definition.scales[1]
    contacts = [_contact(definition, asked, row, column) for row, column in asked.pairs]
    matrix = _Matrix()
    _fill_densities(matrix, asked, contacts, k)
    _fill_qualities(matrix, definition, asked, k)
    document = {
        "contact": _contact_words(definition),
        "quality": {
            "name": scale.name,
            "minimum": scale.minimum,
            "maximum": scale.maximum,
            "decimals": scale.decimals,
        },
        "places": [place.entry() for place in asked.places],
        "cells": [_cell(definition, asked, matrix, pair, earlier) for pair in asked.pairs],
        "totals": _totals(definition, matrix, asked, contacts, k, earlier),
    }
    units = Units()
    units.rows(asked.wave, asked.members)
    return Computed(audited=ledger.written(matrix.ledger, units, [asked.wave]), relationships=document)


def density_cell(count: int, n: int, few: int, people: int) -> dict[str, Any]:
    """A count of `n` as a share in whole percent. A limit is rounded away from the count, so that it stays true."""
    value, bound = count_as_shown(count, n, few)
    share = WHOLE * value / n
    if bound is Bound.EXACT:
        shown = min(max(int(share + 0.5), 1), WHOLE - 1)
    else:
        shown = WHOLE * value // n if bound is Bound.OR_MORE else -(-WHOLE * value // n)
    return {"n": people, "value": shown, "bound": bound.value}


def _contact_words(definition: Definition) -> str:
    options = definition.response_scale_for(definition.items[0]).options
    return next((option.label for option in options if option.value == definition.contact_from), "")


def _contact(definition: Definition, asked: Asked, row: int, column: int) -> Contact:
    people = asked.of_cell(row, column, asked.frequency)
    in_contact = people[asked.frequency[people, column] >= definition.contact_from]
    return Contact(row, column, frozenset(people.tolist()), frozenset(in_contact.tolist()))


def _fill_densities(matrix: _Matrix, asked: Asked, contacts: Sequence[Contact], k: int) -> None:
    for contact in contacts:
        if contact.n < k:
            continue
        few = limits(1)
        cell = density_cell(contact.count, contact.n, few, contact.n)
        matrix.density[contact.row, contact.column] = cell
        rows = np.array(sorted(contact.people), dtype=np.intp)
        shown = Shown(rows, exact=cell["bound"] == Bound.EXACT.value)
        matrix.ledger.setdefault(f"{DENSITY} {asked.places[contact.column].key}", []).append(shown)


def _fill_qualities(matrix: _Matrix, definition: Definition, asked: Asked, k: int) -> None:
    """Column by column: each is a question of its own. Where the number of contacts is withheld, so is this."""
    scale = definition.scales[1]
    for column, place in enumerate(asked.places):
        people = {
            row: asked.of_cell(row, column, asked.quality) for row, other in asked.pairs if other == column
        }  # fmt: skip
        candidates = {
            Candidate(SCORE, str(row)): (rows,)
            for row, rows in people.items()
            if len(rows) and (row, column) in matrix.density
        }
        if not candidates:
            continue
        values = asked.quality[:, column]
        allowed = audit_measure(Case(candidates, values, scale.minimum, scale.maximum, scale.decimals), k)
        for row, shown in allowed.scores.items():
            matrix.quality[int(row), column] = score_cell(values[people[int(row)]], shown, scale)
        if allowed.sets:
            matrix.ledger[f"{QUALITY} {place.key}"] = allowed.sets


def _cell(
    definition: Definition, asked: Asked, matrix: _Matrix, pair: tuple[int, int], earlier: Mapping[str, Mapping]
) -> dict[str, Any]:
    row, column = (asked.places[place].key for place in pair)
    then = {against: _earlier_cell(document, row, column) for against, document in earlier.items()}
    density, quality = matrix.density.get(pair), matrix.quality.get(pair)
    return {
        "row": row,
        "column": column,
        DENSITY: density,
        QUALITY: quality,
        "changes": {
            DENSITY: {
                against: share_change(before[DENSITY], density)
                for against, before in then.items()
                if before is not None
            },
            QUALITY: {
                against: overall_cell(before[QUALITY], quality, definition.scales[1])
                for against, before in then.items()
                if before is not None
            },
        },
    }


def _earlier_cell(document: Mapping[str, Any], row: str, column: str) -> Mapping[str, Any] | None:
    return next((cell for cell in document["cells"] if (cell["row"], cell["column"]) == (row, column)), None)


def share_change(before: dict[str, Any] | None, after: dict[str, Any] | None) -> dict[str, Any] | None:
    """In percentage points, between two shown shares; withheld where either is."""
    if before is None or after is None:
        return None
    difference = after["value"] - before["value"]
    words = Change.of(difference, little=LITTLE * WHOLE, clear=CLEAR * WHOLE)
    return {"words": words.value, "difference": float(difference), "same_people": False}


def _totals(
    definition: Definition,
    matrix: _Matrix,
    asked: Asked,
    contacts: Sequence[Contact],
    k: int,
    earlier: Mapping[str, Mapping],
) -> dict[str, Any]:
    shown = totals_to_show(contacts, k)
    cells = {
        name: density_cell(total.count, total.n, total.few, total.people) for name, total in shown.items()
    }  # fmt: skip
    everybody = np.array(sorted(set().union(*(contact.people for contact in contacts))), dtype=np.intp)
    for name in cells:
        matrix.ledger[name] = [Shown(everybody, exact=cells[name]["bound"] == Bound.EXACT.value)]
    return {
        name: {
            "cell": cells.get(name),
            "changes": {
                against: share_change(document["totals"][name]["cell"], cells.get(name))
                for against, document in earlier.items()
            },
        }
        for name in (DENSITY, SHARE)
    }
