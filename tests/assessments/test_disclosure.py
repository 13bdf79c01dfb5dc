"""The promise about confidentiality, against a brute force that shares nothing with the code but the question."""

import itertools
import math
import random
import secrets
from fractions import Fraction

import numpy as np
import pytest

from assessments.disclosure import (
    Bound,
    Reason,
    ShownMean,
    Verdict,
    audit,
    paired_is_safe,
    paired_sets,
    shown_mean,
)

PROGRAMMES = 500
SEED = secrets.randbits(32)
SHOWN = Verdict(released=True)
TOO_FEW = Verdict(released=False, reason=Reason.TOO_FEW)
WOULD_REVEAL = Verdict(released=False, reason=Reason.WOULD_REVEAL)


def people(prefix, count):
    return {f"{prefix}{number}" for number in range(count)}


def names_released(verdicts):
    return {name for name, verdict in verdicts.items() if verdict.released}


def test_complement_of_a_small_organisation_is_withheld():
    council, trust = people("council", 12), people("trust", 3)

    verdicts = audit({"programme": council | trust, "council": council, "trust": trust}, 5)

    assert verdicts == {"programme": SHOWN, "council": WOULD_REVEAL, "trust": TOO_FEW}


def test_sales_and_technology_the_culture_amp_example():
    sales, technology = people("sales", 4), people("technology", 9)

    verdicts = audit({"company": sales | technology, "sales": sales, "technology": technology}, 5)

    assert verdicts == {"company": SHOWN, "sales": TOO_FEW, "technology": WOULD_REVEAL}


def test_five_departments_the_peoplecues_example():
    """Sizes 8, 7, 5, 2 and 1 with a minimum of 3: only the 8 and 7 are safe, for 2 + 1 + 5 hide among each other."""
    sizes = {"tech": 8, "product": 7, "ops": 5, "marketing": 2, "business": 1}
    departments = {name: people(name, size) for name, size in sizes.items()}

    verdicts = audit({"company": set().union(*departments.values()), **departments}, 3)

    assert names_released(verdicts) == {"company", "tech", "product", "ops"}  # the hidden two are three people together
    stricter = audit({"company": set().union(*departments.values()), **departments}, 4)
    assert names_released(stricter) == {"company", "tech", "product"}  # with four, the next smallest hides as well


def test_two_departments_of_which_one_has_a_single_answer_are_both_withheld():
    many, one = people("many", 9), people("one", 1)

    verdicts = audit({"all": many | one, "many": many, "one": one}, 4)

    assert names_released(verdicts) == {"all"}


def test_overlap_that_isolates_one_person_is_withheld():
    """Team, organisation and band are each large, and still team + organisation - rest names one person."""
    team_only, council_only, both = people("t", 5), people("c", 5), {"single"}
    cuts = {
        "programme": team_only | council_only | both,
        "team": team_only | both,
        "council": council_only | both,
    }

    verdicts = audit(cuts, 5)

    assert verdicts == {"programme": SHOWN, "team": SHOWN, "council": WOULD_REVEAL}


def test_groups_that_follow_from_what_is_shown_are_shown():
    council, trust = people("council", 7), people("trust", 6)

    verdicts = audit({"programme": council | trust, "council": council, "trust": trust, "again": trust}, 5)

    assert set(verdicts.values()) == {SHOWN}


def test_order_decides_who_is_shown():
    big, small = people("b", 6), people("s", 3)

    assert names_released(audit({"all": big | small, "big": big}, 5)) == {"all"}
    assert names_released(audit({"big": big, "all": big | small}, 5)) == {"big"}


def test_late_answer_after_a_release_is_not_shown_by_difference():
    before = people("p", 8)

    verdicts = audit({"programme": before | {"late"}}, 5, released=[before])

    assert verdicts == {"programme": WOULD_REVEAL}


def test_small_set_given_away_earlier_does_not_block_later_cuts():
    shown_with_lower_threshold = people("a", 5)
    other = people("b", 9)

    verdicts = audit({"other": other, "new": other | people("c", 8)}, 8, released=[shown_with_lower_threshold])

    assert names_released(verdicts) == {"other", "new"}


def test_erased_person_stays_in_what_was_released():
    everybody = {(name, "baseline") for name in people("p", 9)}
    without_erased = everybody - {("p0", "baseline")}

    assert audit({"programme": without_erased}, 5, released=[everybody]) == {"programme": WOULD_REVEAL}


