"""Reliability, agreement and change against examples computed elsewhere, to the digits printed there."""

import math

import numpy as np
import pytest
from scipy import stats

from assessments.intervals import Interval
from assessments.statistics import (
    average_deviation,
    cronbach_alpha,
    icc1_icc2,
    longest_run,
    omega_total,
    paired_change,
    r_star_wg_j,
    reliable_change_index,
    rwg,
    rwg_j,
    unpaired_change,
    views_in_words,
)

NA = math.nan
# Cohesion ratings of four army units on five items, from the R package multilevel (Bliese).
COHESION = {
    "1044B-1ST": [[4, 5, 5, 5, 5], [3, NA, 5, 5, 5], [2, 3, 3, 3, 3]],
    "1044B-2ND": [[3, 4, 3, 4, 4], [4, 4, 3, 4, 4], [3, 3, 2, 2, 1]],
    "1044C-1ST": [[3, 3, 3, 3, 3], [3, 1, 4, 3, 4]],
    "1044C-2ND": [[3, 3, 3, 3, 3], [2, 2, 2, 3, 2], [1, 1, 1, 3, 3]],
}
EVERYBODY = [row for rows in COHESION.values() for row in rows]


def six_digits(value):
    return pytest.approx(value, abs=5.01e-7)


@pytest.mark.parametrize(
    ("unit", "many_items", "corrected", "first_item"),
    [
        ("1044B-1ST", 0.681818, 0.30, 0.50),
        ("1044B-2ND", 0.813953, 0.466667, 0.833333),
        ("1044C-1ST", 0.921053, 0.70, 1.0),
        ("1044C-2ND", 0.909091, 0.666667, 0.50),
    ],
)
def test_agreement_of_the_cohesion_data(unit, many_items, corrected, first_item):
    answers = np.array(COHESION[unit])

    assert rwg_j(answers, 5) == six_digits(many_items)
    assert r_star_wg_j(answers, 5) == six_digits(corrected)
    assert rwg(answers[:, 0], 5) == six_digits(first_item)


@pytest.mark.parametrize(
    ("unit", "around_mean", "around_median"),
    [
        ("1044B-2ND", 0.711111, 0.533333),
        ("1044C-1ST", 0.40, 0.40),
        ("1044C-2ND", 0.488889, 0.466667),
    ],
)
def test_average_deviation_of_the_cohesion_data(unit, around_mean, around_median):
    assert average_deviation(COHESION[unit]) == six_digits(around_mean)
    assert average_deviation(COHESION[unit], around="median") == six_digits(around_median)


def test_average_deviation_leaves_gaps_out_item_by_item():
    with_gap = average_deviation([[4, 5], [2, NA], [3, 1]])

    assert with_gap == pytest.approx((average_deviation([4, 2, 3]) + average_deviation([5, 1])) / 2)


def test_intraclass_correlations_of_the_cohesion_data():
    means = [float(np.nanmean(row)) for row in EVERYBODY]
    units = [unit for unit, rows in COHESION.items() for _ in rows]

    icc1, icc2 = icc1_icc2(means, units)

    assert icc1 == six_digits(0.309400)
    assert icc2 == six_digits(0.551980)
    assert icc1_icc2([*means, NA], [*units, "1044D"]) == (icc1, icc2)


def test_alpha_of_the_cohesion_data():
    assert cronbach_alpha(EVERYBODY) == six_digits(0.884791)
    assert cronbach_alpha(EVERYBODY, pairwise=True) == six_digits(0.883887)


def test_agreement_by_hand():
    ratings = [4, 4, 5, 4, 3]

    assert rwg(ratings, 5) == pytest.approx(0.75)
    assert average_deviation(ratings) == pytest.approx(0.40)


def test_agreement_below_chance_is_zero_and_below_zero_without_the_floor():
    camps = [[1, 1], [5, 5], [1, 1], [5, 5]]

    assert rwg([1, 5, 1, 5], 5) == 0
    assert rwg_j(camps, 5) == 0
    assert r_star_wg_j(camps, 5) == pytest.approx(1 - (16 / 3) / 2)


def test_omega_and_alpha_of_congeneric_items():
    loadings = np.array([0.8, 0.7, 0.6, 0.5])
    covariances = np.outer(loadings, loadings)
    np.fill_diagonal(covariances, 1)

    assert omega_total(loadings, 1 - loadings**2) == six_digits(0.749446)
    assert cronbach_alpha(sample_with(covariances)) == six_digits(0.742055)


