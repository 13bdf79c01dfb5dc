"""Random programmes for the computation, without a database: people, places, answers, up to three waves."""

import random
from dataclasses import dataclass, field
from itertools import count

import numpy as np

from assessments.definitions import Definition, parse
from assessments.releasing.compute import Answered, Computed, Earlier, Task, compute
from assessments.releasing.cuts import Against, Group, cuts_of
from tests.factories.results import ONE_QUESTION

DEFINITION: Definition = parse(ONE_QUESTION)
ORGANISATIONS = [Group("council", "Council", 0), Group("trust", "NHS trust", 1)]
TEAMS = [Group("executives", "Executives"), Group("managers", "Managers"), Group("project", "Project")]


@dataclass
class World:
    """`places`: each person's organisation and team. `waves`: what was answered and released so far, in order."""

    places: dict[str, tuple[str, str]]
    threshold: int
    waves: list[tuple[Answered, Computed]] = field(default_factory=list)

    def run(self, answers: dict[str, list[float]], definition: Definition = DEFINITION) -> Computed:
        """One more wave: answers by person, NaN for a question left out; released on top of those before."""
        people = list(answers)
        now = Answered(
            wave=f"wave{len(self.waves)}",
            members=people,
            cuts=cuts_of(
                [self.places[person][0] for person in people],
                [self.places[person][1] for person in people],
                organisation_groups=ORGANISATIONS,
                team_groups=TEAMS,
                everybody="Everybody",
                labels={(a.key, b.key): f"{a.label} in {b.label}" for a in ORGANISATIONS for b in TEAMS},
            ),
            answers=np.array([answers[person] for person in people], dtype=float),
        )
        computed = compute(Task(definition, self.threshold, now, self._earlier(), self._ledgers()))
        self.waves.append((now, computed))
        return computed

    def _earlier(self) -> dict[Against, Earlier]:
        named = {Against.PREVIOUS: self.waves[-1:], Against.BASELINE: self.waves[:1] if len(self.waves) > 1 else []}
        return {
            against: Earlier(waves[0][0], {"scores": waves[0][1].scores}) for against, waves in named.items() if waves
        }

    def _ledgers(self) -> list[dict]:
        return [computed.audited for _answered, computed in self.waves]

    def people_of(self, wave: int, cut: str, measure: int) -> set[tuple[int, str]]:
        """The units behind a shown mean: (wave, person) of those in the cut who have a score."""
        answered, _computed = self.waves[wave]
        members = next((found.members for found in answered.cuts if found.key == cut), None)
        if members is None:
            return set()
        scored = ~np.isnan(answered.answers[:, measure])
        return {(wave, answered.members[place]) for place in np.flatnonzero(members & scored)}

    def shown_groups(self, measure: int) -> list[set[tuple[int, str]]]:
        """Every group whose sum follows directly from a number shown in any wave, changes of the same people included.

        Taken strictly: the change of a pair counts as if both its means were shown.
        """
        key = DEFINITION.scales[measure].key
        groups = []
        for wave, (_answered, computed) in enumerate(self.waves):
            for cut, cells in computed.scores.items():
                if cells[key] is not None:
                    groups.append(self.people_of(wave, cut, measure))
            for cut, by_measure in computed.changes.items():
                for against, cell in by_measure[key].items():
                    if cell is not None and cell["same_people"]:
                        groups += self._pair(wave, 0 if against == "baseline" else wave - 1, cut, measure)
        return groups

    def _pair(self, wave: int, earlier: int, cut: str, measure: int) -> list[set[tuple[int, str]]]:
        now = {person for _wave, person in self.people_of(wave, cut, measure)}
        both = now & {person for _wave, person in self.people_of(earlier, cut, measure)}
        return [{(earlier, person) for person in both}, {(wave, person) for person in both}]


def random_world(chance: random.Random, *, people: range = range(6, 15), k: range = range(4, 7)) -> World:
    number = count()
    size = chance.choice(people)
    weights = [chance.random() + 0.2 for _ in range(6)]
    combinations = [(o.key, t.key) for o in ORGANISATIONS for t in TEAMS]
    places = {f"p{next(number)}": place for place in chance.choices(combinations, weights, k=size)}
    return World(places, chance.choice(k))


def random_answers(chance: random.Random, people: list[str], *, missing: float = 0.08) -> dict[str, list[float]]:
    """Most people answer; now and then somebody leaves a question out; some groups are all of one mind."""
    low, high = chance.choice([(1, 5), (1, 5), (1, 2), (4, 5), (5, 5)])
    return {
        person: [
            float("nan") if chance.random() < missing else float(chance.randint(low, high)) for _ in DEFINITION.scales
        ]
        for person in people
        if chance.random() > 0.12
    } or {people[0]: [3.0] * len(DEFINITION.scales)}
