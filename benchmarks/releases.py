"""Closing and releasing a wave, against the same numbers worked out by NumPy alone from one SQL read."""

from collections.abc import Iterator
from functools import partial

import numpy as np
from django.db import connection
from numpy.typing import NDArray

from assessments.definitions import Definition
from assessments.models.releases import Release
from assessments.models.waves import Wave
from assessments.scoring import score_matrix
from benchmarks.figures import Figure
from benchmarks.measuring import peak_megabytes, seconds, side_by_side
from benchmarks.sizes import Sizes
from benchmarks.world import World, answered_world, close_and_release, take_back

BUDGET = 3
ROUNDS = 3
ANSWERS = """
    SELECT i.organisation_id, i.team_id, a.response_id, a.item_key, a.value
    FROM assessments_answer a
    JOIN assessments_response r ON r.invitation_id = a.response_id
    JOIN assessments_waveinvitation i ON i.id = r.invitation_id
    WHERE i.wave_id = %s AND r.submitted_at IS NOT NULL AND a.value IS NOT NULL
"""

Floats = NDArray[np.float64]
Chosen = NDArray[np.bool_]


def measure(sizes: Sizes) -> Iterator[Figure]:
    some, many = answered_world(sizes.some), answered_world(sizes.many)
    release, floor = partial(_release_again, *many), partial(numpy_only, many[1])
    took, least = side_by_side(release, floor, rounds=ROUNDS)
    _check_same(many[1], floor())
    smaller = min(seconds(partial(_release_again, *some)) for _round in range(ROUNDS))
    growth = sizes.many / sizes.some
    what = f"closing and releasing {sizes.many:,} responses × 20 items, CPU"
    yield Figure(what, "s", took, BUDGET, least)
    # Linear, and a quarter for what larger tables cost in the processor's caches.
    yield Figure(f"  grown from {sizes.some:,} responses, time", "s", took, 1.25 * growth, smaller)
    peak, peak_smaller = (peak_megabytes(partial(_release_again, *wave)) for wave in (many, some))
    yield Figure("  the same, peak memory", "MB", peak, 1.25 * growth, peak_smaller)


def _release_again(world: World, wave: Wave) -> None:
    take_back(wave)
    close_and_release(wave, actor=world.facilitator)


def numpy_only(wave: Wave) -> dict[tuple[str, ...], Floats]:
    """Mean, middle half and agreement of each scale and the answers to each question, for each group of people."""
    definition = wave.instrument_version.definition
    with connection.cursor() as cursor:
        cursor.execute(ANSWERS, [wave.pk.hex])
        organisations, teams, people, items, values = zip(*cursor.fetchall(), strict=True)
    columns = {item.key: column for column, item in enumerate(definition.rating_items)}
    places: dict[str, int] = {}
    rows = [places.setdefault(person, len(places)) for person in people]
    matrix = np.full((len(places), len(columns)), np.nan)
    matrix[rows, [columns[item] for item in items]] = values
    of_organisation, of_team = dict(zip(people, organisations, strict=True)), dict(zip(people, teams, strict=True))
    groups = _groups(np.array([of_organisation[key] for key in places]), np.array([of_team[key] for key in places]))
    return {group: _numbers(definition, matrix[chosen]) for group, chosen in groups.items()}


def _groups(organisations: NDArray[np.str_], teams: NDArray[np.str_]) -> dict[tuple[str, ...], Chosen]:
    """Everybody, each organisation, each team, and each organisation in each team."""
    groups: dict[tuple[str, ...], Chosen] = {(): np.ones(len(teams), dtype=bool)}
    groups |= {(name,): organisations == name for name in np.unique(organisations)}
    groups |= {(name,): teams == name for name in np.unique(teams)}
    both = [(first, second) for first in np.unique(organisations) for second in np.unique(teams)]
    return groups | {pair: (organisations == pair[0]) & (teams == pair[1]) for pair in both}


def _numbers(definition: Definition, answers: Floats) -> Floats:
    scores = score_matrix(definition, answers)
    middle = np.percentile(scores, [25, 75], axis=0)
    spread = np.abs(answers - answers.mean(axis=0)).mean(axis=0)
    counts = [np.count_nonzero(answers == option, axis=0) for option in range(1, 6)]
    return np.concatenate([scores.mean(axis=0), middle.ravel(), spread, answers.mean(axis=0), np.ravel(counts)])


def _check_same(wave: Wave, numbers: dict[tuple[str, ...], Floats]) -> None:
    """Both ways give the same means for everybody; else the comparison would mean nothing."""
    released = Release.objects.get(wave=wave).document["scores"]["programme"]
    means = numbers[()][: len(released)]
    for mean, cell in zip(means, released.values(), strict=True):
        if abs(mean - cell["value"]) > 0.051:
            raise RuntimeError(f"The floor gives {mean}, the release {cell['value']}.")
