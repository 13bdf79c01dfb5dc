"""What a release shows, attacked: over random programmes of up to three waves nobody can work out a small group."""

import json
import random
import secrets

import numpy as np
import pytest

from assessments.definitions import parse
from assessments.disclosure import SMALL_GROUP
from assessments.releasing.document import canonical
from tests.assessments.releasing.attack import derivable_groups
from tests.assessments.releasing.worlds import DEFINITION, World, random_answers, random_world

PROGRAMMES = 500
SEED = secrets.randbits(32)


def numbers_in(value):
    if isinstance(value, bool) or value is None or isinstance(value, str):
        return []
    if isinstance(value, (int, float)):
        return [value]
    inner = value.values() if isinstance(value, dict) else value
    return [number for each in inner for number in numbers_in(each)]


def alike(count, *, organisation="council", team="executives", start=0):
    return {f"{organisation}{team}{number}": (organisation, team) for number in range(start, start + count)}


def test_nobody_can_work_out_a_small_group_from_three_waves():
    chance = random.Random(SEED)
    shown = 0
    for _programme in range(PROGRAMMES):
        world = random_world(chance)
        people = list(world.places)
        for _wave in range(chance.choice([1, 2, 3])):
            world.run(random_answers(chance, people))
        for measure in range(len(DEFINITION.scales)):
            groups = world.shown_groups(measure)
            shown += len(groups)
            for wave in range(len(world.waves)):
                here = [group for group in groups if group and next(iter(group))[0] == wave]
                units = set().union(*here) if here else set()
                assert derivable_groups(here, units, world.threshold) == [], f"seed {SEED}"
    assert shown > PROGRAMMES  # it would be easy to leak nothing by showing nothing


def test_an_attacker_who_counts_every_answer_never_finds_one_for_certain():
    """Up to eight people, whole answers 1 to 5: everything shown fits several answers of each person."""
    chance = random.Random(SEED)
    bounds = set()
    for _programme in range(60):
        world = (
            _two_groups(chance) if chance.random() < 0.7 else random_world(chance, people=range(5, 9), k=range(4, 5))
        )
        computed = world.run(_of_one_mind(chance, world))
        answered = world.waves[0][0]
        for place, scale in enumerate(DEFINITION.scales):
            cells = {cut.key: computed.scores[cut.key][scale.key] for cut in answered.cuts}
            bounds |= {cell["bound"] for cell in cells.values() if cell is not None}
            fitting = _fitting(answered, cells, place)
            for person in range(len(answered.members)):
                assert len(np.unique(fitting[:, person])) > 1, f"seed {SEED}"
    assert bounds == {"exact", "or_more", "or_less"}


def _two_groups(chance):
    return World({**alike(4), **alike(4, organisation="trust", team=chance.choice(["executives", "managers"]))}, 4)


def _of_one_mind(chance, world):
    """In most groups people answer alike, and often at an end of the scale."""
    answers = {}
    for place in sorted(set(world.places.values())):
        low, high = chance.choice([(1, 1), (5, 5), (4, 5), (1, 5), (2, 3)])
        for person in [name for name, where in world.places.items() if where == place]:
            answers[person] = [float(chance.randint(low, high)) for _ in DEFINITION.scales]
    return answers


def _fitting(answered, cells, place):
    """All assignments of 1 to 5 that agree with what is shown."""
    n = len(answered.members)
    every = np.stack(np.meshgrid(*[np.arange(1, 6, dtype=np.int8)] * n, indexing="ij"), axis=-1).reshape(-1, n)
    assert (every == answered.answers[:, place].astype(np.int8)).all(axis=1).any()
    for cut in answered.cuts:
        cell = cells[cut.key]
        if cell is None:
            continue
        means = every[:, cut.members].mean(axis=1)
        if cell["bound"] == "or_more":
            every = every[means >= cell["value"] - 1e-9]
        elif cell["bound"] == "or_less":
            every = every[means <= cell["value"] + 1e-9]
        else:
            every = every[np.abs(np.round(means, 1) - cell["value"]) < 1e-9]
    assert len(every)
    return every


