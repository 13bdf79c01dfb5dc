"""From everybody's answers to the frozen document: what is shown, and nothing that is not."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

import numpy as np
from numpy.typing import NDArray

from assessments.definitions import Definition
from assessments.releasing import ledger
from assessments.releasing.auditing import QUESTIONS, SCORE, Allowed, Candidate, Case, audit_measure
from assessments.releasing.cells import detail_cells, overall_cell, paired_cell, question_cell, score_cell
from assessments.releasing.cuts import Against, Cut
from assessments.releasing.measures import Measure, measure_values, measures_of, questions_of
from assessments.releasing.units import Rows, Units
from assessments.scoring import score_matrix

Floats = NDArray[np.float64]


@dataclass(frozen=True)
class Answered:
    """Those who sent their answers in one wave: membership keys, cuts as masks over them, people × rating items."""

    wave: str
    members: Sequence[str]
    cuts: Sequence[Cut]
    answers: Floats


@dataclass(frozen=True)
class Earlier:
    """An earlier wave of the same instrument version, with its released document."""

    answered: Answered
    document: dict[str, Any]


@dataclass(frozen=True)
class Task:
    definition: Definition
    threshold: int
    now: Answered
    earlier: Mapping[Against, Earlier]
    ledgers: Sequence[dict[str, Any]]


@dataclass
class Computed:
    """Cells by cut and measure (None: withheld), and the ledger for later releases."""

    scores: dict[str, dict[str, Any]] = field(default_factory=dict)
    changes: dict[str, dict[str, dict[str, Any]]] = field(default_factory=dict)
    questions: dict[str, dict[str, Any]] = field(default_factory=dict)
    audited: dict[str, Any] = field(default_factory=dict)
    relationships: dict[str, Any] | None = None

    @property
    def tally(self) -> dict[str, int]:
        """How many numbers are shown and how many are withheld."""
        cells = [cell for by_measure in self.scores.values() for cell in by_measure.values()]
        if self.relationships is not None:
            cells += [cell[name] for cell in self.relationships["cells"] for name in ("density", "quality")]
            cells += [total["cell"] for total in self.relationships["totals"].values()]
        return {"released": sum(cell is not None for cell in cells), "withheld": sum(cell is None for cell in cells)}


@dataclass(frozen=True)
class _Wave:
    """One wave as the computation sees it: rows of the audit's units, and scores by measure."""

    answered: Answered
    rows: Rows
    scores: Floats

    def cut(self, key: str) -> NDArray[np.bool_] | None:
        return next((cut.members for cut in self.answered.cuts if cut.key == key), None)


def compute(task: Task, report: Callable[[float], None] = lambda share: None) -> Computed:
    """`report` is told the share that is done, from 0 to 1."""
    units = Units()
    now = _wave(task.definition, task.now, units)
    then = {against: _wave(task.definition, earlier.answered, units) for against, earlier in task.earlier.items()}
    waves = [task.now.wave, *dict.fromkeys(earlier.answered.wave for earlier in task.earlier.values())]
    shown = ledger.read(task.ledgers, units, waves)
    computed, measures = Computed(), measures_of(task.definition)
    sets = {}
    for place, measure in enumerate(measures):
        work = _MeasureWork(task, measure, now, then, len(units))
        allowed = audit_measure(work.case(shown.get(measure.key, ())), task.threshold)
        work.fill(computed, allowed)
        sets[measure.key] = allowed.sets
        report((place + 1) / len(measures))
    computed.audited = ledger.written(sets, units, waves)
    return computed


def _wave(definition: Definition, answered: Answered, units: Units) -> _Wave:
    return _Wave(answered, units.rows(answered.wave, answered.members), score_matrix(definition, answered.answers))


