"""Reliability, agreement and change. Pure functions of numbers: no database, no clock, and chance only from a seed.

Everywhere: NaN is a missing answer; variances divide by n − 1; a result that cannot be computed (too few people, no
variance) is NaN, never an error or a made-up number. Wrong shapes raise ValueError.
Worked examples with published or independently computed values are in `tests/assessments/test_statistics.py`.
"""

import math
from collections.abc import Hashable, Iterable, Sequence
from dataclasses import dataclass
from enum import StrEnum
from typing import Literal, NamedTuple

import numpy as np
from numpy.typing import ArrayLike, NDArray

from assessments.intervals import UNKNOWN, Interval, bca_interval, hedges_correction, t_interval

Floats = NDArray[np.float64]

BOOTSTRAP_DRAWS = 5_000
SEED = 20_201_130


class Views(StrEnum):
    """How far apart the answers of a group are, for people who do not want a coefficient."""

    CLOSE = "close"
    MIXED = "mixed"
    SPLIT = "split"


class IntraclassCorrelations(NamedTuple):
    icc1: float
    icc2: float


@dataclass(frozen=True, slots=True)
class PairedChange:
    """Change of the same people. Differences are after − before; `d` divides by the mean of the two SDs."""

    n: int
    mean_difference: float
    sd_difference: float
    interval: Interval
    d: float
    hedges_g: float
    bootstrap_interval: Interval


@dataclass(frozen=True, slots=True)
class UnpairedChange:
    """Difference between two groups, later − earlier; `d` divides by the pooled SD."""

    n_before: int
    n_after: int
    mean_difference: float
    interval: Interval
    d: float
    hedges_g: float


# ---- reliability


def cronbach_alpha(items: ArrayLike, pairwise: bool = False) -> float:
    """Cronbach's alpha, k/(k − 1) · (1 − Σ item variances / variance of the total), of people × items.

    People with a gap are left out; with `pairwise` every covariance uses all who answered both of its items.
    NaN with fewer than two items or two people, or when the total does not vary. Below about 30 people prefer a
    published reliability. Source: Cronbach 1951.
    """
    answers = _matrix(items)
    if not pairwise:
        answers = answers[~np.isnan(answers).any(axis=1)]
    count = answers.shape[1]
    if count < 2 or len(answers) < 2:
        return math.nan
    covariances = np.array([[_covariance(answers[:, i], answers[:, j]) for j in range(count)] for i in range(count)])
    total = covariances.sum()
    if not total > 0:
        return math.nan
    return float(count / (count - 1) * (1 - np.trace(covariances) / total))


def omega_total(loadings: ArrayLike, uniquenesses: ArrayLike) -> float:
    """McDonald's omega total of a one-factor model: (Σλ)² / ((Σλ)² + Σθ).

    NaN without items, with a missing value, or when loadings and uniquenesses are all 0. Source: McDonald 1999.
    """
    factor = float(np.sum(np.asarray(loadings, dtype=float)) ** 2)
    total = factor + float(np.sum(np.asarray(uniquenesses, dtype=float)))
    return factor / total if total > 0 else math.nan


# ---- agreement within a group


def rwg(ratings: ArrayLike, options: int) -> float:
    """Agreement on one item: 1 − s²/σ²ₑ with σ²ₑ = (A² − 1)/12, the variance of answers spread evenly over A options.

    0 when people differ more than that; NaN with fewer than two ratings; full agreement gives 1.
    Source: James, Demaree & Wolf 1984.
    """
    column = np.reshape(np.asarray(ratings, dtype=float), (-1, 1))
    return float(np.maximum(0, 1 - _mean_item_variance(column, options)))  # unlike max, this keeps NaN


def rwg_j(items: ArrayLike, options: int) -> float:
    """Agreement over J parallel items: J(1 − m) / (J(1 − m) + m), m = mean item variance / σ²ₑ, at most 1.

    Gaps are left out item by item; items with fewer than two ratings do not count; NaN when none is left. Grows with
    the number of items, so read it beside `r_star_wg_j`. Source: James, Demaree & Wolf 1984.
    """
    answers = _matrix(items)
    ratio = float(np.minimum(1, _mean_item_variance(answers, options)))
    agreement = answers.shape[1] * (1 - ratio)
    return agreement / (agreement + ratio)