def test_a_withheld_cell_holds_no_number():
    world = World({**alike(12), **alike(3, organisation="trust")}, threshold=5)

    computed = world.run({person: [3.0, 4.0] for person in world.places})

    assert computed.scores["programme"]["trust"]["n"] == 15
    for cut in ("organisation-council", "organisation-trust"):
        assert computed.scores[cut] == {"trust": None, "results": None}
        assert numbers_in([computed.scores[cut], computed.changes[cut], computed.questions[cut]]) == []


def test_people_who_leave_a_question_out_cannot_be_told_by_comparing_groups():
    """Eleven answered trust, one of them not results: each dimension is checked over those who really count."""
    world = World({**alike(6), **alike(5, organisation="trust")}, threshold=5)
    answers = {person: [3.0, 4.0] for person in world.places}
    answers["trustexecutives0"][1] = float("nan")

    computed = world.run(answers)

    assert computed.scores["organisation-trust"]["trust"]["n"] == 5
    assert computed.scores["organisation-trust"]["results"] is None
    assert computed.scores["organisation-council"]["results"] is None


def test_a_group_of_one_mind_is_shown_as_a_limit_and_nothing_beside_it_tells_more():
    world = World({**alike(6), **alike(6, organisation="trust")}, threshold=5)
    answers = {person: [5.0 if "trust" in person else 3.0, 3.0] for person in world.places}

    computed = world.run(answers)

    assert computed.scores["organisation-trust"]["trust"]["value"] == 4.5
    assert computed.scores["organisation-trust"]["trust"]["bound"] == "or_more"
    assert computed.scores["programme"]["trust"]["bound"] == "exact"
    assert computed.scores["organisation-council"]["trust"] is None
    assert computed.scores["organisation-council"]["results"]["bound"] == "exact"


def test_ten_people_of_one_mind_are_not_given_away_by_rounding_either():
    world = World(alike(12), threshold=5)

    computed = world.run({person: [5.0, 3.0] for person in world.places})

    trust = computed.scores["programme"]["trust"]
    assert (trust["value"], trust["bound"], trust["spread"], trust["half"]) == (4.5, "or_more", None, None)
    assert computed.questions["programme"]["t1"] is None


def test_detail_begins_at_ten_people():
    nine, ten = World(alike(9), threshold=5), World(alike(10), threshold=5)
    values = [1.0, 2.0, 2.0, 3.0, 3.0, 3.0, 4.0, 4.0, 5.0, 5.0]

    few = nine.run({person: [value, value] for person, value in zip(nine.places, values, strict=False)})
    enough = ten.run({person: [value, value] for person, value in zip(ten.places, values, strict=True)})

    assert few.scores["programme"]["trust"] == {
        "n": 9, "value": 3.0, "bound": "exact", "band": "Growing", "spread": None, "half": None,
    }  # fmt: skip
    assert few.questions["programme"] == {"t1": None, "r1": None}
    assert enough.scores["programme"]["trust"]["spread"] == "mixed"
    assert enough.scores["programme"]["trust"]["half"] == [2.2, 4.0]
    assert enough.questions["programme"]["t1"] == {
        "n": 10, "value": 3.2, "bound": "exact", "counts": [1, 2, 3, 2, 2],
    }  # fmt: skip


def test_detail_of_two_groups_is_not_shown_when_the_third_of_under_ten_follows():
    world = World({**alike(13), **alike(SMALL_GROUP - 1, organisation="trust")}, threshold=5)
    answers = {person: [1.0 + number % 5, 3.0] for number, person in enumerate(world.places)}

    computed = world.run(answers)

    assert computed.scores["programme"]["trust"]["spread"] is not None
    assert computed.scores["organisation-council"]["trust"]["n"] == 13
    assert computed.scores["organisation-council"]["trust"]["spread"] is None
    assert computed.questions["organisation-council"]["t1"] is None


