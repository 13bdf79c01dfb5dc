"""For how many people of a group each strength stands out. Only from ten people, and never who or how strongly."""

from collections.abc import Sequence
from typing import Any

import numpy as np
from numpy.typing import NDArray

from assessments.definitions import Definition
from assessments.disclosure import SMALL_GROUP, Bound, audit_sizes
from assessments.releasing.cuts import Cut
from assessments.releasing.units import Sets
from assessments.scoring import TIE_TOLERANCE

Floats = NDArray[np.float64]

FEW = 2  # up to this many, and all but this many, are shown only as a limit: 0 and everybody would name each person


def standing_out_cells(definition: Definition, scores: Floats, cuts: Sequence[Cut], k: int) -> dict[str, Any]:
    """By cut: [count, bound] for each strength, or None (withheld). Of people with a score on every strength."""
    places = definition.significant_count
    whole = ~np.isnan(scores).any(axis=1)
    sets = [np.flatnonzero(cut.members & whole) for cut in cuts]
    patterns = Sets(len(scores), sets)
    candidates = {cut.key: (position,) for position, cut in enumerate(cuts)}
    verdicts = audit_sizes(patterns.sizes, candidates, max(SMALL_GROUP, k))
    return {
        cut.key: _counts(definition, scores[rows], places) if verdicts[cut.key].released else None
        for cut, rows in zip(cuts, sets, strict=True)
    }


def _counts(definition: Definition, scores: Floats, places: int) -> dict[str, list[Any]]:
    """Strengths level with the last place count as standing out, as in each person's own profile."""
    edge = -np.partition(-scores, places - 1, axis=1)[:, places - 1]
    counts = (scores >= edge[:, None] - TIE_TOLERANCE).sum(axis=0)
    return {
        scale.key: _bounded(int(count), len(scores)) for scale, count in zip(definition.scales, counts, strict=True)
    }


def _bounded(count: int, n: int) -> list[Any]:
    if count <= FEW:
        return [FEW, Bound.OR_LESS.value]
    if count >= n - FEW:
        return [n - FEW, Bound.OR_MORE.value]
    return [count, Bound.EXACT.value]