def test_change_is_withheld_when_one_person_joined():
    before, after = people("p", 8), people("p", 8) | {"joiner"}
    pair = paired_sets(before, after, before_wave=1, after_wave=2)
    shown = [{(person, 1) for person in before}, {(person, 2) for person in after}]

    assert pair[0] == frozenset((person, 1) for person in before)
    assert paired_is_safe(pair, 5, shown) is False
    assert paired_is_safe(pair, 5, shown[:1]) is True


def test_change_is_shown_when_joiners_and_leavers_are_many_or_none():
    pair = paired_sets(people("p", 8), people("p", 8) | people("new", 5), before_wave=1, after_wave=2)
    shown = [{(person, 1) for person in people("p", 8)}, {(person, 2) for person in people("p", 8) | people("new", 5)}]

    assert paired_is_safe(pair, 5, shown) is True
    assert paired_is_safe(paired_sets(people("p", 4), people("p", 9), before_wave=1, after_wave=2), 5) is False


def test_threshold_that_protects_nobody_is_refused():
    with pytest.raises(ValueError, match="protects nobody"):
        audit({"all": people("p", 9)}, 1)


def test_search_that_runs_out_of_steps_withholds(monkeypatch):
    cells = {cell: people(cell, 3) for cell in ("AX", "AY", "BX", "BY")}
    cuts = {"all": set().union(*cells.values()), "A": cells["AX"] | cells["AY"], "X": cells["AX"] | cells["BX"]}

    assert names_released(audit(cuts, 5)) == {"all", "A", "X"}
    monkeypatch.setattr("assessments.small_sets.MAXIMUM_STEPS", 1)
    assert audit(cuts, 5)["X"] == WOULD_REVEAL


@pytest.mark.parametrize(
    ("mean", "n", "ends", "shown"),
    [
        (5.0, 5, (1, 5), ShownMean(4.5, Bound.OR_MORE)),
        (4.8, 9, (1, 5), ShownMean(4.5, Bound.OR_MORE)),
        (4.5, 9, (1, 5), ShownMean(4.5, Bound.OR_MORE)),
        (4.49, 9, (1, 5), ShownMean(4.49, Bound.EXACT)),
        (4.8, 10, (1, 5), ShownMean(4.8, Bound.EXACT)),
        (1.0, 5, (1, 5), ShownMean(1.5, Bound.OR_LESS)),
        (1.51, 5, (1, 5), ShownMean(1.51, Bound.EXACT)),
        (9.9, 6, (0, 10), ShownMean(8.75, Bound.OR_MORE)),
        (3.0, 6, (3, 9), ShownMean(3.75, Bound.OR_LESS)),
    ],
)
def test_mean_near_an_end_is_shown_as_a_limit_for_few_answers(mean, n, ends, shown):
    assert shown_mean(mean, n, *ends) == shown


def test_twenty_thousand_people_and_sixty_cuts_are_audited_without_getting_lost():
    """Many teams with a few people in the other organisation: the shape that makes the search hard."""
    chance = random.Random(3)
    person = [(number, chance.randrange(4), chance.randrange(16)) for number in range(20_000)]
    odd = [(f"odd{number}", number % 4, number % 16 if number % 3 else 20 + number % 9) for number in range(150)]
    cuts = {"programme": {p for p, _, _ in person + odd}}
    for organisation in range(4):
        cuts[f"org {organisation}"] = {p for p, o, _ in person + odd if o == organisation}
    for team in range(29):
        cuts[f"team {team}"] = {p for p, _, t in person + odd if t == team}
    for organisation, team in itertools.product(range(2), range(20, 29)):
        cuts[f"cell {organisation} {team}"] = {p for p, o, t in person + odd if (o, t) == (organisation, team)}
    cuts |= {f"late {n}": cuts["programme"] - {f"odd{n}"} for n in range(10)}
    assert len(cuts) > 60

    verdicts = audit(cuts, 10)

    assert verdicts["programme"] == SHOWN
    assert not any(verdicts[f"late {number}"].released for number in range(10))
    assert all(verdicts[f"team {team}"].released for team in range(16))


# ---- the brute force: null space in fractions, every subset smaller than k


