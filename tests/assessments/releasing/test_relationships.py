"""The matrix of teams: numbers worked out by hand, and an attacker who tries every answer that fits what is shown."""

import json
import random
import secrets
from itertools import combinations
from pathlib import Path

import numpy as np

import assessments
from assessments.definitions import parse
from assessments.releasing.relationships import Asked, Place, compute_relationships, density_cell

DEFINITION = parse((Path(assessments.__file__).parent / "catalogue/working_relationships.yaml").read_text())
SEED = secrets.randbits(32)
WORLDS = 250
NAN = float("nan")


def place(organisation, team="executives"):
    return Place(f"{organisation}-{team}", organisation, team, organisation.title(), team.title(), None)


def asked(places, people):
    """`people`: for each the number of the own place, and by place what was answered: how often, how well."""
    frequency = np.full((len(people), len(places)), NAN)
    quality = frequency.copy()
    for number, (_row, given) in enumerate(people):
        for column, (often, well) in given.items():
            frequency[number, column], quality[number, column] = often, well
    members = [f"m{number}" for number in range(len(people))]
    return Asked("wave", members, places, np.array([row for row, _given in people]), frequency, quality)


def run(places, people, k=5, earlier=None):
    return compute_relationships(DEFINITION, asked(places, people), k, earlier or {})


def cells(computed):
    return {(cell["row"], cell["column"]): cell for cell in computed.relationships["cells"]}


TWO = [place("council"), place("trust")]


def two_teams(*, council, trust):
    """Everybody of each of two teams says how often, and how well, about the other."""
    return [(0, {1: answer}) for answer in council] + [(1, {0: answer}) for answer in trust]


COUNCIL = [(1, NAN), (2, 2), (3, 3), (4, 4), (5, 4), (5, 5), (3, 3), (1, NAN)]  # 5 of 8 at least once a month
TRUST = [(3, 4), (3, 4), (3, 2), (1, NAN), (2, NAN), (2, 3)]  # 3 of 6


def test_density_and_quality_are_as_worked_out_by_hand():
    computed = run(TWO, two_teams(council=COUNCIL, trust=TRUST))

    council, trust = (
        cells(computed)[pair]
        for pair in (("council-executives", "trust-executives"), ("trust-executives", "council-executives"))
    )
    assert council["density"] == {"n": 8, "value": 63, "bound": "exact"}
    assert council["quality"] == {"n": 6, "value": 3.5, "bound": "exact", "band": "Growing"}  # 2+3+4+4+5+3 = 21
    assert trust["density"] == {"n": 6, "value": 50, "bound": "exact"}
    assert trust["quality"] is None  # of four answers
    totals = computed.relationships["totals"]
    assert totals["density"]["cell"] == {"n": 14, "value": 57, "bound": "exact"}  # 8 of 14
    assert totals["share"]["cell"] == {"n": 14, "value": 57, "bound": "exact"}
    assert computed.relationships["contact"] == "About once a month"
    assert computed.tally == {"released": 5, "withheld": 1}


def test_the_two_totals_count_answers_and_people():
    """Ten people of one team are asked about two: six meet the first, four of those also the second."""
    places = [place("council"), place("trust"), place("trust", "managers")]
    people = [(0, {1: (5 if n < 6 else 1, NAN), 2: (5 if n < 4 else 1, NAN)}) for n in range(10)]
    people += [(1, {0: (5 if n < 5 else 1, NAN)}) for n in range(10)]
    people += [(2, {0: (5 if n < 5 else 1, NAN)}) for n in range(10)]

    totals = run(places, people).relationships["totals"]

    assert totals["density"]["cell"] == {"n": 30, "value": 50, "bound": "exact"}  # 6 + 4 + 5 + 5 of 40 answers
    assert totals["share"]["cell"] == {"n": 30, "value": 53, "bound": "exact"}  # 6 + 5 + 5 of 30 people


def test_nobody_is_counted_about_their_own_organisation_and_each_needs_a_place():
    people = [*two_teams(council=COUNCIL, trust=TRUST), (-1, {0: (5, 5), 1: (5, 5)})]

    assert run(TWO, people).relationships == run(TWO, people[:-1]).relationships
    assert all(row != column for row, column in cells(run(TWO, people)))


def test_a_share_near_an_end_is_a_limit_that_stays_true():
    assert density_cell(5, 5, 2, 5) == {"n": 5, "value": 60, "bound": "or_more"}
    assert density_cell(0, 7, 2, 7) == {"n": 7, "value": 29, "bound": "or_less"}
    assert density_cell(6, 7, 2, 7) == {"n": 7, "value": 71, "bound": "or_more"}
    assert density_cell(3, 7, 2, 7) == {"n": 7, "value": 43, "bound": "exact"}
    assert density_cell(3, 900, 2, 900)["value"] == 1


def test_a_withheld_cell_holds_no_number():
    """The totals would tell the sum of three people, so they are withheld as well."""
    computed = run(TWO, two_teams(council=COUNCIL, trust=TRUST[:3]))

    withheld = cells(computed)["trust-executives", "council-executives"]
    assert withheld == {
        "row": "trust-executives", "column": "council-executives", "density": None, "quality": None,
        "changes": {"density": {}, "quality": {}},
    }  # fmt: skip
    assert computed.relationships["totals"] == {
        "density": {"cell": None, "changes": {}}, "share": {"cell": None, "changes": {}},
    }  # fmt: skip