def sample_with(covariances):
    """People whose sample covariances are exactly those given."""
    people = np.random.default_rng(1).normal(size=(50, len(covariances)))
    people -= people.mean(axis=0)
    white = people @ np.linalg.inv(np.linalg.cholesky(np.cov(people.T))).T
    return white @ np.linalg.cholesky(covariances).T


def test_reliable_change_of_the_published_example():
    assert reliable_change_index(32.5, 47.5, 7.5, 0.80) == pytest.approx(3.1623, abs=5e-5)
    assert reliable_change_index(47.5, 32.5, 7.5, 0.80) == pytest.approx(-3.1623, abs=5e-5)


@pytest.mark.parametrize(("sd", "reliability"), [(0, 0.8), (-1, 0.8), (7.5, 1), (7.5, -0.1), (NA, 0.8), (7.5, NA)])
def test_reliable_change_is_unknown_without_error_to_compare_with(sd, reliability):
    assert math.isnan(reliable_change_index(1, 2, sd, reliability))


BEFORE = [2.75, 3.0, 3.25, 2.5, 4.0, 3.5, 2.25, 3.75]
AFTER = [3.5, 3.25, 3.0, 3.5, 4.25, 4.0, 3.0, 4.5]


def test_paired_change_agrees_with_scipy_and_by_hand():
    change = paired_change([*BEFORE, 3, NA], [*AFTER, NA, 3])
    test = stats.ttest_rel(AFTER, BEFORE)

    assert change.n == 8
    assert change.mean_difference == pytest.approx(0.5)
    assert change.sd_difference == pytest.approx(np.std(np.subtract(AFTER, BEFORE), ddof=1))
    assert change.interval == pytest.approx(tuple(test.confidence_interval()))
    sd = (np.std(BEFORE, ddof=1) + np.std(AFTER, ddof=1)) / 2
    assert change.d == pytest.approx(0.5 / sd)
    # Γ(7) / (√7 · Γ(6.5)) for 14 degrees of freedom
    assert change.hedges_g == pytest.approx(0.5 / sd * math.gamma(7) / (math.sqrt(7) * math.gamma(6.5)))
    assert change.hedges_g / change.d == pytest.approx(1 - 3 / (4 * 14 - 1), abs=5e-4)


def test_bootstrap_interval_agrees_with_scipy_and_repeats():
    difference = np.random.default_rng(4).normal(0.5, 0.6, size=20)
    before = np.zeros(20)
    reference = stats.bootstrap((difference,), np.mean, n_resamples=50_000, method="BCa", rng=7).confidence_interval

    change = paired_change(before, difference)
    many_draws = paired_change(before, difference, draws=50_000).bootstrap_interval

    assert many_draws == pytest.approx((reference.low, reference.high), abs=0.01)
    assert change.bootstrap_interval == pytest.approx(many_draws, abs=0.03)
    assert paired_change(before, difference) == change
    assert paired_change(before, difference, seed=1).bootstrap_interval != change.bootstrap_interval


def test_bootstrap_interval_leans_with_skewed_changes():
    """Where few people changed much, the corrected interval reaches far further up than the plain percentiles."""
    difference = np.random.default_rng(11).exponential(size=12) ** 2
    of_means = {"data": (difference,), "statistic": np.mean, "n_resamples": 100_000, "batch": 10_000}
    plain = stats.bootstrap(**of_means, method="percentile", rng=7).confidence_interval
    reference = stats.bootstrap(**of_means, method="BCa", rng=7).confidence_interval

    low, high = paired_change(np.zeros(12), difference, draws=100_000).bootstrap_interval

    assert high > plain.high + 2
    assert low == pytest.approx(reference.low, abs=0.01)
    assert high == pytest.approx(reference.high, abs=0.08)


