"""Time and memory of one piece of work."""

import gc
import time
import tracemalloc
from collections.abc import Callable
from typing import Any

Work = Callable[[], Any]
Clock = Callable[[], float]


def seconds(work: Work, *, clock: Clock = time.process_time) -> float:
    """CPU time of this process, so that other work on the machine counts as little as can be."""
    gc.collect()
    started = clock()
    work()
    return clock() - started


def side_by_side(ours: Work, floor: Work, *, rounds: int, clock: Clock = time.process_time) -> tuple[float, float]:
    """The best of several rounds of each, taken in turn: whatever disturbs a round only ever adds to it."""
    pairs = [(seconds(ours, clock=clock), seconds(floor, clock=clock)) for _round in range(rounds)]
    return min(pair[0] for pair in pairs), min(pair[1] for pair in pairs)


def peak_megabytes(work: Work) -> float:
    """The most memory that Python and NumPy held for the work at any moment."""
    gc.collect()
    tracemalloc.start()
    try:
        work()
        return tracemalloc.get_traced_memory()[1] / 1_000_000
    finally:
        tracemalloc.stop()
