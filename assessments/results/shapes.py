"""What a released result looks like: a value as it was shown, or WITHHELD, which holds no number at all."""

from dataclasses import dataclass, field
from datetime import datetime
from typing import Any
from uuid import UUID

from django.utils.translation import gettext as _

from assessments.definitions import Band, Option
from assessments.disclosure import Bound
from assessments.releasing.cuts import PROGRAMME, Against, CutKind
from programme.lib.charts import WITHHELD, Change, Spread, Withheld


@dataclass(frozen=True, slots=True)
class Measure:
    """What a number is given for: a scale, or for strengths a cluster."""

    key: str
    name: str
    subtitle: str
    cluster: str
    explanation: str
    minimum: float
    maximum: float
    decimals: int
    bands: tuple[Band, ...]


@dataclass(frozen=True, slots=True)
class Cut:
    """A group a result is shown for. `mark` is its organisation's position in the programme, None for other groups."""

    key: str
    kind: CutKind
    label: str
    organisation_id: UUID | None = None
    team_id: UUID | None = None
    mark: int | None = None


@dataclass(frozen=True, slots=True)
class Score:
    """One shown mean. `value` is as shown: rounded, and at the ends of the scale only a limit (`bound`).

    `band` was decided before rounding. `spread` and `middle_half` are WITHHELD below ten answers, None where the
    instrument gives none.
    """

    value: float
    bound: Bound
    n: int
    band: str
    decimals: int
    spread: Spread | Withheld | None = None
    middle_half: tuple[float, float] | Withheld | None = None

    @property
    def shown(self) -> str:
        """The number in words: "4.1", "4.5 or more", "1.5 or less"."""
        return _limited(f"{self.value:.{self.decimals}f}", self.bound)


@dataclass(frozen=True, slots=True)
class Movement:
    """Change since an earlier wave of the same instrument version.

    `same_people`: the `n` people who answered both times, with who `joined` and `left` since (None: not told).
    Otherwise everybody who answered then is compared with everybody who answers now, from numbers shown anyway.
    """

    words: Change
    difference: float
    same_people: bool
    n: int | None = None
    joined: int | None = None
    left: int | None = None


@dataclass(frozen=True, slots=True)
class EarlierWave:
    wave_id: UUID
    title: str
    point: str
    closed_at: datetime


@dataclass(frozen=True, slots=True)
class Question:
    """One question with its options; `reverse` where agreeing lowers the score."""

    key: str
    text: str
    measure: str
    reverse: bool
    options: tuple[Option, ...]


@dataclass(frozen=True, slots=True)
class QuestionResult:
    """Mean as answered, and how many chose each option in their order (WITHHELD where all chose the same)."""

    n: int
    value: float
    bound: Bound
    counts: tuple[int, ...] | Withheld

    @property
    def shown(self) -> str:
        return _limited(f"{self.value:.1f}", self.bound)


@dataclass(frozen=True, slots=True)
class Strength:
    key: str
    name: str
    cluster: str
    explanation: str


@dataclass(frozen=True, slots=True)
class StrengthCount:
    """For how many people a strength stands out; very few and nearly all are shown as a limit only."""

    count: int
    bound: Bound

    @property
    def shown(self) -> str:
        if self.bound is Bound.OR_MORE:
            return _("%(count)s or more") % {"count": self.count}
        return _("%(count)s or fewer") % {"count": self.count} if self.bound is Bound.OR_LESS else str(self.count)


@dataclass(frozen=True, slots=True)
class Comments:
    """What people wrote to one open prompt: shuffled, without any label. For facilitators only."""

    key: str
    prompt: str
    texts: tuple[str, ...] | Withheld


@dataclass(frozen=True)
class WaveResults:
    """All that is ever shown of one wave. Cuts: programme, organisations, teams, organisation × team, in this order."""

    wave_id: UUID
    programme_id: UUID
    title: str
    point: str
    closed_at: datetime
    released_at: datetime
    threshold: int
    instrument_key: str
    instrument_version: str
    instrument_name: str
    attribution: str
    bands_source: str
    validated: bool
    measures: tuple[Measure, ...]
    cuts: tuple[Cut, ...]
    earlier: dict[Against, EarlierWave]
    questions: tuple[Question, ...]
    strengths: tuple[Strength, ...]
    comments: tuple[Comments, ...]
    _document: dict[str, Any] = field(repr=False)

    @property
    def relationships_part(self) -> dict[str, Any] | None:
        """The stored matrix of teams, for `relationships_of` to read; None where the questionnaire has none."""
        return self._document.get("relationships")

    def cut(self, key: str = PROGRAMME) -> Cut | None:
        return next((cut for cut in self.cuts if cut.key == key), None)

    def cuts_of(self, kind: CutKind) -> tuple[Cut, ...]:
        return tuple(cut for cut in self.cuts if cut.kind is kind)

    def measure(self, key: str) -> Measure:
        return next(measure for measure in self.measures if measure.key == key)

    def score(self, measure: str, cut: str = PROGRAMME) -> Score | Withheld | None:
        """None where this wave had no such group or measure."""
        cells = self._document["scores"].get(cut, {})
        if measure not in cells:
            return None
        cell = cells[measure]
        return WITHHELD if cell is None else _score(cell, self.measure(measure).decimals)

    def movement(self, measure: str, against: Against, cut: str = PROGRAMME) -> Movement | Withheld | None:
        """None where there is no earlier wave to compare with, or the group did not exist then."""
        cells = self._document["changes"].get(cut, {}).get(measure, {})
        if against not in cells:
            return None
        cell = cells[against]
        return WITHHELD if cell is None else Movement(**{**cell, "words": Change(cell["words"])})

    def question_result(self, question: str, cut: str = PROGRAMME) -> QuestionResult | Withheld | None:
        cells = self._document["questions"].get(cut, {})
        if question not in cells:
            return None
        cell = cells[question]
        if cell is None:
            return WITHHELD
        counts = WITHHELD if cell["counts"] is None else tuple(cell["counts"])
        return QuestionResult(cell["n"], cell["value"], Bound(cell["bound"]), counts)

    def strength_counts(self, cut: str = PROGRAMME) -> dict[str, StrengthCount] | Withheld | None:
        """How many people each strength stands out for, by strength key; only from ten answers."""
        if cut not in self._document["standing_out"]:
            return None
        cell = self._document["standing_out"][cut]
        if cell is None:
            return WITHHELD
        return {key: StrengthCount(count, Bound(bound)) for key, (count, bound) in cell.items()}


def _limited(number: str, bound: Bound) -> str:
    if bound is Bound.OR_MORE:
        return _("%(number)s or more") % {"number": number}
    return _("%(number)s or less") % {"number": number} if bound is Bound.OR_LESS else number


def _score(cell: dict[str, Any], decimals: int) -> Score:
    spread = half = None
    if "spread" in cell:
        spread = WITHHELD if cell["spread"] is None else Spread(cell["spread"])
    if "half" in cell:
        half = WITHHELD if cell["half"] is None else tuple(cell["half"])
    return Score(cell["value"], Bound(cell["bound"]), cell["n"], cell["band"], decimals, spread, half)
