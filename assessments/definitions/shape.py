"""The parts of an instrument definition. All frozen: a version that has been used can never change."""

from collections.abc import Iterable
from dataclasses import dataclass
from enum import StrEnum
from typing import TypeVar

_Keyed = TypeVar("_Keyed")


class Kind(StrEnum):
    """How the instrument is filled in."""

    QUESTIONNAIRE = "questionnaire"
    RELATIONSHIPS = "relationships"  # the items are asked once for each team of the other organisation
    LICENSED_RESULTS = "licensed_results"  # scales only; results come from a provider, never from answers here


class Licence(StrEnum):
    """What the owner allows."""

    PUBLIC_DOMAIN = "public_domain"
    OPEN = "open"
    PERMISSION_ON_FILE = "permission_on_file"
    LICENSED_RESULTS_ONLY = "licensed_results_only"

    @property
    def permits_online(self) -> bool:
        """May people answer the items in this application?"""
        return self is not Licence.LICENSED_RESULTS_ONLY


class ItemKind(StrEnum):
    RATING = "rating"
    TEXT = "text"


class ScoreMethod(StrEnum):
    MEAN = "mean"
    SUM = "sum"


@dataclass(frozen=True, slots=True)
class Problem:
    """One thing to mend in a definition file. `field` is a path such as `items[3].scale`, counted from 1."""

    line: int
    field: str
    message: str

    def __str__(self) -> str:
        return f"Line {self.line}, {self.field}: {self.message}" if self.field else f"Line {self.line}: {self.message}"


class DefinitionProblems(ValueError):  # noqa: N818 - it carries problems, plural
    """A definition file was refused. `problems` lists everything found, in the order of the file."""

    def __init__(self, problems: Iterable[Problem]) -> None:
        self.problems = sorted(set(problems), key=lambda problem: (problem.line, problem.field, problem.message))
        super().__init__("\n".join(str(problem) for problem in self.problems))


@dataclass(frozen=True, slots=True)
class Option:
    value: int
    label: str


@dataclass(frozen=True, slots=True)
class ResponseScale:
    """The words and values to choose from, lowest value first."""

    key: str
    options: tuple[Option, ...]

    @property
    def minimum(self) -> int:
        return self.options[0].value

    @property
    def maximum(self) -> int:
        return self.options[-1].value


@dataclass(frozen=True, slots=True)
class Item:
    """One question. Without a `response_scale` it uses the first of the definition."""

    key: str
    text: str
    scale: str | None = None
    reverse: bool = False
    optional: bool = False
    response_scale: str | None = None
    kind: ItemKind = ItemKind.RATING


@dataclass(frozen=True, slots=True)
class Band:
    """A named part of a scale: from `starts_at` (included) up to where the next band starts."""

    name: str
    starts_at: float


@dataclass(frozen=True, slots=True)
class Scale:
    """Something the instrument gives a number for.

    `minimum` and `maximum` are the lowest and highest score possible; `minimum_share` the share of its items a person
    must have answered to get a score; `decimals` how many are shown (scores are kept and banded unrounded).
    """

    key: str
    name: str
    subtitle: str = ""
    cluster: str = ""
    explanation: str = ""
    at_best: str = ""
    overdrive: str = ""
    minimum_share: float = 0.75
    bands: tuple[Band, ...] = ()
    score: ScoreMethod = ScoreMethod.MEAN
    minimum: float = 1.0
    maximum: float = 5.0
    decimals: int = 1


@dataclass(frozen=True, slots=True)
class Page:
    """One screen of the questionnaire: items of one theme, by key, in order."""

    title: str
    intro: str
    items: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class ExtraColumn:
    """A further number a licensed result may carry for each scale, for example energy; always optional."""

    key: str
    name: str
    minimum: float
    maximum: float


@dataclass(frozen=True, slots=True)
class Definition:
    """One version of one instrument.

    `significant_count` is how many scales stand out in a profile, 0 where the instrument does not pick any.
    `contact_from` is, for working relationships, the answer to the first item from which on people count as in contact.
    """

    key: str
    version: str
    name: str
    kind: Kind
    owner: str
    licence: Licence
    attribution: str
    online: bool
    validated: bool
    scales: tuple[Scale, ...]
    items: tuple[Item, ...] = ()
    pages: tuple[Page, ...] = ()
    response_scales: tuple[ResponseScale, ...] = ()
    languages: tuple[str, ...] = ("en-GB",)
    introduction: str = ""
    bands_source: str = ""
    trademark_notice: str = ""
    licence_evidence: str = ""
    significant_count: int = 0
    extra_columns: tuple[ExtraColumn, ...] = ()
    contact_from: int = 0

    @property
    def rating_items(self) -> tuple[Item, ...]:
        """The items answered with a number; the columns of an answer matrix, in this order."""
        return tuple(item for item in self.items if item.kind is ItemKind.RATING)

    @property
    def text_items(self) -> tuple[Item, ...]:
        return tuple(item for item in self.items if item.kind is ItemKind.TEXT)

    @property
    def clusters(self) -> tuple[str, ...]:
        """Cluster names in the order they first appear."""
        return tuple(dict.fromkeys(scale.cluster for scale in self.scales if scale.cluster))

    def scale(self, key: str) -> Scale:
        return _named(self.scales, key)

    def item(self, key: str) -> Item:
        return _named(self.items, key)

    def items_of(self, scale_key: str) -> tuple[Item, ...]:
        """The rating items that feed a scale."""
        return tuple(item for item in self.rating_items if item.scale == scale_key)

    def response_scale_for(self, item: Item) -> ResponseScale:
        """The options of a rating item."""
        return _named(self.response_scales, item.response_scale or self.response_scales[0].key)


def _named(things: tuple[_Keyed, ...], key: str) -> _Keyed:
    for thing in things:
        if thing.key == key:
            return thing
    raise KeyError(key)
