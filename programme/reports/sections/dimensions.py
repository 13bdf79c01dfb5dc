"""Scores of released waves as figures and tables. Reads results through their only door."""

from collections.abc import Sequence
from itertools import groupby

from django.utils.translation import gettext as _

from assessments.results import PROGRAMME, Against, Bound, Cut, CutKind, Measure, Movement, Score, WaveResults
from programme.lib.charts import WITHHELD as HIDDEN
from programme.lib.charts import Mark
from programme.reports.blocks import WITHHELD, AxisSpec, Block, DimensionLine, Dimensions, Group, Table
from programme.reports.sections.words import change_words, listed, wave_names, withheld_word

# A clear change is an eighth of the scale's length (assessments/releasing/cells.py): half a point on 1 to 5.
CLEAR = 1 / 8


def organisation_figures(trend: Sequence[WaveResults], *, title: str) -> list[Block]:
    """Both organisations over all waves of one instrument version, one figure for each kind of axis."""
    latest = trend[-1]
    cuts = latest.cuts_of(CutKind.ORGANISATION) or (latest.cut(PROGRAMME),)
    against = [which for which in (Against.BASELINE, Against.PREVIOUS) if which in latest.earlier][:1]
    return [_figure(trend, measures, cuts, against, title=title) for measures in _by_axis(latest.measures)]


def whole_figures(trend: Sequence[WaveResults], *, title: str) -> list[Block]:
    """Everybody together: how alike the answers are, and the change since the wave before and the first one."""
    latest = trend[-1]
    against = [which for which in (Against.PREVIOUS, Against.BASELINE) if which in latest.earlier]
    if len(against) == 2 and latest.earlier[against[0]].wave_id == latest.earlier[against[1]].wave_id:
        against = [Against.BASELINE]
    cuts = (latest.cut(PROGRAMME),)
    return [_figure(trend, measures, cuts, against, title=title, single=True) for measures in _by_axis(latest.measures)]


def numbers_table(trend: Sequence[WaveResults], *, title: str) -> Table:
    """The numbers behind the organisations' figure, and every change in words."""
    latest = trend[-1]
    cuts = latest.cuts_of(CutKind.ORGANISATION) or (latest.cut(PROGRAMME),)
    against = _distinct_comparisons(latest)
    rows = []
    for measure in latest.measures:
        for cut in cuts:
            values = [_shown(wave.score(measure.key, cut.key)) for wave in trend]
            changes = [_change_in_words(latest, measure, which, cut) for which in against]
            rows.append([measure.name, cut.label, *values, *changes])
    head = [_("Dimension"), _("Group"), *wave_names(trend), *(_since(latest, which) for which in against)]
    return Table(title, head, rows, list(range(2, 2 + len(trend))), withheld_word())


def groups_table(results: WaveResults, kind: CutKind, *, title: str) -> list[Block]:
    """One column for each team, or organisation in a team; nothing where there is only one, or none can be shown."""
    cuts = results.cuts_of(kind)
    if len(cuts) < 2 or all(answered(results, cut.key) is None for cut in cuts):
        return []
    rows = [
        [measure.name, *(_shown(results.score(measure.key, cut.key)) for cut in cuts)] for measure in results.measures
    ]
    head = [_("Dimension"), *(cut.label for cut in cuts)]
    return [Table(title, head, rows, list(range(1, len(head))), withheld_word(), _answers_by_group(results, cuts))]


def answered(results: WaveResults, cut: str = PROGRAMME) -> int | None:
    """How many people a group's scores rest on; None where nothing of it is shown."""
    scores = [results.score(measure.key, cut) for measure in results.measures]
    return max((score.n for score in scores if isinstance(score, Score)), default=None)


def source_words(results: WaveResults, cuts: Sequence[Cut], against: Sequence[Against]) -> str:
    """Where the numbers come from, how many people stand behind them, and what the words rest on."""
    measure = results.measures[0]
    scale = {"low": f"{measure.minimum:g}", "high": f"{measure.maximum:g}"}
    parts = [_("Mean answers on a scale of %(low)s to %(high)s.") % scale, _answers_by_group(results, cuts)]
    if against:
        rise = {"size": f"{(measure.maximum - measure.minimum) * CLEAR:g}"}
        parts.append(
            (_("“Clearly up” is a rise of %(size)s or more.") % rise) + _who_is_compared(results, cuts, against)
        )
    version = {"name": results.instrument_name, "version": results.instrument_version}
    validated = (
        _("%(name)s, version %(version)s.")
        if results.validated
        else _("%(name)s, version %(version)s (not yet validated).")
    )
    parts += [validated % version, _("Groups under %(least)s are withheld.") % {"least": results.threshold}]
    return " ".join(filter(None, parts))


