"""May the two numbers about everybody stand beside the matrix of contacts? The density, and the share of people with any.

What is withheld in the matrix could be worked out from a total and the rest. So all that is shown is written down as
inequalities, in whole people: each cell lies where it was shown, or anywhere if it is withheld; the cells add up to
the density; the people of a row with any contact are at least as many as in its fullest cell and at most as many as in
all of them, and add up to the share. Then for every cell, row, and all that is not exactly shown together, the range is
computed that is left. It must reach far enough from both ends, and for fewer people than the threshold it must leave
half of everything open.
"""

import math
from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray
from scipy.optimize import linprog

from assessments.disclosure import Bound

FEW = 2  # up to this many, and all but this many, are shown only as a limit
OPEN_SHARE = 1 / 2
TOLERANCE = 1e-6

Floats = NDArray[np.float64]


@dataclass(frozen=True)
class Contact:
    """A cell: its people as row numbers, and those of them who are in contact."""

    row: int
    column: int
    people: frozenset[int]
    in_contact: frozenset[int]

    @property
    def n(self) -> int:
        return len(self.people)

    @property
    def count(self) -> int:
        return len(self.in_contact)


@dataclass(frozen=True)
class Total:
    """`count` of `n`, from so many `people`; within `few` of an end it is shown as a limit."""

    count: int
    n: int
    people: int
    few: int


@dataclass(frozen=True)
class _Hidden:
    """Something that must not become known: a weight for each variable, its size, and how many people it is about."""

    weights: Floats
    size: int
    people: int


def limits(answers: int) -> int:
    """How near an end a count may not come, when each person counts so many times."""
    return FEW * answers


def count_as_shown(count: int, n: int, few: int) -> tuple[int, Bound]:
    if count <= few:
        return few, Bound.OR_LESS
    return (n - few, Bound.OR_MORE) if count >= n - few else (count, Bound.EXACT)


def totals_to_show(contacts: Sequence[Contact], k: int) -> dict[str, Total]:
    """`density` and `share` where they may be shown beside every cell of at least `k` people."""
    contacts = [contact for contact in contacts if contact.n]
    people = frozenset().union(*(contact.people for contact in contacts))
    below = frozenset().union(*(contact.people for contact in contacts if contact.n < k))
    if len(people) < k or 0 < len(below) < k:
        return {}  # a total without the cells shown is the sum of those below the threshold
    totals = _totals(contacts, people)
    for names in (("density", "share"), ("density",), ("share",)):
        chosen = {name: totals[name] for name in names}
        if _Ranges(contacts, k, chosen).leave_open():
            return chosen
    return {}


def _totals(contacts: Sequence[Contact], people: frozenset[int]) -> dict[str, Total]:
    in_contact = frozenset().union(*(contact.in_contact for contact in contacts))
    most = max(Counter(person for contact in contacts for person in contact.people).values())
    return {
        "density": Total(
            sum(contact.count for contact in contacts),
            sum(contact.n for contact in contacts),
            len(people),
            limits(most),
        ),
        "share": Total(len(in_contact), len(people), len(people), limits(1)),
    }


class _Ranges:
    """Which counts agree with everything shown. Variables: one for each cell, then one for each row's people."""

    def __init__(self, contacts: Sequence[Contact], k: int, totals: Mapping[str, Total]) -> None:
        self.contacts, self.k = contacts, k
        self.rows = sorted({contact.row for contact in contacts})
        self.people = {
            row: frozenset().union(*(contact.people for contact in contacts if contact.row == row)) for row in self.rows
        }
        self.bounds = [self._range(contact) for contact in contacts]
        self.bounds += [(0, len(self.people[row])) for row in self.rows]
        self.above: list[tuple[Floats, float]] = []
        for row in self.rows:
            self._tie(row)
        for name, total in totals.items():
            self._add_total(self._cells() if name == "density" else self._any(self.rows), total)

    def leave_open(self) -> bool:
        return all(self._is_open(hidden) for hidden in self._hidden())

    def _range(self, contact: Contact) -> tuple[int, int]:
        """The counts that what is shown of a cell leaves possible."""
        if contact.n < self.k:
            return 0, contact.n
        value, bound = count_as_shown(contact.count, contact.n, limits(1))
        if bound is Bound.EXACT:
            return value, value
        return (0, value) if bound is Bound.OR_LESS else (value, contact.n)

    def _tie(self, row: int) -> None:
        """Whoever is in contact with one team is in contact with any; whoever with any, with at least one."""
        for place, contact in enumerate(self.contacts):
            if contact.row == row:
                self.above.append((self._cells([place]) - self._any([row]), 0))
        self.above.append((self._any([row]) - self._cells(self._of_row(row)), 0))

    def _add_total(self, weights: Floats, total: Total) -> None:
        value, bound = count_as_shown(total.count, total.n, total.few)
        if bound is not Bound.OR_MORE:
            self.above.append((weights, value))
        if bound is not Bound.OR_LESS:
            self.above.append((-weights, -value))

    def _hidden(self) -> list[_Hidden]:
        loose = [place for place, (low, high) in enumerate(self.bounds[: len(self.contacts)]) if low < high]
        below = [place for place in loose if self.contacts[place].n < self.k]
        few = [row for row in self.rows if len(self.people[row]) < self.k]
        found = [self._cells_hidden([place]) for place in loose]
        found += [self._cells_hidden(self._of_row(row)) for row in self.rows]
        found += [self._people_hidden([row]) for row in self.rows]
        found += [self._cells_hidden(places) for places in (loose, below) if places]
        return [*found, self._people_hidden(few)] if few else found

    def _cells_hidden(self, places: list[int]) -> _Hidden:
        contacts = [self.contacts[place] for place in places]
        people = frozenset().union(*(contact.people for contact in contacts))
        return _Hidden(self._cells(places), sum(contact.n for contact in contacts), len(people))

    def _people_hidden(self, rows: list[int]) -> _Hidden:
        people = sum(len(self.people[row]) for row in rows)
        return _Hidden(self._any(rows), people, people)

    def _is_open(self, hidden: _Hidden) -> bool:
        lowest, highest = self._end(hidden.weights, 1), self._end(hidden.weights, -1)
        if lowest is None or highest is None:
            return False
        low, high = math.ceil(lowest - TOLERANCE), math.floor(highest + TOLERANCE)
        edge = min(FEW, hidden.size)
        if low > hidden.size - edge or high < edge:
            return False
        return hidden.people >= self.k or high - low >= max(1, OPEN_SHARE * hidden.size)

    def _end(self, weights: Floats, sign: int) -> float | None:
        """The lowest (sign 1) or highest (-1) value; None when it could not be found."""
        solved = linprog(
            sign * weights,
            A_ub=np.array([row for row, _limit in self.above]),
            b_ub=[limit for _row, limit in self.above],
            bounds=self.bounds,
            method="highs",
        )
        return sign * float(solved.fun) if solved.status == 0 else None

    def _of_row(self, row: int) -> list[int]:
        return [place for place, contact in enumerate(self.contacts) if contact.row == row]

    def _cells(self, places: Sequence[int] | None = None) -> Floats:
        weights = np.zeros(len(self.bounds))
        weights[list(range(len(self.contacts)) if places is None else places)] = 1
        return weights

    def _any(self, rows: Sequence[int]) -> Floats:
        weights = np.zeros(len(self.bounds))
        weights[[len(self.contacts) + self.rows.index(row) for row in rows]] = 1
        return weights