def null_space(rows, width):
    """Integer vectors orthogonal to every row; a vector is in the row space iff it is orthogonal to all of these."""
    matrix = [[Fraction(value) for value in row] for row in rows]
    pivots = []
    for column in range(width):
        found = next((r for r in range(len(pivots), len(matrix)) if matrix[r][column]), None)
        if found is None:
            continue
        top = len(pivots)
        matrix[top], matrix[found] = matrix[found], matrix[top]
        matrix[top] = [value / matrix[top][column] for value in matrix[top]]
        for r in range(len(matrix)):
            if r != top and matrix[r][column]:
                factor = matrix[r][column]
                matrix[r] = [a - factor * b for a, b in zip(matrix[r], matrix[top], strict=True)]
        pivots.append(column)
    vectors = []
    for free in sorted(set(range(width)) - set(pivots)):
        vector = [Fraction(0)] * width
        vector[free] = Fraction(1)
        for r, pivot in enumerate(pivots):
            vector[pivot] = -matrix[r][free]
        scale = math.lcm(*(value.denominator for value in vector))
        vectors.append([int(value * scale) for value in vector])
    return np.array(vectors, dtype=object).reshape(len(vectors), width)


def small_subsets(units, k):
    return [set(c) for size in range(1, k) for c in itertools.combinations(units, size)]


def derivable(published, units, k):
    """Every set of fewer than k units whose sum follows from the published sums."""
    space = null_space([[unit in group for unit in units] for group in published], len(units)).astype(np.int64)
    subsets = small_subsets(units, k)
    indicators = np.array([[unit in subset for unit in units] for subset in subsets], dtype=np.int64)
    hits = ~(indicators @ space.T).any(axis=1) if len(space) else np.ones(len(subsets), dtype=bool)
    return [subset for subset, hit in zip(subsets, hits, strict=True) if hit]


def random_programme(chance):
    """Two organisations, three teams, two bands, three waves with joiners and leavers; units are (person, wave)."""
    everybody = range(chance.randint(6, 14))
    place = {p: (chance.choice("AB"), chance.choice("XYZ"), chance.choice("12")) for p in everybody}
    waves = [[p for p in everybody if chance.random() < 0.85] for _ in range(3)]
    for wave, present in enumerate(waves):
        cuts = {"programme": {(p, wave) for p in present}}
        for kind, groups in enumerate(("AB", "XYZ", "12")):
            for group in groups:
                cuts[group] = {(p, wave) for p in present if place[p][kind] == group}
        for organisation, team in itertools.product("AB", "XYZ"):
            cuts[organisation + team] = cuts[organisation] & cuts[team]
        for earlier in range(wave):
            pair = paired_sets(set(waves[earlier]), set(present), before_wave=earlier, after_wave=wave)
            cuts[f"{earlier} before"], cuts[f"{earlier} after"] = pair
        yield cuts


@pytest.mark.parametrize("seed", [SEED])  # in the name of the test, to run it again
def test_no_small_group_can_be_computed_in_random_programmes(seed):
    chance = random.Random(seed)
    candidates = shown = 0

    for _ in range(PROGRAMMES):
        k, published = chance.randint(3, 5), []
        for cuts in random_programme(chance):
            verdicts = audit(cuts, k, published)
            candidates += sum(len(units) >= k for units in cuts.values())
            published += [cuts[name] for name in names_released(verdicts)]
        shown += len(published)
        for wave in range(3):
            units = sorted({unit for group in published for unit in group if unit[1] == wave})
            mine = [group for group in published if all(unit[1] == wave for unit in group)]
            leaks = derivable(mine, units, k) if units else []
            assert leaks == [], f"seed {seed}, k {k}: {leaks[0]} follows from {mine}"

    assert shown > candidates / 2, "hiding nearly everything would be safe and useless"


@pytest.mark.parametrize("seed", [SEED])  # in the name of the test, to run it again
def test_nothing_is_withheld_without_need_in_random_programmes(seed):
    """Each cut withheld for what it would reveal does reveal something, beside those shown before it."""
    chance = random.Random(seed)

    for _ in range(150):
        k = chance.randint(3, 5)
        cuts = next(random_programme(chance))
        published = []
        for name, verdict in audit(cuts, k).items():
            if verdict.released:
                published.append(cuts[name])
            elif verdict.reason is Reason.WOULD_REVEAL:
                units = sorted(cuts["programme"])
                assert derivable([*published, cuts[name]], units, k), f"seed {seed}, k {k}: {name} in {cuts}"


def test_brute_force_finds_the_leaks_of_the_usual_rule():
    """The attacker of these tests is able: showing whatever reaches k leaks in most programmes."""
    chance = random.Random(20)

    leaks = 0
    for _ in range(100):
        cuts = next(random_programme(chance))
        naive = [units for units in cuts.values() if len(units) >= 4]
        leaks += bool(naive and derivable(naive, sorted(cuts["programme"]), 4))

    assert leaks > 60