def test_people_of_one_mind_on_quality_are_shown_as_a_limit():
    computed = run(TWO, two_teams(council=[(3, 5), (4, 5), (5, 5), (1, 5), (1, 5), (2, 5)], trust=TRUST))

    cell = cells(computed)["council-executives", "trust-executives"]
    assert cell["quality"] == {"n": 6, "value": 4.5, "bound": "or_more", "band": "Strong"}


def test_change_is_between_shown_numbers_only():
    before = run(TWO, two_teams(council=[(1, 2)] * 5 + [(4, 3)] * 3, trust=TRUST[:3])).relationships

    computed = run(TWO, two_teams(council=COUNCIL, trust=TRUST), earlier={"baseline": before})

    council, trust = cells(computed).values()
    assert council["changes"]["density"]["baseline"] == {
        "words": "clearly_up", "difference": 25.0, "same_people": False,
    }  # fmt: skip
    assert council["changes"]["quality"]["baseline"]["difference"] == 1.1  # 3.5 against 2.4
    assert trust["changes"] == {"density": {"baseline": None}, "quality": {"baseline": None}}
    assert computed.relationships["totals"]["density"]["changes"] == {"baseline": None}


def test_a_team_that_was_not_there_before_is_not_compared():
    before = run(TWO, two_teams(council=COUNCIL, trust=TRUST)).relationships
    places = [*TWO, place("trust", "managers")]

    computed = run(places, two_teams(council=COUNCIL, trust=TRUST), earlier={"previous": before})

    assert cells(computed)["trust-managers", "council-executives"]["changes"] == {"density": {}, "quality": {}}


def test_the_ledger_keeps_who_stood_behind_each_number_and_no_answer():
    computed = run(TWO, two_teams(council=COUNCIL, trust=TRUST))

    assert computed.audited["people"] == {"wave": [f"m{number}" for number in range(14)]}
    behind = sorted(name for entry in computed.audited["sets"] for name in entry["measures"])
    assert behind == [
        "density", "density council-executives", "density trust-executives", "quality trust-executives", "share",
    ]  # fmt: skip
    assert json.loads(json.dumps(computed.audited)) == computed.audited


def test_an_attacker_who_tries_every_answer_learns_no_answer_and_no_small_group():
    """Everything shown must fit both a yes and a no of each person, and several sums of each group below k."""
    chance = random.Random(SEED)
    seen = {"density": 0, "share": 0, "exact": 0, "or_more": 0, "or_less": 0, "withheld": 0}
    for _world in range(WORLDS):
        places, people, k = _random_world(chance)
        computed = run(places, people, k)
        _count(seen, computed)
        fitting, units = _fitting(places, people, computed.relationships)
        assert not (fitting.all(axis=0) | ~fitting.any(axis=0)).any(), f"seed {SEED}"
        _no_group_is_known(fitting, units, people, k)
    assert all(seen.values()), seen


def _random_world(chance):
    """Two or three teams, at most fourteen answers, often of one mind."""
    places = chance.choice([TWO, TWO, [place("council"), place("trust"), place("trust", "managers")]])
    k = chance.choice([4, 4, 5])
    people = []
    for row, here in enumerate(places):
        asked_about = [column for column, other in enumerate(places) if other.organisation != here.organisation]
        often = {column: chance.choice([0, 0.2, 0.5, 0.8, 1]) for column in asked_about}
        for _person in range(chance.randint(1, 7 if len(places) == 2 else 4)):
            given = {
                column: (5 if chance.random() < often[column] else 1, NAN)
                for column in asked_about
                if chance.random() > 0.05
            }
            people.append((row, given))
    return places, people, k


def _count(seen, computed):
    for name in ("density", "share"):
        seen[name] += computed.relationships["totals"][name]["cell"] is not None
    for cell in computed.relationships["cells"]:
        seen["withheld" if cell["density"] is None else cell["density"]["bound"]] += 1


def _fitting(places, people, shown):
    """All assignments of contact that agree with what is shown; a column for each answer, which `units` names."""
    units = [(number, column) for number, (_row, given) in enumerate(people) for column in sorted(given)]
    every = (np.arange(2 ** len(units))[:, None] >> np.arange(len(units)) & 1).astype(bool)
    for cell in shown["cells"]:
        row, column = (next(n for n, each in enumerate(places) if each.key == cell[end]) for end in ("row", "column"))
        inside = [u for u, (person, about) in enumerate(units) if about == column and people[person][0] == row]
        every = every[_agrees(every[:, inside].sum(axis=1), len(inside), cell["density"])]
    every = every[_agrees(every.sum(axis=1), len(units), shown["totals"]["density"]["cell"])]
    reached = sorted({person for person, _column in units})
    anybody = [
        every[:, [u for u, (who, _about) in enumerate(units) if who == person]].any(axis=1) for person in reached
    ]
    return every[_agrees(np.sum(anybody, axis=0), len(reached), shown["totals"]["share"]["cell"])], units


def _agrees(counts, n, cell):
    if cell is None:
        return np.ones(len(counts), dtype=bool)
    share = 100 * counts / n
    if cell["bound"] == "or_more":
        return share >= cell["value"]
    return share <= cell["value"] if cell["bound"] == "or_less" else np.abs(share - cell["value"]) <= 0.5


def _no_group_is_known(fitting, units, people, k):
    for column in {column for _person, column in units}:
        about = [u for u, (_person, other) in enumerate(units) if other == column]
        for size in range(1, min(k, len(about) + 1)):
            for group in combinations(about, size):
                sums = fitting[:, group].sum(axis=1)
                assert sums.min() < sums.max(), f"seed {SEED}: {[people[units[u][0]] for u in group]}"