def r_star_wg_j(items: ArrayLike, options: int) -> float:
    """Agreement over items without gain from their number: 1 − mean item variance / σ²ₑ. May be negative.

    Missing answers and small groups as in `rwg_j`. Source: Lindell, Brandt & Whitney 1999.
    """
    return 1 - _mean_item_variance(_matrix(items), options)


def average_deviation(items: ArrayLike, around: Literal["mean", "median"] = "mean") -> float:
    """Mean distance of the answers from their mean (or median), averaged over items; a list is taken as one item.

    Gaps are left out item by item; items with fewer than two ratings do not count; NaN when none is left.
    Source: Burke, Finkelstein & Dusig 1999.
    """
    centre = {"mean": np.mean, "median": np.median}[around]
    deviations = [float(np.mean(np.abs(column - centre(column)))) for column in _rated_columns(_matrix(items))]
    return float(np.mean(deviations)) if deviations else math.nan


def views_in_words(average_deviation: float, options: int) -> Views | None:
    """Close, mixed or split; None where there is no average deviation.

    Close: at most A/6, the published limit for agreement (Burke & Dunlap 2002). Split: at least that of answers spread
    evenly over all A options, so people are as far apart as by chance, or in two camps.
    """
    if math.isnan(average_deviation):
        return None
    tolerance = 1e-9
    if average_deviation <= options / 6 + tolerance:
        return Views.CLOSE
    even_spread = float(np.mean(np.abs(np.arange(options) - (options - 1) / 2)))
    return Views.SPLIT if average_deviation >= even_spread - tolerance else Views.MIXED


def icc1_icc2(values: ArrayLike, groups: Sequence[Hashable]) -> IntraclassCorrelations:
    """How much of the variance lies between groups (ICC 1), and how reliable group means are (ICC 2).

    One-way analysis of variance, (MSB − MSW) / (MSB + (n − 1) MSW) and (MSB − MSW) / MSB with n = people / groups.
    People without a value are left out. NaN with fewer than two groups, no group of two, or no variance (for ICC 2, no
    variance between groups). Source: Bliese 2000.
    """
    numbers = np.asarray(values, dtype=float)
    if numbers.shape != (len(groups),):
        raise ValueError("Give one group for each value.")
    codes = {group: code for code, group in enumerate(dict.fromkeys(groups))}
    labels = np.array([codes[group] for group in groups], dtype=int)[~np.isnan(numbers)]
    numbers = numbers[~np.isnan(numbers)]
    members = [numbers[labels == code] for code in np.unique(labels)]
    people, count = len(numbers), len(members)
    if count < 2 or people == count:
        return IntraclassCorrelations(math.nan, math.nan)
    within = sum(float(((group - group.mean()) ** 2).sum()) for group in members) / (people - count)
    between = sum(len(group) * float((group.mean() - numbers.mean()) ** 2) for group in members) / (count - 1)
    return IntraclassCorrelations(
        _ratio(between - within, between + (people / count - 1) * within), _ratio(between - within, between)
    )


# ---- change


def paired_change(
    before: ArrayLike, after: ArrayLike, *, draws: int = BOOTSTRAP_DRAWS, seed: int = SEED
) -> PairedChange:
    """Change of people who answered both times; entry i of both lists is the same person, who is left out if NaN.

    t interval of the mean difference; d by the mean of the two SDs (Lakens 2013, d_av); Hedges' g with the exact gamma
    correction for n₁ + n₂ − 2 degrees of freedom; BCa bootstrap interval of the mean difference by people (Efron 1987),
    the same for the same seed. With fewer than two people all but n and the mean are NaN; without variance in both
    waves d and g are NaN; if all changed alike, both intervals have no width.
    """
    first, second = np.asarray(before, dtype=float), np.asarray(after, dtype=float)
    if first.shape != second.shape or first.ndim != 1:
        raise ValueError("Give two lists of the same length, one entry for each person.")
    both = ~np.isnan(first) & ~np.isnan(second)
    first, second = first[both], second[both]
    difference, n = second - first, len(second)
    mean, spread = _mean(difference), _sd(difference)
    d = _ratio(mean, (_sd(first) + _sd(second)) / 2)
    return PairedChange(
        n=n,
        mean_difference=mean,
        sd_difference=spread,
        interval=t_interval(mean, spread / math.sqrt(n) if n else math.nan, n - 1),
        d=d,
        hedges_g=d * hedges_correction(2 * n - 2),
        bootstrap_interval=bca_interval(difference, draws, seed),
    )


