"""For how many each strength stands out: counts side by side never tell that it stands out for none, or for all."""

import random
import secrets
from itertools import combinations
from pathlib import Path

import numpy as np

from assessments.definitions import parse
from assessments.releasing.cuts import Group, cuts_of
from assessments.releasing.strengths import FEW, LARGE, standing_out_cells

DEFINITION = parse(Path("assessments/catalogue/work_strengths.yaml").read_text())
PLACES = [("council", "leaders"), ("council", "wards"), ("trust", "leaders"), ("trust", "wards")]
SEED = secrets.randbits(32)


def cuts_of_people(places):
    return cuts_of(
        [organisation for organisation, _team in places],
        [team for _organisation, team in places],
        organisation_groups=[Group("council", "Council", 0), Group("trust", "Trust", 1)],
        team_groups=[Group("leaders", "Leaders"), Group("wards", "Wards")],
        everybody="Everybody",
        labels={place: " ".join(place) for place in PLACES},
    )


def with_first_strength_for(chosen):
    """Scores in which the first strength stands out for those chosen, and others by turns."""
    scores = np.tile(np.linspace(2, 3, len(DEFINITION.scales)), (len(chosen), 1))
    scores[:, 0] = np.where(chosen, 5, 1)
    return scores


def test_a_count_is_not_shown_where_it_would_tell_that_the_other_organisation_has_nobody():
    places = [("council", "leaders")] * 12 + [("trust", "leaders")] * 12
    scores = with_first_strength_for(np.array([True] * 6 + [False] * 18))

    cells = standing_out_cells(DEFINITION, scores, cuts_of_people(places), 5)

    first = DEFINITION.scales[0].key
    assert cells["programme"][first] == [6, "exact"]
    assert cells["organisation-trust"][first] == [2, "or_less"]
    assert cells["organisation-council"][first] == [3, "or_more"]


def test_no_count_that_can_be_worked_out_is_hardly_anybody_or_nearly_everybody():
    chance = random.Random(SEED)
    exact_counts = 0
    for _programme in range(60):
        places = [place for place in PLACES for _person in range(chance.choice([0, 3, 6, 10, 14]))]
        if len(places) < 10:
            continue
        tends = {place: chance.choice([0, 0.1, 0.5, 0.9, 1]) for place in PLACES}
        chosen = np.array([chance.random() < tends[place] for place in places])
        cuts = cuts_of_people(places)
        cells = standing_out_cells(DEFINITION, with_first_strength_for(chosen), cuts, 5)
        first = DEFINITION.scales[0].key
        exact = [cut for cut in cuts if cells[cut.key] and cells[cut.key][first][1] == "exact"]
        exact_counts += len(exact)
        assert hardly_or_nearly_all(exact, places, chosen) == [], f"seed {SEED}"
    assert exact_counts > 30  # it would be easy to tell nothing by showing nothing


def hardly_or_nearly_all(exact, places, chosen):
    """Every union of the four places whose count follows from the exact ones and is near none or near all."""
    if not exact:
        return []
    used = sorted(set(places))
    members = np.array([[place == each for place in places] for each in used])
    known = np.array([[cut.members[row].any() for row in members] for cut in exact], dtype=float)
    found = []
    for number in range(1, len(used) + 1):
        for union in combinations(range(len(used)), number):
            wanted = np.zeros(len(used))
            wanted[list(union)] = 1
            if np.linalg.matrix_rank(np.vstack([known, wanted])) > np.linalg.matrix_rank(known):
                continue
            people = members[list(union)].any(axis=0)
            count, n = int((people & chosen).sum()), int(people.sum())
            if n < LARGE and (count <= FEW or count >= n - FEW):
                found.append((union, count, n))
    return found
