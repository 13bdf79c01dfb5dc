"""The unit of the audit: one person's answers in one wave. Sets of units, and the numbers that share a membership."""

from collections.abc import Iterable, Mapping, Sequence

import numpy as np
from numpy.typing import NDArray

Rows = NDArray[np.intp]
Floats = NDArray[np.float64]


class Units:
    """Gives each (wave, member) a row number. People may be named more than once."""

    def __init__(self) -> None:
        self._rows: dict[tuple[str, str], int] = {}

    def __len__(self) -> int:
        return len(self._rows)

    def rows(self, wave: str, members: Iterable[str]) -> Rows:
        known = self._rows
        return np.array([known.setdefault((wave, member), len(known)) for member in members], dtype=np.intp)

    def owners(self) -> list[tuple[str, str]]:
        """Wave and member of each row."""
        return list(self._rows)


class Sets:
    """Sets of units in the order given, seen as membership patterns: bit i of a pattern is set i."""

    def __init__(self, count: int, sets: Sequence[Rows]) -> None:
        inside = np.zeros((count, max(len(sets), 1)), dtype=bool)
        for position, rows in enumerate(sets):
            inside[rows, position] = True
        packed = np.packbits(inside, axis=1, bitorder="little")
        distinct, self._pattern_of_row, sizes = np.unique(packed, axis=0, return_inverse=True, return_counts=True)
        self._pattern_of_row = self._pattern_of_row.reshape(-1)
        self.patterns = [int.from_bytes(row.tobytes(), "little") for row in distinct]
        self.sizes = {
            pattern: int(size) for pattern, size in zip(self.patterns, sizes, strict=True) if pattern
        }  # fmt: skip

    def totals(self, values: Floats) -> Mapping[int, float]:
        """The sum of the units' values for each pattern; NaN where one is unknown."""
        sums = np.bincount(self._pattern_of_row, weights=values, minlength=len(self.patterns))
        return dict(zip(self.patterns, sums.tolist(), strict=True))