def unpaired_change(before: ArrayLike, after: ArrayLike) -> UnpairedChange:
    """Difference between two sets of people who cannot be matched; missing values are left out.

    Welch's interval (unequal variances), d by the pooled SD, Hedges' g with the exact gamma correction. NaN where a
    side has fewer than two people; d and g are NaN without variance.
    """
    first, second = (_present(np.asarray(values, dtype=float)) for values in (before, after))
    n1, n2 = len(first), len(second)
    mean = _mean(second) - _mean(first)
    if n1 < 2 or n2 < 2:
        return UnpairedChange(n1, n2, mean, UNKNOWN, math.nan, math.nan)
    share1, share2 = _sd(first) ** 2 / n1, _sd(second) ** 2 / n2
    freedom = _ratio((share1 + share2) ** 2, share1**2 / (n1 - 1) + share2**2 / (n2 - 1))
    pooled = math.sqrt(((n1 - 1) * _sd(first) ** 2 + (n2 - 1) * _sd(second) ** 2) / (n1 + n2 - 2))
    d = _ratio(mean, pooled)
    interval = t_interval(mean, math.sqrt(share1 + share2), freedom if freedom > 0 else n1 + n2 - 2)
    return UnpairedChange(n1, n2, mean, interval, d, d * hedges_correction(n1 + n2 - 2))


def reliable_change_index(before: float, after: float, sd: float, reliability: float) -> float:
    """Change of one person in units of its standard error, (after − before) / (√2 · sd · √(1 − reliability)).

    Beyond ±1.96 it is unlikely to be noise. NaN for an SD that is not positive, or a reliability below 0, of 1 or more.
    For the person and their coach only. Source: Jacobson & Truax 1991, with the √2 their paper of 1984 lacked.
    """
    if not (sd > 0 and 0 <= reliability < 1):
        return math.nan
    return (after - before) / (math.sqrt(2) * sd * math.sqrt(1 - reliability))


def longest_run(answers: Iterable[float | None]) -> int:
    """The longest run of one and the same answer, in the order asked and before reversing. A gap ends a run."""
    longest = run = 0
    previous: float | None = None
    for answer in answers:
        present = answer is not None and not math.isnan(answer)
        run = (run + 1 if answer == previous else 1) if present else 0
        previous = answer if present else None
        longest = max(longest, run)
    return longest


# ---- parts


def _matrix(items: ArrayLike) -> Floats:
    answers = np.asarray(items, dtype=float)
    if answers.ndim == 1:
        answers = answers.reshape(-1, 1)
    if answers.ndim != 2:
        raise ValueError("Give people × items.")
    return answers


def _present(values: Floats) -> Floats:
    return values[~np.isnan(values)]


def _rated_columns(answers: Floats) -> list[Floats]:
    return [column for column in map(_present, answers.T) if len(column) > 1]


def _mean_item_variance(answers: Floats, options: int) -> float:
    """Mean variance of the items as a share of that of evenly spread answers."""
    variances = [float(column.var(ddof=1)) for column in _rated_columns(answers)]
    return float(np.mean(variances)) / ((options**2 - 1) / 12) if variances else math.nan


def _covariance(first: Floats, second: Floats) -> float:
    both = ~np.isnan(first) & ~np.isnan(second)
    if both.sum() < 2:
        return math.nan
    return float(((first[both] - first[both].mean()) * (second[both] - second[both].mean())).sum() / (both.sum() - 1))


def _mean(values: Floats) -> float:
    return float(values.mean()) if len(values) else math.nan


def _sd(values: Floats) -> float:
    """Zero for values that are all the same, also where rounding would leave a trace."""
    if len(values) < 2:
        return math.nan
    return 0.0 if np.ptp(values) == 0 else float(values.std(ddof=1))


def _ratio(above: float, below: float) -> float:
    return above / below if below > 0 else math.nan
