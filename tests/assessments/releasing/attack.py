"""An attacker who knows who is in which group and reads every number shown. Shares nothing with the product's audit."""

from collections.abc import Collection, Hashable, Iterable
from fractions import Fraction
from itertools import combinations
from math import lcm

import numpy as np


def derivable_groups(known: Iterable[Collection[Hashable]], units: Collection[Hashable], below: int) -> list[tuple]:
    """All groups of fewer than `below` units whose sum follows exactly from the sums over the known groups.

    A group's sum follows if and only if the group stands at right angles to everything the known groups cannot see.
    """
    order = sorted(units, key=repr)
    rows = [[Fraction(int(unit in group)) for unit in order] for group in known]
    unseen = _null_space(rows, len(order))
    found = []
    for size in range(1, below):
        groups = np.array(list(combinations(range(len(order)), size)), dtype=int)
        if not len(groups):
            continue
        follows = ~unseen[:, groups].sum(axis=2).astype(bool).any(axis=0)
        found += [tuple(order[place] for place in group) for group in groups[follows]]
    return found


def _null_space(rows: list[list[Fraction]], width: int) -> np.ndarray:
    """Whole-number vectors spanning all that the rows map to zero, by exact elimination."""
    pivots: list[int] = []
    reduced: list[list[Fraction]] = []
    for row in rows:
        for pivot, other in zip(pivots, reduced, strict=True):
            row = [a - row[pivot] * b for a, b in zip(row, other, strict=True)]
        lead = next((place for place, value in enumerate(row) if value), None)
        if lead is None:
            continue
        row = [value / row[lead] for value in row]
        reduced = [[a - other[lead] * b for a, b in zip(other, row, strict=True)] for other in reduced]
        reduced.append(row)
        pivots.append(lead)
    vectors = []
    for free in sorted(set(range(width)) - set(pivots)):
        vector = [Fraction(int(place == free)) for place in range(width)]
        for pivot, row in zip(pivots, reduced, strict=True):
            vector[pivot] = -row[free]
        scale = lcm(*(value.denominator for value in vector))
        vectors.append([int(value * scale) for value in vector])
    return np.array(vectors, dtype=np.int64).reshape(len(vectors), width)
