"""What a release gives numbers for: the scales of an instrument, or for strengths only the means of its clusters.

Single strengths of a group are never shown as means: people would be read as ranked. For them there is only the number
of people a strength stands out for.
"""

from dataclasses import dataclass
from typing import Any

import numpy as np
from numpy.typing import NDArray

from assessments.definitions import Definition, Item, Kind, Scale

Floats = NDArray[np.float64]


@dataclass(frozen=True)
class Measure:
    """`scales` are columns of the score matrix, averaged for people who have them all; `items` columns of answers."""

    key: str
    name: str
    scale: Scale
    cluster: str
    scales: tuple[int, ...]
    items: tuple[int, ...]
    subtitle: str = ""
    explanation: str = ""

    def entry(self) -> dict[str, Any]:
        """As the document holds it."""
        return {
            "key": self.key,
            "name": self.name,
            "subtitle": self.subtitle,
            "cluster": self.cluster,
            "explanation": self.explanation,
            "minimum": self.scale.minimum,
            "maximum": self.scale.maximum,
            "decimals": self.scale.decimals,
            "bands": [[band.name, band.starts_at] for band in self.scale.bands],
        }


def picks_strengths(definition: Definition) -> bool:
    return definition.significant_count > 0


def measures_of(definition: Definition) -> list[Measure]:
    """In the instrument's order. Scales without items have no answers here and are left out.

    Relationships have none: their numbers stand in the matrix alone.
    """
    if definition.kind is Kind.RELATIONSHIPS:
        return []
    columns = {scale.key: _columns(definition, scale) for scale in definition.scales}
    scales = [(place, scale) for place, scale in enumerate(definition.scales) if columns[scale.key]]
    if picks_strengths(definition):
        return [_cluster(name, scales) for name in definition.clusters if any(s.cluster == name for _p, s in scales)]
    return [
        Measure(
            scale.key, scale.name, scale, scale.cluster, (place,), columns[scale.key], scale.subtitle, scale.explanation
        )
        for place, scale in scales
    ]


def measure_values(measure: Measure, scores: Floats) -> Floats:
    """One number for each person; NaN for those who lack one of its scales."""
    return scores[:, list(measure.scales)].mean(axis=1) if len(scores) else np.zeros(0)


def questions_of(definition: Definition, measures: list[Measure]) -> list[tuple[Item, Measure, int]]:
    """The questions whose answers may be shown, each with its measure and its column; none for strengths."""
    if picks_strengths(definition):
        return []
    return [(definition.rating_items[column], measure, column) for measure in measures for column in measure.items]


def _columns(definition: Definition, scale: Scale) -> tuple[int, ...]:
    return tuple(place for place, item in enumerate(definition.rating_items) if item.scale == scale.key)


def _cluster(name: str, scales: list[tuple[int, Scale]]) -> Measure:
    mine = [(place, scale) for place, scale in scales if scale.cluster == name]
    key = "cluster_" + "_".join(name.lower().split())
    return Measure(key, name, mine[0][1], name, tuple(place for place, _scale in mine), ())
