"""Confidence intervals and the small-sample correction behind the change statistics. Pure functions of numbers."""

import math
from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray
from scipy import special, stats

CONFIDENCE = 0.95
DRAWS_AT_ONCE = 2_000_000  # random picks held in memory together


class Interval(NamedTuple):
    """A 95 % confidence interval; both ends NaN where there is none."""

    low: float
    high: float


UNKNOWN = Interval(math.nan, math.nan)


def t_interval(mean: float, standard_error: float, freedom: float) -> Interval:
    if math.isnan(standard_error):
        return UNKNOWN
    margin = float(stats.t.ppf((1 + CONFIDENCE) / 2, freedom)) * standard_error
    return Interval(mean - margin, mean + margin)


def hedges_correction(freedom: int) -> float:
    """Hedges' J, Γ(df/2) / (√(df/2) · Γ((df − 1)/2)); about 1 − 3/(4 df − 1). Source: Hedges 1981."""
    if freedom < 2:
        return math.nan
    return math.exp(special.gammaln(freedom / 2) - special.gammaln((freedom - 1) / 2)) / math.sqrt(freedom / 2)


def bca_interval(values: NDArray[np.float64], draws: int, seed: int) -> Interval:
    """Bias-corrected and accelerated bootstrap interval of a mean. The jackknife of a mean has a closed form."""
    n = len(values)
    if n < 2 or draws < 1:
        return UNKNOWN
    if np.ptp(values) == 0:
        return Interval(float(values[0]), float(values[0]))
    generator, batch = np.random.default_rng(seed), max(1, DRAWS_AT_ONCE // n)
    sizes = [min(batch, draws - start) for start in range(0, draws, batch)]
    means = np.concatenate([values[generator.integers(0, n, (size, n))].mean(axis=1) for size in sizes])
    centre, tolerance = values.mean(), 1e-12 * np.ptp(values)
    below = ((means < centre - tolerance).mean() + (means <= centre + tolerance).mean()) / 2
    bias = special.ndtri(np.clip(below, 1 / (2 * draws), 1 - 1 / (2 * draws)))
    deviations = values - centre
    acceleration = (deviations**3).sum() / (6 * (deviations**2).sum() ** 1.5)
    shifted = bias + special.ndtri([(1 - CONFIDENCE) / 2, (1 + CONFIDENCE) / 2])
    low, high = np.quantile(means, special.ndtr(bias + shifted / (1 - acceleration * shifted)))
    return Interval(float(low), float(high))
