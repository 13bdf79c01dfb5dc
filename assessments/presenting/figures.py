"""Released results as the figures of the chart grammar: what pages, dashboards and reports draw."""

from collections.abc import Sequence

from django.utils.translation import gettext as _

from assessments.enums import WavePoint
from assessments.results import (
    PROGRAMME,
    WITHHELD,
    Against,
    Cut,
    CutKind,
    Measure,
    Movement,
    Score,
    WaveResults,
    Withheld,
)
from programme.lib.charts import (
    Axis,
    Change,
    DimensionFigure,
    DimensionRow,
    PairFigure,
    PairRow,
    Series,
    Value,
)
from programme.lib.charts import Band as AxisBand


def history_of(results: WaveResults, released: Sequence[WaveResults]) -> list[WaveResults]:
    """The waves a figure of `results` may join by a line: same instrument version, up to and including itself."""
    same = [
        other
        for other in released
        if (other.instrument_key, other.instrument_version) == (results.instrument_key, results.instrument_version)
    ]
    return [other for other in same if other.closed_at <= results.closed_at and other.wave_id != results.wave_id] + [
        results
    ]


def wave_names(history: Sequence[WaveResults]) -> list[str]:
    """ "Baseline", "Midpoint", "End" where each stands once, else the titles."""
    points = [results.point for results in history]
    return [
        str(WavePoint(results.point).label)
        if results.point != WavePoint.OTHER and points.count(results.point) == 1
        else results.title
        for results in history
    ]  # fmt: skip


def changes_of(results: WaveResults) -> list[tuple[Against, str]]:
    """What the figure compares with, and its heading: "Since midpoint"."""
    points = [earlier.point for earlier in results.earlier.values()]
    headings = []
    for against, earlier in results.earlier.items():
        named = earlier.point != WavePoint.OTHER and points.count(earlier.point) == 1
        name = str(WavePoint(earlier.point).label).lower() if named else f"“{earlier.title}”"
        headings.append((against, _("Since %(wave)s") % {"wave": name}))
    return headings


def group_figure(
    history: Sequence[WaveResults], cut: Cut, measures: Sequence[Measure] | None = None
) -> DimensionFigure:
    """One group in full: its waves, how alike the answers are, and what changed. The last of `history` is current."""
    results = history[-1]
    return DimensionFigure(
        caption=_("%(group)s: results of “%(wave)s” with spread and change")
        % {"group": cut.label, "wave": results.title},
        waves=wave_names(history),
        change_headings=[heading for _against, heading in changes_of(results)],
        rows=[
            DimensionRow(measure.name, [_series(history, cut, measure, mark=None)], measure.subtitle)
            for measure in (results.measures if measures is None else measures)
        ],
        axis=axis_of(results),
    )


def groups_beside(cut: Cut, allowed: Sequence[Cut]) -> list[Cut]:
    """The organisations of the programme, or of one team, as far as a reader may see them; none unless two."""
    if cut.kind not in (CutKind.PROGRAMME, CutKind.TEAM):
        return []
    kind = CutKind.ORGANISATION if cut.key == PROGRAMME else CutKind.ORGANISATION_TEAM
    groups = [other for other in allowed if other.kind is kind and cut.team_id in (None, other.team_id)]
    return groups if len(groups) > 1 else []


def side_by_side(results: WaveResults, cut: Cut, allowed: Sequence[Cut]) -> PairFigure | None:
    """`groups_beside` in this wave."""
    groups = groups_beside(cut, allowed)
    if not groups:
        return None
    return PairFigure(
        caption=_("%(group)s: results of “%(wave)s” by organisation") % {"group": cut.label, "wave": results.title},
        groups=[(_organisation_label(results, group), group.mark) for group in groups],
        rows=[
            PairRow(measure.name, [chart_value(results.score(measure.key, group.key)) for group in groups])
            for measure in results.measures
        ],
        axis=axis_of(results),
    )


def axis_of(results: WaveResults) -> Axis:
    """One axis for all: the measures of an instrument share their ends."""
    first = results.measures[0]
    return Axis(first.minimum, first.maximum, tuple(AxisBand(band.name, band.starts_at) for band in first.bands))


def chart_value(score: Score | Withheld | None) -> Value:
    return score.value if isinstance(score, Score) else score


def change_value(movement: Movement | Withheld | None) -> Change | Withheld | None:
    return movement.words if isinstance(movement, Movement) else movement


def _series(history: Sequence[WaveResults], cut: Cut, measure: Measure, *, mark: int | None) -> Series:
    results = history[-1]
    score = results.score(measure.key, cut.key)
    half = score.middle_half if isinstance(score, Score) else None
    return Series(
        label=cut.label,
        mark=mark,
        history=[chart_value(wave.score(measure.key, cut.key)) for wave in history],
        changes=[
            change_value(results.movement(measure.key, against, cut.key)) for against, _heading in changes_of(results)
        ],
        now_text=score.shown if isinstance(score, Score) else "",
        spread=score.spread if isinstance(score, Score) else WITHHELD,
        middle_half=half if isinstance(half, tuple) else None,
    )


def _organisation_label(results: WaveResults, cut: Cut) -> str:
    whole = [other for other in results.cuts_of(CutKind.ORGANISATION) if other.organisation_id == cut.organisation_id]
    return whole[0].label if whole else cut.label