def test_unpaired_change_agrees_with_scipy_and_by_hand():
    shorter = AFTER[:5]
    change = unpaired_change([*BEFORE, NA], shorter)
    test = stats.ttest_ind(shorter, BEFORE, equal_var=False)
    pooled = math.sqrt((7 * np.var(BEFORE, ddof=1) + 4 * np.var(shorter, ddof=1)) / 11)

    assert (change.n_before, change.n_after) == (8, 5)
    assert change.mean_difference == pytest.approx(3.5 - 3.125)
    assert change.interval == pytest.approx(tuple(test.confidence_interval()))
    assert change.d == pytest.approx((3.5 - 3.125) / pooled)
    assert change.hedges_g == pytest.approx(change.d * math.gamma(5.5) / (math.sqrt(5.5) * math.gamma(5)))


@pytest.mark.parametrize("people", [0, 1])
def test_change_of_too_few_people_has_no_interval(people):
    paired = paired_change([3.0] * people, [4.0] * people)
    unpaired = unpaired_change([3.0] * people, [4.0] * 9)

    assert paired.n == people
    numbers = [paired.sd_difference, paired.d, paired.hedges_g, *paired.interval, *paired.bootstrap_interval]
    assert all(math.isnan(number) for number in [*numbers, unpaired.d, unpaired.hedges_g, *unpaired.interval])


def test_change_without_variance():
    """0.1 has no exact binary form, so the mean of three is a hair off: still no variance."""
    paired = paired_change([0.1] * 3, [0.4] * 3)
    unpaired = unpaired_change([0.1] * 3, [0.4] * 3)

    assert paired.interval == pytest.approx((0.3, 0.3))
    assert paired.bootstrap_interval == pytest.approx((0.3, 0.3))
    assert unpaired.interval == pytest.approx((0.3, 0.3))
    assert all(math.isnan(number) for number in (paired.d, paired.hedges_g, unpaired.d, unpaired.hedges_g))


def test_many_people_are_drawn_in_parts_with_the_same_result(monkeypatch):
    people = np.random.default_rng(2).normal(size=200)
    whole = paired_change(np.zeros(200), people, draws=500)
    monkeypatch.setattr("assessments.intervals.DRAWS_AT_ONCE", 30_000)

    assert paired_change(np.zeros(200), people, draws=500).bootstrap_interval == pytest.approx(whole.bootstrap_interval)
    assert isinstance(whole.bootstrap_interval, Interval)


def test_too_little_to_agree_on_is_unknown():
    alone = [[4, 4, 4]]

    unknown = [
        rwg([4], 5),
        rwg([NA, NA], 5),
        rwg_j(alone, 5),
        r_star_wg_j(alone, 5),
        average_deviation(alone),
        average_deviation([]),
        cronbach_alpha(alone),
        cronbach_alpha([[1], [2]]),
        cronbach_alpha([[3, 3], [3, 3]]),
        cronbach_alpha([[1, NA], [NA, 2], [1, NA]], pairwise=True),
        omega_total([], []),
        *icc1_icc2([1, 2, 3], ["a", "a", "a"]),
        *icc1_icc2([1, 2, 3], ["a", "b", "c"]),
        *icc1_icc2([3, 3, 3, 3], ["a", "a", "b", "b"]),
    ]
    assert all(math.isnan(number) for number in unknown)


@pytest.mark.parametrize(
    ("deviation", "options", "words"),
    [
        (0, 5, "close"),
        (5 / 6, 5, "close"),
        (0.84, 5, "mixed"),
        (1.19, 5, "mixed"),
        (1.2, 5, "split"),
        (2, 5, "split"),
        (1.0, 6, "close"),
        (1.49, 6, "mixed"),
        (1.5, 6, "split"),
        (NA, 5, None),
    ],
)
def test_views_in_words(deviation, options, words):
    assert views_in_words(deviation, options) == words


@pytest.mark.parametrize(
    ("answers", "run"),
    [
        ([], 0),
        ([None, NA], 0),
        ([3], 1),
        ([1, 2, 2, 2, 3, 3], 3),
        ([4, 4, 4, 4], 4),
        ([2, 2, None, 2, 2], 2),
        ([5, 1, 1, NA, 1], 2),
    ],
)
def test_longest_run_of_one_answer(answers, run):
    assert longest_run(answers) == run


def test_wrong_shapes_are_refused():
    with pytest.raises(ValueError, match="same length"):
        paired_change([1, 2], [1, 2, 3])
    with pytest.raises(ValueError, match="one group for each"):
        icc1_icc2([1, 2], ["a"])
    with pytest.raises(ValueError, match="people × items"):
        cronbach_alpha([[[1]]])