class _MeasureWork:
    """One measure's way from candidates to cells."""

    def __init__(
        self, task: Task, measure: Measure, now: _Wave, then: Mapping[Against, _Wave], units: int
    ) -> None:  # fmt: skip
        self.task, self.measure, self.now, self.then = task, measure, now, then
        self.values = np.full(units, np.nan)
        for wave in [*then.values(), now]:
            self.values[wave.rows] = measure_values(measure, wave.scores)
        self.scored = ~np.isnan(self.values[now.rows])
        self.complete = self.scored & ~np.isnan(now.answered.answers[:, list(measure.items)]).any(axis=1)
        self.pairs = {against: self._partners(wave) for against, wave in then.items()}
        self.candidates: dict[Candidate, tuple[Rows, ...]] = {}

    def case(self, earlier: Sequence[Any]) -> Case:
        """Cuts first, then changes, then single questions; each in the order of the cuts."""
        cuts = self.now.answered.cuts
        for cut in cuts:
            self.candidates[Candidate(SCORE, cut.key)] = (self.now.rows[cut.members & self.scored],)
        for cut in cuts:
            for against in self.then:
                pair = self._pair(cut, against)
                if pair is not None:
                    self.candidates[Candidate(against.value, cut.key)] = pair
        if questions_of(self.task.definition, [self.measure]):
            for cut in cuts:
                self.candidates[Candidate(QUESTIONS, cut.key)] = (self.now.rows[cut.members & self.complete],)
        scale = self.measure.scale
        return Case(self.candidates, self.values, scale.minimum, scale.maximum, scale.decimals, earlier)

    def fill(self, computed: Computed, allowed: Allowed) -> None:
        for cut in self.now.answered.cuts:
            cell = self._score(cut, allowed)
            computed.scores.setdefault(cut.key, {})[self.measure.key] = cell
            changes = {
                against.value: self._change(cut, against, cell, allowed)
                for against in self.then
                if self.then[against].cut(cut.key) is not None
            }
            computed.changes.setdefault(cut.key, {})[self.measure.key] = changes
            computed.questions.setdefault(cut.key, {}).update(self._questions(cut, allowed))

    def _score(self, cut: Cut, allowed: Allowed) -> dict[str, Any] | None:
        if cut.key not in allowed.scores:
            return None
        chosen, scale = cut.members & self.scored, self.measure.scale
        values = self.values[self.now.rows[chosen]]
        cell = score_cell(values, allowed.scores[cut.key], scale)
        if not self.measure.items:
            return cell
        if cut.key not in allowed.detail:
            return {**cell, "spread": None, "half": None}
        answers = self.now.answered.answers[np.ix_(chosen, self.measure.items)]
        item = self.task.definition.rating_items[self.measure.items[0]]
        options = len(self.task.definition.response_scale_for(item).options)
        return {**cell, **detail_cells(values, answers, options, scale.decimals)}

    def _change(
        self, cut: Cut, against: Against, cell: dict[str, Any] | None, allowed: Allowed
    ) -> dict[str, Any] | None:  # fmt: skip
        """Of the same people where that is safe; else between the two shown means; withheld where one is not shown."""
        earlier = self.task.earlier[against].document["scores"].get(cut.key, {}).get(self.measure.key)
        candidate = Candidate(against.value, cut.key)
        if cell is None or candidate not in allowed.changes:
            return overall_cell(earlier, cell, self.measure.scale)
        before, after = (self.values[rows] for rows in self.candidates[candidate])
        return paired_cell(
            before, after, self.measure.scale, now=cell["n"], then=earlier["n"] if earlier else None
        )  # fmt: skip

    def _questions(self, cut: Cut, allowed: Allowed) -> dict[str, Any]:
        cells: dict[str, Any] = {}
        for item, _measure, column in questions_of(self.task.definition, [self.measure]):
            if cut.key not in allowed.questions:
                cells[item.key] = None
                continue
            answers = self.now.answered.answers[cut.members & self.complete, column]
            values = [option.value for option in self.task.definition.response_scale_for(item).options]
            cells[item.key] = question_cell(answers, values, self.measure.scale.decimals)
        return cells

    def _partners(self, wave: _Wave) -> Rows:
        """For each of those who answer now, their place in the earlier wave, or -1."""
        places = {member: place for place, member in enumerate(wave.answered.members)}
        return np.array([places.get(member, -1) for member in self.now.answered.members], dtype=np.intp)

    def _pair(self, cut: Cut, against: Against) -> tuple[Rows, Rows] | None:
        """The people of this cut with a score both times, who were in it both times; then and now."""
        wave = self.then[against]
        members_then = wave.cut(cut.key)
        if members_then is None:
            return None
        counted = members_then & ~np.isnan(self.values[wave.rows])
        partners = self.pairs[against]
        both = cut.members & self.scored & (partners >= 0)
        both[both] = counted[partners[both]]
        return wave.rows[partners[both]], self.now.rows[both]
