"""What stands above a figure: its finding in a few words, from shown values only."""

from collections.abc import Sequence

from django.utils.translation import gettext as _

from assessments.releasing.cells import CLEAR
from assessments.results import Cut, Measure, Movement, Score, WaveResults
from programme.lib.charts import Change

UP = (Change.UP, Change.CLEARLY_UP)
DOWN = (Change.DOWN, Change.CLEARLY_DOWN)


def figure_title(results: WaveResults, cut: Cut) -> str:
    """How many parts rose and fell since the wave named first; without one, just whose figure it is."""
    for against, earlier in results.earlier.items():
        movements = [results.movement(measure.key, against, cut.key) for measure in results.measures]
        words = [movement.words for movement in movements if isinstance(movement, Movement)]
        if words:
            counts = {
                "up": sum(word in UP for word in words),
                "down": sum(word in DOWN for word in words),
                "same": sum(word is Change.SAME for word in words),
                "wave": earlier.title,
            }
            return _("Since “%(wave)s”: %(up)s up, %(down)s down, %(same)s about the same") % counts
    return _("%(group)s, part by part") % {"group": cut.label}


def pair_title(results: WaveResults, groups: Sequence[Cut]) -> str:
    """Whether groups see it alike, or on what they differ most."""
    gaps = {
        measure: gap for measure in results.measures if (gap := _gap(results, measure, groups)) is not None
    }  # fmt: skip
    if not gaps:
        return _("The organisations side by side")
    widest = max(gaps, key=lambda measure: gaps[measure])
    if gaps[widest] < CLEAR * (widest.maximum - widest.minimum):
        return _("The organisations see it much alike")
    return _("The organisations differ most on %(name)s") % {"name": widest.name[:1].lower() + widest.name[1:]}


def _gap(results: WaveResults, measure: Measure, groups: Sequence[Cut]) -> float | None:
    values = [
        score.value for group in groups if isinstance(score := results.score(measure.key, group.key), Score)
    ]  # fmt: skip
    return max(values) - min(values) if len(values) > 1 and len(values) == len(groups) else None
