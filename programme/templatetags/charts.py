"""Chart tags: what programme.lib.charts places, drawn as tables with small marks (look and rules: docs of the figure)."""

from django import template
from django.utils.translation import gettext_lazy as _

from programme.lib import charts

register = template.Library()

MARK_CLASSES = {
    charts.Mark.CIRCLE: "cg-a",
    charts.Mark.DIAMOND: "cg-b",
    charts.Mark.TRIANGLE: "cg-c",
    charts.Mark.HEXAGON: "cg-d",
    charts.Mark.SQUARE: "cg-t",
}
SPREAD_WORDS = {
    charts.Spread.CLOSE: _("Close together"),
    charts.Spread.MIXED: _("Some difference"),
    charts.Spread.SPLIT: _("Far apart"),
}


@register.filter
def mark_class(mark):
    """The colour class of a shape."""
    return MARK_CLASSES[charts.Mark.of(mark)]


@register.simple_tag
def is_withheld(value):
    return value is charts.WITHHELD


def _drawn(series, axis, waves):
    values = []
    for name, value in zip(waves, series.history, strict=True):
        if value is not None:
            values.append({"wave": name, "value": value, "withheld": value is charts.WITHHELD})
    return {
        "series": series,
        "plot": charts.plot(series, axis),
        "values": values,
        "changes": [(change, change is charts.WITHHELD) for change in series.changes],
    }


def _figure(figure):
    rows = [
        {"row": row, "groups": [_drawn(series, figure.axis, figure.waves) for series in row.groups]}
        for row in figure.rows
    ]
    groups = figure.rows[0].groups if figure.rows else []
    return {"figure": figure, "axis": figure.axis, "rows": rows, "groups": groups, "now": figure.waves[-1]}


@register.inclusion_tag("components/charts/dimension_figure.html")
def dimension_figure(figure):
    """Dimensions by group: baseline, midpoint and latest on one line for each organisation."""
    return _figure(figure)


@register.inclusion_tag("components/charts/team_figure.html")
def team_figure(figure):
    """One group in full: its history, how alike the answers are, and up to two comparisons."""
    return _figure(figure)


@register.inclusion_tag("components/charts/pair_figure.html")
def pair_figure(figure):
    """Groups side by side in one wave."""
    rows = [
        {
            "name": row.name,
            "marks": charts.pair_marks(figure, row),
            "values": [(value, value is charts.WITHHELD) for value in row.values],
            "all_withheld": all(value is charts.WITHHELD for value in row.values),
        }
        for row in figure.rows
    ]
    return {"figure": figure, "axis": figure.axis, "rows": rows}


@register.inclusion_tag("components/charts/share_bars.html")
def share_bars(rows, caption, head="", number_head="", track=False):
    """A bar for each ShareRow with a tick at its target. track=True: the wider layout of the response tracker."""
    return {"rows": rows, "caption": caption, "head": head, "number_head": number_head, "track": track}


@register.inclusion_tag("components/charts/three_parts.html")
def three_parts(done, open, late):  # noqa: A002 - the state's name
    """Counts of done, open and overdue with their slim bar."""
    return {"parts": charts.ThreeParts(done, open, late), "done": done, "open": open, "late": late}


@register.inclusion_tag("components/charts/timeline.html")
def timeline(line):
    """Lanes with session capsules, phases, questionnaires and today; on phones the same as a list."""
    lanes = [
        {
            "label": lane.label,
            "summary": charts.lane_summary(lane, line.today),
            "marks": [
                (mark, line.place(mark.at))
                for mark in sorted(lane.marks, key=lambda mark: mark.at)
                if line.holds(mark.at)
            ],
        }
        for lane in line.lanes
    ]
    return {"line": line, "lanes": lanes}


@register.inclusion_tag("components/charts/timeline_key.html")
def timeline_key():
    """What the capsules mean; goes beside the card's title."""
    return {}


@register.inclusion_tag("components/charts/spread.html")
def spread(value):
    """Five dots and the words for them."""
    if value is None or value is charts.WITHHELD:
        return {"withheld": value is charts.WITHHELD}
    value = charts.Spread(value)
    return {"dots": value.dots, "words": SPREAD_WORDS[value]}
