"""Where marks stand in a chart: numbers in, percentages and words out. Knows no Django, no database, no colour.

A chart of ours is a table whose cells hold small drawings placed by percentage (templates/components/charts/). The
dataclasses here say what a chart shows; the functions say where it stands. A withheld value is `WITHHELD` and holds
no number, so nothing can be drawn or read out for it. Percentages are strings such as "72.50%", ready for SVG and
independent of the reader's language.
"""

from programme.lib.charts.figures import (
    WITHHELD,
    Axis,
    Band,
    Change,
    DimensionFigure,
    DimensionRow,
    Mark,
    PairFigure,
    PairRow,
    PlacedMark,
    Plot,
    Series,
    ShareRow,
    Spread,
    ThreeParts,
    Value,
    Withheld,
    pair_marks,
    percent,
    plot,
)
from programme.lib.charts.timeline import Lane, Mode, Phase, SessionMark, Timeline, WaveMark, lane_summary

__all__ = [
    "Axis",
    "Band",
    "Change",
    "DimensionFigure",
    "DimensionRow",
    "Lane",
    "Mark",
    "Mode",
    "PairFigure",
    "PairRow",
    "Phase",
    "PlacedMark",
    "Plot",
    "Series",
    "SessionMark",
    "ShareRow",
    "Spread",
    "ThreeParts",
    "Timeline",
    "Value",
    "WITHHELD",
    "WaveMark",
    "Withheld",
    "lane_summary",
    "pair_marks",
    "percent",
    "plot",
]
