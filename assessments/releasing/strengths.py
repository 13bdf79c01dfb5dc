"""For how many people of a group each strength stands out. Only from ten people, and never who or how strongly."""

from collections.abc import Sequence
from typing import Any

import numpy as np
from numpy.typing import NDArray

from assessments.definitions import Definition
from assessments.disclosure import SMALL_GROUP, Bound, audit_sizes
from assessments.releasing.cuts import Cut
from assessments.releasing.units import Rows, Sets
from assessments.scoring import TIE_TOLERANCE
from assessments.small_sets import SpanOfSets

Bools = NDArray[np.bool_]
Floats = NDArray[np.float64]

FEW = 2  # up to this many, and all but this many, are shown only as a limit: 0 and everybody would name each person
LARGE = 3 * SMALL_GROUP  # of this many and more, hardly anybody and nearly everybody name nobody


def standing_out_cells(definition: Definition, scores: Floats, cuts: Sequence[Cut], k: int) -> dict[str, Any]:
    """By cut: [count, bound] for each strength, or None (withheld). Of people with a score on every strength."""
    whole = ~np.isnan(scores).any(axis=1)
    sets = [np.flatnonzero(cut.members & whole) for cut in cuts]
    patterns = Sets(len(scores), sets)
    candidates = {cut.key: (position,) for position, cut in enumerate(cuts)}
    verdicts = audit_sizes(patterns.sizes, candidates, max(SMALL_GROUP, k))
    positions = {key: position for key, (position,) in candidates.items() if verdicts[key].released}
    cells: dict[str, Any] = {cut.key: {} if cut.key in positions else None for cut in cuts}
    chosen = _stands_out(np.where(whole[:, None], scores, -np.inf), definition.significant_count)
    for scale, column in zip(definition.scales, chosen.T.astype(float), strict=True):
        for key, cell in _limited_together(positions, sets, patterns, column).items():
            cells[key][scale.key] = cell
    return cells


def _stands_out(scores: Floats, places: int) -> Bools:
    """People × strengths; strengths level with the last place count, as in each person's own profile."""
    edge = -np.partition(-scores, places - 1, axis=1)[:, places - 1]
    return scores >= edge[:, None] - TIE_TOLERANCE


def _limited_together(
    positions: dict[str, int], sets: Sequence[Rows], patterns: Sets, chosen: Floats
) -> dict[str, Any]:
    """One strength's cells, so that no limit is undone by adding and subtracting exact counts."""
    totals = patterns.totals(chosen)

    def tells(inside: frozenset[int], mask: int) -> bool:
        within = [pattern for pattern in patterns.sizes if pattern & mask in inside]
        count, n = sum(totals[pattern] for pattern in within), sum(patterns.sizes[pattern] for pattern in within)
        return _bounded(round(count), n, FEW)[1] != Bound.EXACT.value

    any_small = min(patterns.sizes.values(), default=LARGE) < LARGE
    span = SpanOfSets(patterns.sizes, LARGE, known=0)
    cells: dict[str, Any] = {}
    for key, position in positions.items():
        rows = sets[position]
        has_parts = any(
            len(sets[other]) < len(rows) and np.isin(sets[other], rows).all() for other in positions.values()
        )
        # With parts shown beside it, a small whole would tell which part has none.
        cells[key] = _bounded(int(chosen[rows].sum()), len(rows), 2 * FEW if has_parts else FEW)
        if cells[key][1] != Bound.EXACT.value:
            continue
        if any_small and span.would_reveal(position, tells):
            cells[key] = [FEW + 1, Bound.OR_MORE.value]
        else:
            span.add(position)
    return cells


def _bounded(count: int, n: int, few: int) -> list[Any]:
    if count <= few:
        return [few, Bound.OR_LESS.value]
    if count >= n - few:
        return [n - few, Bound.OR_MORE.value]
    return [count, Bound.EXACT.value]
