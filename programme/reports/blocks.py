"""What a report is made of. A compiled report is a list of these as JSON; the page and the PDF are drawn from it alone.

Text is final: rounded, translated, in words. A withheld value is the word `WITHHELD` and nothing else.
"""

from dataclasses import asdict, dataclass, field
from typing import Any, ClassVar

WITHHELD = "withheld"


@dataclass(frozen=True)
class Block:
    kind: ClassVar[str] = ""

    def entry(self) -> dict[str, Any]:
        return {"kind": self.kind, **asdict(self)}


@dataclass(frozen=True)
class Text(Block):
    """Paragraphs under a heading; without a title they simply go on."""

    kind = "text"
    title: str
    paragraphs: list[str]


@dataclass(frozen=True)
class Listing(Block):
    """Things in a row, numbered where people will refer to them."""

    kind = "list"
    title: str
    items: list[str]
    ordered: bool = False


@dataclass(frozen=True)
class KeyFigure:
    number: str
    words: str


@dataclass(frozen=True)
class KeyFigures(Block):
    """Up to four numbers that are worth being large."""

    kind = "figures"
    items: list[KeyFigure]


@dataclass(frozen=True)
class Group:
    """One group's history on one dimension, oldest first: numbers, None where it did not take part, or WITHHELD.

    `now` is the latest value as it is shown, `alt` the whole history in words. `changes` are values of `Change`.
    `half`: between which values the middle half of the answers lies, where that may be told.
    """

    label: str
    mark: str
    history: list[float | str | None]
    now: str
    alt: str
    changes: list[str | None]
    spread: str = ""
    half: list[float] | None = None


@dataclass(frozen=True)
class DimensionLine:
    name: str
    subtitle: str
    groups: list[Group]


@dataclass(frozen=True)
class AxisSpec:
    minimum: float
    maximum: float
    bands: list[dict[str, Any]]


@dataclass(frozen=True)
class Dimensions(Block):
    """The dimension figure. `single` has one group only and says how alike its answers are (`spread_heading`)."""

    kind = "dimensions"
    title: str
    waves: list[str]
    rows: list[DimensionLine]
    axis: AxisSpec
    change_headings: list[str]
    key: list[dict[str, str]]
    trail: str
    source: str
    words: dict[str, str]
    single: bool = False
    spread_heading: str = ""


@dataclass(frozen=True)
class Table(Block):
    """A plain table. `numeric`: the columns that hold numbers. A cell may be WITHHELD."""

    kind = "table"
    title: str
    head: list[str]
    rows: list[list[str]]
    numeric: list[int]
    withheld_words: str
    source: str = ""


@dataclass(frozen=True)
class Story(Block):
    """The programme's timeline: calendar dates in ISO form, and places between 0 and 1."""

    kind = "timeline"
    title: str
    caption: str
    start: str
    end: str
    today: str
    today_at: float | None
    today_words: str
    ticks: list[dict[str, Any]]
    phases: list[dict[str, Any]]
    lanes: list[dict[str, Any]]
    waves: list[dict[str, Any]]
    key: list[dict[str, str]]
    alt: str


@dataclass(frozen=True)
class Meaning:
    word: str
    meaning: str


@dataclass(frozen=True)
class Words(Block):
    """What the words of the report mean."""

    kind = "words"
    title: str
    items: list[Meaning]


@dataclass(frozen=True)
class Document:
    """A whole report. `notice` says that answers are generated, where they are."""

    title: str
    running: str
    eyebrow: str
    heading: str
    lead: list[str]
    notice: str
    foot: str
    blocks: list[Block] = field(default_factory=list)

    def entry(self) -> dict[str, Any]:
        return {**vars(self), "blocks": [block.entry() for block in self.blocks]}