def _figure(
    trend: Sequence[WaveResults],
    measures: Sequence[Measure],
    cuts: Sequence[Cut],
    against: Sequence[Against],
    *,
    title: str,
    single: bool = False,
) -> Dimensions:
    latest, names = trend[-1], wave_names(trend)
    first = measures[0]
    return Dimensions(
        title=title,
        waves=names,
        rows=[
            DimensionLine(m.name, m.subtitle, [_group(trend, names, m, cut, against, single=single) for cut in cuts])
            for m in measures
        ],
        axis=AxisSpec(first.minimum, first.maximum, [{"name": b.name, "start": b.starts_at} for b in first.bands]),
        change_headings=[_since(latest, which) for which in against],
        key=[] if single else [{"label": cut.label, "mark": Mark.of(cut.mark).value} for cut in cuts],
        trail=_trail(names, single=single),
        source=source_words(latest, cuts, against),
        words=change_words(),
        single=single,
        spread_heading=_("How alike the answers are") if single else "",
    )


def _group(
    trend: Sequence[WaveResults],
    names: Sequence[str],
    measure: Measure,
    cut: Cut,
    against: Sequence[Against],
    *,
    single: bool,
) -> Group:
    latest = trend[-1]
    scores = [wave.score(measure.key, cut.key) for wave in trend]
    told = [f"{name} {_shown(score)}" for name, score in zip(names, scores, strict=True) if score is not None]
    return Group(
        label=cut.label,
        mark=Mark.of(cut.mark).value,
        history=[_value(score) for score in scores],
        now=_shown(scores[-1]),
        alt=f"{measure.name}, {cut.label}: {', '.join(told)}",
        changes=[_change(latest, measure, which, cut) for which in against],
        spread=_spread(scores[-1]) if single else "",
        half=_middle_half(scores[-1]) if single else None,
    )


def _value(score: object) -> float | str | None:
    if isinstance(score, Score):
        return score.value
    return WITHHELD if score is HIDDEN else None


def _shown(score: object) -> str:
    if isinstance(score, Score):
        return score.shown
    return WITHHELD if score is HIDDEN else "–"


def _spread(score: object) -> str:
    spread = score.spread if isinstance(score, Score) else HIDDEN
    return WITHHELD if spread is HIDDEN else spread.value if spread else ""


def _middle_half(score: object) -> list[float] | None:
    half = score.middle_half if isinstance(score, Score) else None
    return list(half) if isinstance(half, tuple) else None


def _change(results: WaveResults, measure: Measure, against: Against, cut: Cut) -> str | None:
    movement = results.movement(measure.key, against, cut.key)
    if isinstance(movement, Movement):
        return movement.words.value
    return WITHHELD if movement is HIDDEN else None


def _change_in_words(results: WaveResults, measure: Measure, against: Against, cut: Cut) -> str:
    change = _change(results, measure, against, cut)
    return WITHHELD if change == WITHHELD else change_words()[change or "none"]


def _distinct_comparisons(results: WaveResults) -> list[Against]:
    seen: dict[object, Against] = {}
    for which in (Against.BASELINE, Against.PREVIOUS):
        if which in results.earlier:
            seen.setdefault(results.earlier[which].wave_id, which)
    return list(seen.values())[::-1]


def _since(results: WaveResults, against: Against) -> str:
    if against is Against.BASELINE:
        return _("Since baseline")
    return _("Since the wave before")


def _trail(names: Sequence[str], *, single: bool) -> str:
    """What the marks mean."""
    marks = []
    if len(names) > 1:
        marks.append(_("hollow mark: %(wave)s") % {"wave": names[0]})
        if len(names) > 2:
            marks.append(_("dot: %(waves)s") % {"waves": listed(names[1:-1])})
        marks.append(_("full mark: %(wave)s") % {"wave": names[-1]})
    if single:
        marks.append(_("soft bar: middle half of the answers"))
    words = "; ".join(marks)
    return f"{words[:1].upper()}{words[1:]}." if words else ""


def _answers_by_group(results: WaveResults, cuts: Sequence[Cut]) -> str:
    counts = [(cut.label, answered(results, cut.key)) for cut in cuts]
    told = [_("%(group)s %(count)s") % {"group": label, "count": n} for label, n in counts if n is not None]
    return _("Answers: %(groups)s.") % {"groups": listed(told)} if told else ""


def _who_is_compared(results: WaveResults, cuts: Sequence[Cut], against: Sequence[Against]) -> str:
    movements = [
        results.movement(measure.key, which, cut.key)
        for measure in results.measures
        for which in against
        for cut in cuts
    ]
    shown = [movement for movement in movements if isinstance(movement, Movement)]
    if not shown:
        return ""
    if all(movement.same_people for movement in shown):
        return " " + _("Changes are those of the people who answered both times.")
    if not any(movement.same_people for movement in shown):
        return " " + _("Changes compare everybody who answered then with everybody who answers now.")
    return " " + _("Where it is safe, changes are those of the people who answered both times.")


def _by_axis(measures: Sequence[Measure]) -> list[list[Measure]]:
    """Measures that share ends and bands may share a figure."""
    return [
        list(group)
        for _axis, group in groupby(measures, key=lambda measure: (measure.minimum, measure.maximum, measure.bands))
    ]


def has_limits(results: WaveResults) -> bool:
    """Whether any shown mean is only a limit, which the report then explains."""
    return any(
        isinstance(score, Score) and score.bound is not Bound.EXACT
        for cut in results.cuts
        for score in (results.score(measure.key, cut.key) for measure in results.measures)
    )
