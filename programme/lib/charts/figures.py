"""Dimensions, comparisons and shares: what they show and where their marks stand."""

from collections.abc import Sequence
from dataclasses import dataclass
from enum import Enum, StrEnum
from itertools import pairwise


class Withheld(Enum):
    """One value that means: not shown, for a reason that is not told."""

    WITHHELD = "withheld"


WITHHELD = Withheld.WITHHELD
Value = float | None | Withheld


class Mark(StrEnum):
    """Shapes, so that colour is never the only difference."""

    CIRCLE = "circle"
    DIAMOND = "diamond"
    TRIANGLE = "triangle"
    HEXAGON = "hexagon"
    SQUARE = "square"

    @classmethod
    def of(cls, index: "int | str | Mark | None") -> "Mark":
        """The shape of the organisation at this place in its programme; a square stands for a whole team."""
        if isinstance(index, int):
            return (cls.CIRCLE, cls.DIAMOND, cls.TRIANGLE, cls.HEXAGON)[index % 4]
        return cls(index) if index else cls.SQUARE


class Change(StrEnum):
    CLEARLY_UP = "clearly_up"
    UP = "up"
    SAME = "same"
    DOWN = "down"
    CLEARLY_DOWN = "clearly_down"

    @property
    def direction(self) -> str:
        return self.value.removeprefix("clearly_")

    @classmethod
    def of(cls, difference: float | None, little: float = 0.2, clear: float = 0.5) -> "Change | None":
        """The word for a difference in points; each threshold belongs to the stronger word."""
        if difference is None:
            return None
        size = round(abs(difference), 9)
        if size < little:
            return cls.SAME
        if difference > 0:
            return cls.CLEARLY_UP if size >= clear else cls.UP
        return cls.CLEARLY_DOWN if size >= clear else cls.DOWN


class Spread(StrEnum):
    """How alike the answers are."""

    CLOSE = "close"
    MIXED = "mixed"
    SPLIT = "split"

    @property
    def dots(self) -> tuple[int, ...]:
        return {
            Spread.CLOSE: (14, 18, 22, 26, 30),
            Spread.MIXED: (8, 16, 22, 28, 36),
            Spread.SPLIT: (3, 8, 22, 36, 41),
        }[self]


def percent(share: float) -> str:
    return f"{min(max(share, 0.0), 1.0) * 100:.2f}%"


@dataclass(frozen=True)
class Band:
    """A named stretch of the axis, from `start` up to where the next begins."""

    name: str
    start: float


