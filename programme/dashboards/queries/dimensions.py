"""The dimensions of a programme over its waves, for each organisation: what the executive's figure shows.

Everything comes from released results; a withheld value stays withheld.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from itertools import groupby
from uuid import UUID

from django.utils.translation import gettext as _

from assessments.presenting.figures import axis_of, change_value, changes_of, chart_value, wave_names
from assessments.results import PROGRAMME, Against, Cut, CutKind, Measure, Score, WaveResults, finding
from programme.dashboards.queries.moves import Moves, is_of_dimensions, moves
from programme.lib.charts import DimensionFigure, DimensionRow, Series
from programme.templatetags.formatting import month_year


@dataclass(frozen=True)
class Dimensions:
    """One questionnaire over its waves; `wave_id` is its latest."""

    figure: DimensionFigure
    headline: str
    title: str
    source: str
    wave_id: UUID
    moves: Moves


def dimensions(released: Sequence[WaveResults], *, zone: str) -> Dimensions | None:
    """The questionnaire whose story is told, from all released results, oldest first; None before the first release."""
    waves = _story(released)
    if not waves:
        return None
    latest = waves[-1]
    against = next((found for found in (Against.BASELINE, Against.PREVIOUS) if found in latest.earlier), None)
    groups = _groups(latest)
    found, moved = finding(latest, against=against), moves(latest, groups, against)
    return Dimensions(
        figure=_figure(waves, groups, against),
        headline=moved.headline(found),
        title=moved.title(found),
        source=_source(latest, groups, zone),
        wave_id=latest.wave_id,
        moves=moved,
    )


def _story(released: Sequence[WaveResults]) -> list[WaveResults]:
    """The waves of one instrument version: of the five dimensions if there are any, else of what was asked most often.

    Strengths belong to people, not to the partnership, so they never stand here.
    """
    told = [results for results in released if results.measures and not results.strengths]
    told.sort(key=lambda results: (results.instrument_key, results.instrument_version))
    stories = [list(waves) for _key, waves in groupby(told, key=lambda w: (w.instrument_key, w.instrument_version))]
    stories = [sorted(waves, key=lambda results: results.closed_at) for waves in stories]
    return max(
        stories,
        key=lambda waves: (is_of_dimensions(waves[-1]), len(waves), waves[-1].closed_at),
        default=[],
    )


def _groups(results: WaveResults) -> Sequence[Cut]:
    """The organisations; everybody together where no organisation may be shown."""
    organisations = results.cuts_of(CutKind.ORGANISATION)
    if any(isinstance(results.score(m.key, cut.key), Score) for cut in organisations for m in results.measures):
        return organisations
    everybody = results.cut(PROGRAMME)
    return [everybody] if everybody else organisations


def _figure(waves: Sequence[WaveResults], groups: Sequence[Cut], against: Against | None) -> DimensionFigure:
    """One change only, the one since the beginning: who wants more opens the results."""
    latest = waves[-1]
    return DimensionFigure(
        caption=_("%(instrument)s by organisation") % {"instrument": latest.instrument_name},
        waves=wave_names(waves),
        rows=[
            DimensionRow(measure.name, [_series(waves, measure, cut, against) for cut in groups])
            for measure in latest.measures
        ],
        change_headings=[heading for which, heading in changes_of(latest) if which is against],
        axis=axis_of(latest),
    )


def _series(waves: Sequence[WaveResults], measure: Measure, cut: Cut, against: Against | None) -> Series:
    score = waves[-1].score(measure.key, cut.key)
    return Series(
        label=cut.label,
        mark=cut.mark,
        history=[chart_value(results.score(measure.key, cut.key)) for results in waves],
        changes=[change_value(waves[-1].movement(measure.key, against, cut.key))] if against else (),
        now_text=score.shown if isinstance(score, Score) else "",
    )


def _source(results: WaveResults, groups: Sequence[Cut], zone: str) -> str:
    """Where the numbers come from: wave, month, how many answered, version; and what is withheld altogether."""
    sentence = {
        "wave": wave_names([results])[0],
        "month": month_year(results.closed_at, zone),
        "answers": _answers_of(results, groups),
        "instrument": results.instrument_name,
        "version": results.instrument_version,
    }
    words = _("%(wave)s, %(month)s: %(answers)s. %(instrument)s, version %(version)s, not yet validated.")
    if results.validated:
        words = _("%(wave)s, %(month)s: %(answers)s. %(instrument)s, version %(version)s.")
    told = words % sentence
    if results.cuts_of(CutKind.ORGANISATION) and groups[0].kind is not CutKind.ORGANISATION:
        told += " " + _("Results by organisation are withheld.")
    return told


def _answers_of(results: WaveResults, groups: Sequence[Cut]) -> str:
    """ "Council 17 answers, NHS trust 18"."""
    counts = [(cut, count) for cut in groups if (count := _answers(results, cut))]
    if not counts:
        return _("numbers of answers withheld")
    if len(groups) == 1:
        return _("%(count)s answers") % {"count": counts[0][1]}
    first, *others = counts
    words = [_("%(group)s %(count)s answers") % {"group": first[0].label, "count": first[1]}]
    return ", ".join(words + [f"{cut.label} {count}" for cut, count in others])


def _answers(results: WaveResults, cut: Cut) -> str:
    """How many answered; a range where people left dimensions out."""
    scores = [results.score(measure.key, cut.key) for measure in results.measures]
    counts = [score.n for score in scores if isinstance(score, Score)]
    if not counts:
        return ""
    low, high = min(counts), max(counts)
    return str(low) if low == high else _("%(low)s to %(high)s") % {"low": low, "high": high}
