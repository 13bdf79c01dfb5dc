"""From answers to scores. Pure arithmetic: no database, no clock.

Scores are kept unrounded; rounding is for showing only, and bands are decided before it.
"""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass

import numpy as np
from numpy.typing import ArrayLike, NDArray

from assessments.definitions import Band, Definition, Scale, ScoreMethod

TIE_TOLERANCE = 1e-9  # means of the same answers in another order can differ in the last bit


@dataclass(frozen=True, slots=True)
class StandingOut:
    """The scales that stand out in one profile, A–Z by name and never ranked.

    `keys`: those surely among the highest. `tied`: those sharing the score at the edge where there are more of them
    than places left; none is preferred, so show them as equally close.
    """

    keys: tuple[str, ...]
    tied: tuple[str, ...]


def score_matrix(definition: Definition, values: ArrayLike) -> NDArray[np.float64]:
    """Scale scores of many people at once.

    `values` is people × rating items in the order of `definition.rating_items`, raw as answered, NaN where not
    answered. The answer is people × scales in the order of `definition.scales`, unrounded, NaN where a person answered
    less than the scale's minimum share of items or the scale has no items.
    Reversed items count as maximum + minimum − answer. A sum is the person's mean of the answered items × number of
    items (person-mean imputation), so a few gaps do not pull it down.
    Raises ValueError for a wrong number of columns or a value outside the item's options.
    """
    answers = np.asarray(values, dtype=float)
    items = definition.rating_items
    if answers.ndim != 2 or answers.shape[1] != len(items):
        raise ValueError(f"Expected people × {len(items)} items, got {answers.shape}.")
    if not items:
        return np.full((len(answers), len(definition.scales)), np.nan)
    ends = [definition.response_scale_for(item) for item in items]
    low, high = np.array([end.minimum for end in ends]), np.array([end.maximum for end in ends])
    if np.any((answers < low) | (answers > high)):
        raise ValueError("An answer lies outside the options of its item.")
    reverse = np.array([item.reverse for item in items])
    keyed = np.where(reverse, low + high - answers, answers)
    return np.column_stack([_scale_column(definition, scale, keyed) for scale in definition.scales])


def scale_scores(definition: Definition, answers: Mapping[str, int | None]) -> dict[str, float | None]:
    """Scale scores of one person from answers by item key; None where too few were answered.

    Keys that are no rating item (text prompts, say) are ignored.
    """
    row = [answers.get(item.key) for item in definition.rating_items]
    values = np.array([[np.nan if answer is None else float(answer) for answer in row]]).reshape(1, len(row))
    scores = score_matrix(definition, values)[0]
    return {
        scale.key: None if np.isnan(score) else float(score)
        for scale, score in zip(definition.scales, scores, strict=True)
    }


def band(scale: Scale, value: float | None) -> Band | None:
    """The band an unrounded score falls in: 3.999 is still below a band that starts at 4.

    None without a value, without bands, or below the first band. A value within a billionth of a start counts as
    having reached it, so that a mean of 3 stored as 2.9999999999999996 is not called lower than it is.
    """
    if value is None or np.isnan(value):
        return None
    reached = [known for known in scale.bands if value >= known.starts_at - TIE_TOLERANCE]
    return reached[-1] if reached else None


def standing_out(definition: Definition, scores: Mapping[str, float | None], count: int | None = None) -> StandingOut:
    """Which scales stand out for one person: the `count` highest (default: the definition's own), ties handled.

    With fewer scored scales than `count`, all of them stand out.
    """
    places = definition.significant_count if count is None else count
    scored = {key: score for key, score in scores.items() if score is not None}
    if places <= 0 or not scored:
        return StandingOut((), ())
    edge = sorted(scored.values(), reverse=True)[:places][-1]
    above = [key for key, score in scored.items() if score > edge + TIE_TOLERANCE]
    level = [key for key, score in scored.items() if abs(score - edge) <= TIE_TOLERANCE]
    if len(above) + len(level) <= places:
        return StandingOut(_by_name(definition, above + level), ())
    return StandingOut(_by_name(definition, above), _by_name(definition, level))


def _scale_column(definition: Definition, scale: Scale, keyed: NDArray[np.float64]) -> NDArray[np.float64]:
    columns = [position for position, item in enumerate(definition.rating_items) if item.scale == scale.key]
    if not columns:
        return np.full(len(keyed), np.nan)
    mine = keyed[:, columns]
    answered = np.count_nonzero(~np.isnan(mine), axis=1)
    enough = (answered >= scale.minimum_share * len(columns) - TIE_TOLERANCE) & (answered > 0)
    mean = np.divide(np.nansum(mine, axis=1), answered, out=np.full(len(mine), np.nan), where=enough)
    return mean * len(columns) if scale.score is ScoreMethod.SUM else mean


def _by_name(definition: Definition, keys: Iterable[str]) -> tuple[str, ...]:
    return tuple(sorted(keys, key=lambda key: definition.scale(key).name.casefold()))
