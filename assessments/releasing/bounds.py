"""What shown means and limits, taken together as inequalities, would tell about a small group.

Adding and subtracting is not all an attacker can do. Eight people with a mean of 2.8, four of whom stand at "4.5 or
more": then the other four have all chosen 1. So for every small group the range is computed that all shown numbers
leave for its mean (a linear programme over the classes of people in the same groups). It must reach down to the limit
that may be shown at the upper end, up to the limit at the lower end; and for a group below the threshold it must be at
least a quarter of the scale wide.
"""

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray
from scipy.optimize import linprog

from assessments.disclosure import END_SHARE, SMALL_GROUP, Bound, ShownMean

WIDTH_SHARE = 1 / 4
TOLERANCE = 1e-6

Floats = NDArray[np.float64]


@dataclass(frozen=True)
class ShownGroup:
    """A cut as it would be shown: who is in it (a mask over all people), and its true total, known where exact."""

    key: str
    members: NDArray[np.bool_]
    shown: ShownMean
    total: float


def pinned_groups(groups: Sequence[ShownGroup], minimum: float, maximum: float, k: int) -> set[str]:
    """The cuts to withhold, later ones first to go, so that no small group is pinned down by the others."""
    if not groups or _safe(groups, minimum, maximum, k):
        return set()
    kept: list[ShownGroup] = []
    for group in groups:
        if _safe([*kept, group], minimum, maximum, k):
            kept.append(group)
    return {group.key for group in groups} - {group.key for group in kept}


def _safe(groups: Sequence[ShownGroup], minimum: float, maximum: float, k: int) -> bool:
    inside = np.column_stack([group.members for group in groups])
    classes, sizes = np.unique(inside[inside.any(axis=1)], axis=0, return_counts=True)
    ranges = _Ranges(groups, classes, sizes, minimum, maximum)
    small = {tuple(row) for row in np.eye(len(sizes), dtype=int)[sizes < SMALL_GROUP].tolist()}
    small |= {tuple(column) for column in classes.T.astype(int).tolist() if np.array(column) @ sizes < SMALL_GROUP}
    # An exact small mean is what it is: it has been found fit to be shown.
    small -= {
        tuple(column) for column, group in zip(classes.T.astype(int).tolist(), groups, strict=True) if _is_exact(group)
    }
    return all(ranges.leave_open(np.array(chosen, dtype=float), k) for chosen in sorted(small))


class _Ranges:
    """Which totals of the classes agree with everything shown."""

    def __init__(
        self,
        groups: Sequence[ShownGroup],
        classes: NDArray[np.bool_],
        sizes: NDArray[np.intp],
        minimum: float,
        maximum: float,
    ) -> None:
        self.sizes, self.minimum, self.maximum = sizes, minimum, maximum
        self.bounds = [(size * minimum, size * maximum) for size in sizes.tolist()]
        rows = classes.T.astype(float)
        self.equal = [(row, group.total) for row, group in zip(rows, groups, strict=True) if _is_exact(group)]
        self.below = [
            (row, group.shown.value * group.members.sum())
            if group.shown.bound is Bound.OR_LESS
            else (-row, -group.shown.value * group.members.sum())
            for row, group in zip(rows, groups, strict=True)
            if not _is_exact(group)
        ]

    def leave_open(self, chosen: Floats, k: int) -> bool:
        n = int(chosen @ self.sizes)
        low, high = self._extreme(chosen, n, 1), self._extreme(chosen, n, -1)
        if low is None or high is None:
            return False
        length = self.maximum - self.minimum
        margin = length * END_SHARE
        reaches = low <= self.maximum - margin + TOLERANCE and high >= self.minimum + margin - TOLERANCE
        return reaches and (n >= k or high - low >= length * WIDTH_SHARE - TOLERANCE)

    def _extreme(self, chosen: Floats, n: int, sign: int) -> float | None:
        """The lowest (sign 1) or highest (-1) mean that the chosen classes can have."""
        solved = linprog(
            sign * chosen,
            A_eq=np.array([row for row, _total in self.equal]) if self.equal else None,
            b_eq=[total for _row, total in self.equal] or None,
            A_ub=np.array([row for row, _limit in self.below]) if self.below else None,
            b_ub=[limit for _row, limit in self.below] or None,
            bounds=self.bounds,
            method="highs",
        )
        return sign * solved.fun / n if solved.status == 0 else None


def _is_exact(group: ShownGroup) -> bool:
    return group.shown.bound is Bound.EXACT
