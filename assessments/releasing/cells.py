"""What stands in one cell of a release, and with how much precision.

Bands, and the words for spread and change, are decided on unrounded numbers. The document then keeps numbers only as
they are shown, rounded to the scale's decimals: whatever reads it later cannot tell anybody more than the page does.
"""

from typing import Any

import numpy as np
from numpy.typing import NDArray

from assessments.definitions import Scale
from assessments.disclosure import SMALL_GROUP, Bound, ShownMean, shown_mean
from assessments.releasing.auditing import mean_as_shown
from assessments.scoring import band
from assessments.statistics import average_deviation, views_in_words
from programme.lib.charts import Change

Floats = NDArray[np.float64]

# A change is "a little" from a twentieth of the scale's length and "clearly" from an eighth: 0.2 and 0.5 on 1 to 5.
LITTLE = 1 / 20
CLEAR = 1 / 8


def score_cell(values: Floats, shown: ShownMean, scale: Scale) -> dict[str, Any]:
    """Near an end, where only a limit is shown, the band is that of the limit."""
    reached = band(scale, float(np.mean(values)) if shown.bound is Bound.EXACT else shown.value)
    return {
        "n": len(values),
        "value": shown.value,
        "bound": shown.bound.value,
        "band": reached.name if reached else "",
    }


def detail_cells(values: Floats, answers: Floats, options: int, decimals: int) -> dict[str, Any]:
    """How alike the answers are, in a word, and between which numbers the middle half of the people lies."""
    views = views_in_words(average_deviation(answers), options)
    lower, upper = np.percentile(values, [25, 75])
    return {
        "spread": views.value if views else None,
        "half": [round(float(lower), decimals), round(float(upper), decimals)],
    }


def change_words(difference: float, scale: Scale) -> Change:
    length = scale.maximum - scale.minimum
    return Change.of(difference, little=LITTLE * length, clear=CLEAR * length)


def paired_cell(before: Floats, after: Floats, scale: Scale, *, now: int, then: int | None) -> dict[str, Any]:
    """Change of the same people. `now` and `then` are the numbers shown beside it, which tell who joined and left.

    Of fewer than ten people, means near an end of the scale enter as the limit that may be shown.
    """
    n = len(after)
    first, second = float(np.mean(before)), float(np.mean(after))
    if n < SMALL_GROUP:
        first, second = (shown_mean(mean, n, scale.minimum, scale.maximum).value for mean in (first, second))
    return {
        "words": change_words(second - first, scale).value,
        "difference": _rounded(second - first, scale.decimals),
        "same_people": True,
        "n": n,
        "joined": now - n,
        "left": None if then is None else then - n,
    }


def overall_cell(before: dict[str, Any] | None, after: dict[str, Any] | None, scale: Scale) -> dict[str, Any] | None:
    """Change between two shown numbers, from nothing but them; withheld where either is."""
    if before is None or after is None:
        return None
    difference = _rounded(after["value"] - before["value"], scale.decimals)
    return {"words": change_words(difference, scale).value, "difference": difference, "same_people": False}


def question_cell(answers: Floats, values: list[int], decimals: int) -> dict[str, Any]:
    """Mean as answered and the number of people for each option; withheld where all chose the same."""
    shown = mean_as_shown(answers, min(values), max(values), decimals)
    counts = [int(np.count_nonzero(answers == value)) for value in values]
    return {
        "n": len(answers),
        "value": shown.value,
        "bound": shown.bound.value,
        "counts": None if max(counts) == len(answers) else counts,
    }


def _rounded(difference: float, decimals: int) -> float:
    """Without the minus of a negative zero, which databases do not keep."""
    return round(difference, decimals) + 0.0