@dataclass(frozen=True)
class Axis:
    minimum: float = 1
    maximum: float = 5
    bands: tuple[Band, ...] = (Band("To work on", 1), Band("Growing", 3), Band("Strong", 4))

    def place(self, value: float) -> str:
        return percent((value - self.minimum) / (self.maximum - self.minimum))

    @property
    def stretches(self) -> list[dict[str, str]]:
        """Each band's left edge, width and middle; shades repeat from the third on."""
        edges = [band.start for band in self.bands] + [self.maximum]
        span = self.maximum - self.minimum
        return [
            {
                "name": band.name,
                "from": f"{start:g}",
                "to": f"{end:g}",
                "x": self.place(start),
                "width": percent((end - start) / span),
                "middle": self.place((start + end) / 2),
                "shade": str(min(place, 3)),
            }
            for place, (band, (start, end)) in enumerate(zip(self.bands, pairwise(edges), strict=True), start=1)
        ]

    @property
    def ticks(self) -> list[tuple[str, str, str]]:
        """Words, place and anchor of each whole number, at most eleven."""
        first, last = round(self.minimum), round(self.maximum)
        step = max(1, -(-(last - first) // 10))
        numbers = range(first, last + 1, step)
        anchors = {first: "start", last: "end"}
        return [(str(number), self.place(number), anchors.get(number, "middle")) for number in numbers]


DEFAULT_AXIS = Axis()


@dataclass(frozen=True)
class Series:
    """One group's history on one dimension, oldest first; None where it did not take part.

    `changes` stands in the order of the figure's change headings. `spread` and `middle_half` (lower and upper
    quartile) belong to team figures; leave the latter out below ten answers.
    """

    label: str
    mark: int | Mark | None
    history: Sequence[Value]
    changes: Sequence[Change | Withheld | None] = ()
    now_text: str = ""
    spread: Spread | Withheld | None = None
    middle_half: tuple[float, float] | None = None

    @property
    def withheld(self) -> bool:
        """Nothing of the latest wave may be shown."""
        return bool(self.history) and self.history[-1] is WITHHELD

    @property
    def now(self) -> Value:
        return self.history[-1] if self.history else None

    @property
    def shape(self) -> Mark:
        return Mark.of(self.mark)


@dataclass(frozen=True)
class DimensionRow:
    name: str
    groups: Sequence[Series]
    subtitle: str = ""


@dataclass(frozen=True)
class DimensionFigure:
    """`waves`: their names in order, the last one current. `change_headings`: "Since baseline" …"""

    caption: str
    waves: Sequence[str]
    rows: Sequence[DimensionRow]
    change_headings: Sequence[str] = ()
    axis: Axis = DEFAULT_AXIS


@dataclass(frozen=True)
class PlacedMark:
    kind: str  # was, mid or now
    x: str


@dataclass(frozen=True)
class Plot:
    """What one plot cell draws: a trail from the first to the last mark, then the marks, the latest on top."""

    marks: list[PlacedMark]
    trail: tuple[str, str] | None
    half: tuple[str, str] | None = None


def plot(series: Series, axis: Axis = DEFAULT_AXIS) -> Plot | None:
    """None when the latest value is withheld or nothing is known: then the cell stays without marks."""
    if series.withheld:
        return None
    known = [(place, value) for place, value in enumerate(series.history) if isinstance(value, (int, float))]
    if not known:
        return None
    last = len(series.history) - 1
    marks = []
    for place, value in known:
        kind = "now" if place == last else "was" if place == 0 else "mid"
        marks.append(PlacedMark(kind, axis.place(value)))
    # Small dots first, so that hollow and full marks lie above them.
    marks.sort(key=lambda mark: ("mid", "was", "now").index(mark.kind))
    values = [value for _place, value in known]
    trail = (axis.place(values[0]), axis.place(values[-1])) if len(values) > 1 else None
    half = (axis.place(series.middle_half[0]), axis.place(series.middle_half[1])) if series.middle_half else None
    return Plot(marks, trail, half)


@dataclass(frozen=True)
class PairRow:
    """One value for each of the figure's groups, in their order."""

    name: str
    values: Sequence[Value]


@dataclass(frozen=True)
class PairFigure:
    """Groups side by side in one wave. `groups`: label and mark of each."""

    caption: str
    groups: Sequence[tuple[str, int | Mark | None]]
    rows: Sequence[PairRow]
    axis: Axis = DEFAULT_AXIS


def pair_marks(figure: PairFigure, row: PairRow) -> list[tuple[Mark, str, str]]:
    """Shape, x and y of each mark that may be shown, each group on a level of its own."""
    count = len(figure.groups)
    step = min(28.0, 84.0 / max(count, 1))
    placed = []
    for index, ((_label, mark), value) in enumerate(zip(figure.groups, row.values, strict=True)):
        if isinstance(value, (int, float)):
            level = 50 + (index - (count - 1) / 2) * step
            placed.append((Mark.of(mark), figure.axis.place(value), f"{level:.2f}%"))
    return placed


@dataclass(frozen=True)
class ShareRow:
    """`full` of `total` have finished, `part` more have started; `target` is a share between 0 and 1.

    A `full` that is WITHHELD shows nothing. `words` replaces the "31 of 38" (for an average, say). `mark` is an
    organisation's position, a Mark, or None for no sign at all.
    """

    label: str
    full: int | Withheld
    total: int
    part: int = 0
    target: float | None = None
    mark: int | Mark | None = None
    words: str = ""

    @property
    def withheld(self) -> bool:
        return self.full is WITHHELD

    @property
    def bar(self) -> dict[str, str] | None:
        if not isinstance(self.full, int) or not self.total:
            return None
        return {
            "full": percent(self.full / self.total),
            "part": percent((self.full + self.part) / self.total) if self.part else "",
            "target": percent(self.target) if self.target is not None else "",
            "words": f"{round(100 * self.full / self.total)}%",
        }

    @property
    def shape(self) -> Mark | None:
        return None if self.mark is None else Mark.of(self.mark)


@dataclass(frozen=True)
class ThreeParts:
    """Done, open and late as parts of one slim bar."""

    done: int
    open: int
    late: int

    @property
    def parts(self) -> list[tuple[str, str, str]]:
        """Name, left edge and width of each part that is there."""
        total = self.done + self.open + self.late
        placed, left = [], 0.0
        for name, count in (("full", self.done), ("part", self.open), ("late", self.late)):
            if count:
                placed.append((name, percent(left / total), percent(count / total)))
            left += count
        return placed