def test_change_compares_the_same_people_where_nobody_is_left_over():
    world = World(alike(12), threshold=5)
    world.run({person: [3.0, 3.0] for person in world.places})

    computed = world.run({person: [3.5, 3.1] for person in world.places}, definition=DEFINITION)

    assert computed.changes["programme"]["trust"]["previous"] == {
        "words": "clearly_up", "difference": 0.5, "same_people": True, "n": 12, "joined": 0, "left": 0,
    }  # fmt: skip
    assert computed.changes["programme"]["results"]["previous"]["words"] == "same"


def test_one_who_joined_is_not_given_away_by_the_change_of_the_others():
    world = World(alike(12), threshold=5)
    world.run({person: [3.0, 3.0] for person in list(world.places)[:11]})

    computed = world.run({person: [3.0, 4.0] for person in world.places})

    assert computed.changes["programme"]["results"]["previous"] == {
        "words": "clearly_up", "difference": 1.0, "same_people": False,
    }  # fmt: skip


@pytest.mark.parametrize(("kept", "joined"), [(8, 5), (10, 6)])
def test_enough_who_joined_are_told_as_a_number(kept, joined):
    world = World(alike(kept + joined), threshold=5)
    people = list(world.places)
    world.run({person: [3.0, 2.0] for person in people[:kept]})

    computed = world.run({person: [3.0, 3.0] for person in people})

    assert computed.changes["programme"]["results"]["previous"] == {
        "words": "clearly_up", "difference": 1.0, "same_people": True, "n": kept, "joined": joined, "left": 0,
    }  # fmt: skip


def test_an_erased_persons_earlier_place_still_counts():
    """The first wave showed 11 with them; showing the other 10 of that wave now would tell their answer."""
    world = World(alike(11), threshold=5)
    people = list(world.places)
    world.run({person: [3.0, 3.0] for person in people})
    answered, _computed = world.waves[0]
    erased = answered.answers[1:]
    world.waves[0] = (
        type(answered)(
            answered.wave, answered.members[1:],
            [type(cut)(cut.key, cut.kind, cut.label, cut.organisation, cut.team, cut.mark, cut.members[1:]) for cut in answered.cuts],
            erased,
        ),
        world.waves[0][1],
    )  # fmt: skip

    computed = world.run({person: [4.0, 4.0] for person in people[1:]})

    assert computed.changes["programme"]["trust"]["previous"]["same_people"] is False


def test_strengths_are_never_shown_as_means_of_single_strengths():
    definition = parse(_strengths_text())
    world = World(alike(12), threshold=5)

    computed = world.run({person: [3.0, 4.0, 5.0, 2.0] for person in world.places}, definition=definition)

    assert list(computed.scores["programme"]) == ["cluster_feeling", "cluster_thinking"]
    assert computed.questions["programme"] == {}


def test_the_same_world_gives_the_same_bytes():
    def bytes_of(seed):
        chance = random.Random(seed)
        world = random_world(chance)
        for _wave in range(2):
            computed = world.run(random_answers(chance, list(world.places)))
        return canonical({"scores": computed.scores, "changes": computed.changes, "ledger": computed.audited})

    assert bytes_of(7) == bytes_of(7)
    assert json.loads(bytes_of(7))["scores"]


def _strengths_text():
    lines = [f"  - {{key: {key}, name: {key.title()}, cluster: {cluster}}}" for key, cluster in _STRENGTHS]
    items = [f"  - {{key: {key}1, scale: {key}, text: I am {key}.}}" for key, _cluster in _STRENGTHS]
    return "\n".join(
        [
            'key: few_strengths\nversion: "1"\nname: Few strengths\nkind: questionnaire\nowner: Common Ground project',
            "licence: open\nattribution: Written for the tests.\nonline: yes\nsignificant_count: 2",
            "response_scales:\n  - key: agreement\n    options:",
            *[f"      - {{value: {value}, label: Word {value}}}" for value in range(1, 6)],
            "scales:", *lines, "items:", *items,
        ]
    )  # fmt: skip


_STRENGTHS = [("calm", "Feeling"), ("kind", "Feeling"), ("clear", "Thinking"), ("quick", "Thinking")]
