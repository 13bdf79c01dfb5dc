"""Can the sum over a small set be had by adding and subtracting sums over known sets? Exact linear algebra.

People in the same known sets cannot be told apart: they form an *atom*. A set whose indicator is in the row space of
the set-by-atom matrix is a union of atoms, so only atoms smaller than k can matter. Arithmetic is modulo a prime,
hence without rounding; should the prime ever divide a determinant, the answer errs on the side of withholding.
"""

from collections.abc import Callable, Iterator
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

PRIME = 2**31 - 1  # products of two residues still fit 64 bits
MAXIMUM_STEPS = 50_000  # of one search; beyond this a set counts as revealing
MAXIMUM_WORK = 500_000_000  # steps × numbers looked at in each

Matrix = NDArray[np.int64]


class SpanOfSets:
    """The sets shown so far, asked about one more at a time.

    `sizes` maps membership patterns (bit i: is in set i) to numbers of units. The first `known` sets were shown before.
    """

    def __init__(self, sizes: dict[int, int], k: int, *, known: int) -> None:
        self._sizes = sizes
        self._k = k
        self._earlier = list(range(known))
        self._shown = list(range(known))

    def add(self, position: int) -> None:
        self._shown.append(position)

    def take_back(self, position: int) -> None:
        """This set is not shown after all."""
        self._shown.remove(position)

    def would_reveal(self, position: int, matters: Callable[[frozenset[int], int], bool] | None = None) -> bool:
        """Would showing this set, too, make the sum of fewer than k units computable that was not before?

        With `matters` only small sets for which it holds count. It is given a set's membership patterns and the bits
        of the patterns that are looked at: a unit is in the set if its pattern, reduced to those bits, is one of them.
        """
        patterns, sizes = self._atoms([*self._shown, position])
        shown = _Basis.of(_rows(patterns, self._shown), np.ones(len(patterns), dtype=bool))
        if shown.contains(_rows(patterns, [position])[0]):
            return False  # it follows from what is shown, so it adds nothing
        large = sizes >= self._k
        both = _Basis.of(_rows(patterns, [*self._shown, position]), large)
        free = both.rows[~large[both.pivots]]  # a basis of all that is zero on every large atom
        earlier = _Basis.of(_rows(patterns, self._earlier), np.ones(len(patterns), dtype=bool))

        def counts(vector: Matrix) -> bool:
            if earlier.contains(vector):
                return False
            mask = sum(1 << shown for shown in [*self._shown, position])
            return matters is None or matters(frozenset(patterns[column] for column in np.flatnonzero(vector)), mask)

        return any(_has_small_set(block, sizes, self._k, counts=counts) for block in _blocks(free))

    def _atoms(self, positions: list[int]) -> tuple[list[int], Matrix]:
        mask = sum(1 << position for position in positions)
        merged: dict[int, int] = {}
        for pattern, size in self._sizes.items():
            if pattern & mask:
                merged[pattern & mask] = merged.get(pattern & mask, 0) + size
        return list(merged), np.array(list(merged.values()), dtype=np.int64)


@dataclass(frozen=True, slots=True)
class _Basis:
    """Rows in reduced echelon form: each has a 1 in its pivot column, where all others have 0."""

    rows: Matrix
    pivots: NDArray[np.intp]

    @classmethod
    def of(cls, rows: Matrix, preferred: NDArray[np.bool_]) -> "_Basis":
        """Eliminate, taking pivots in preferred columns as long as a row has any there."""
        order = np.argsort(~preferred, kind="stable")
        basis, pivots = np.zeros((0, rows.shape[1]), dtype=np.int64), np.zeros(0, dtype=np.intp)
        for row in rows:
            rest = _reduce(row, basis, pivots)
            nonzero = np.flatnonzero(rest[order])
            if not len(nonzero):
                continue
            pivot = order[nonzero[0]]
            rest = rest * pow(int(rest[pivot]), -1, PRIME) % PRIME
            basis = np.vstack([(basis - np.outer(basis[:, pivot], rest) % PRIME) % PRIME, rest])
            pivots = np.append(pivots, pivot)
        return cls(basis, pivots)

    def contains(self, vector: Matrix) -> bool:
        return not _reduce(vector, self.rows, self.pivots).any()


def _reduce(row: Matrix, basis: Matrix, pivots: NDArray[np.intp]) -> Matrix:
    """The row with every pivot column cleared. Pivot columns are clear of each other, so one pass is enough."""
    if not len(pivots):
        return row % PRIME
    return (row - (row[pivots, None] * basis % PRIME).sum(axis=0)) % PRIME


def _rows(patterns: list[int], positions: list[int]) -> Matrix:
    rows = [[pattern >> position & 1 for pattern in patterns] for position in positions]
    return np.array(rows, dtype=np.int64).reshape(len(positions), len(patterns))


def _blocks(rows: Matrix) -> Iterator[Matrix]:
    """Groups of rows that share columns. A small set in the span of all shows up in the span of one group."""
    left = list(range(len(rows)))
    while left:
        block = [left.pop(0)]
        columns = rows[block[0]] != 0
        grown = True
        while grown:
            near = [number for number in left if (columns & (rows[number] != 0)).any()]
            grown = bool(near)
            left = [number for number in left if number not in near]
            block += near
            columns = columns | (rows[near] != 0).any(axis=0)
        yield rows[block]


def _has_small_set(rows: Matrix, sizes: Matrix, k: int, *, counts: Callable[[Matrix], bool]) -> bool:
    """Is there a 0/1 combination of these rows over fewer than k units, one for which `counts` holds?

    In reduced form such a combination takes each row once or not at all. Rows are decided one by one; a branch ends as
    soon as a column no later row can change is neither 0 nor 1, or the ones so far add up to k units.
    """
    used = (rows != 0).any(axis=0)
    columns = np.flatnonzero(used)
    inner, weights = rows[:, columns], sizes[columns]
    last = len(inner) - 1 - np.argmax(inner[::-1] != 0, axis=0)  # the last row to touch each column
    stack = [(0, np.zeros(len(columns), dtype=np.int64))]
    for _ in range(min(MAXIMUM_STEPS, MAXIMUM_WORK // inner.size)):
        if not stack:
            return False
        depth, vector = stack.pop()
        if depth == len(inner):
            if vector.any() and counts(_spread(vector, columns, rows.shape[1])):
                return True
            continue
        settled = last <= depth
        for choice in (vector, (vector + inner[depth]) % PRIME):
            fixed = choice[settled]
            if (fixed <= 1).all() and fixed @ weights[settled] < k:
                stack.append((depth + 1, choice))
    return True


def _spread(vector: Matrix, columns: NDArray[np.intp], width: int) -> Matrix:
    full = np.zeros(width, dtype=np.int64)
    full[columns] = vector
    return full
