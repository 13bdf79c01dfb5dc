"""A compiled report as parts of a page: each block with its template, charts as the chart tags take them."""

from datetime import date
from typing import Any

from programme.lib.charts import (
    WITHHELD,
    Axis,
    Band,
    Change,
    DimensionFigure,
    DimensionRow,
    Lane,
    Mark,
    Mode,
    Phase,
    Series,
    SessionMark,
    Spread,
    Timeline,
    WaveMark,
)
from programme.reports import blocks


def page_parts(document: dict[str, Any]) -> list[dict[str, Any]]:
    """One entry a block: `template`, the `block` itself, and `chart` where it is drawn as one."""
    charts = {blocks.Dimensions.kind: _figure, blocks.Story.kind: _timeline, blocks.Table.kind: _cells}
    return [
        {
            "template": f"reports/blocks/{block['kind']}.html",
            "id": f"part-{number}",
            "block": block,
            "chart": charts[block["kind"]](block) if block["kind"] in charts else None,
        }
        for number, block in enumerate(document["blocks"], start=1)
    ]


def _figure(block: dict[str, Any]) -> DimensionFigure:
    axis = block["axis"]
    return DimensionFigure(
        caption=block["title"],
        waves=block["waves"],
        rows=[
            # Side by side there is no room for a second line.
            DimensionRow(
                row["name"], [_series(group) for group in row["groups"]], row["subtitle"] if block["single"] else ""
            )
            for row in block["rows"]
        ],
        change_headings=block["change_headings"],
        axis=Axis(axis["minimum"], axis["maximum"], tuple(Band(band["name"], band["start"]) for band in axis["bands"])),
    )


def _series(group: dict[str, Any]) -> Series:
    spread = group["spread"]
    return Series(
        label=group["label"],
        mark=Mark(group["mark"]),
        history=[_hidden(value) for value in group["history"]],
        changes=[Change(change) if _is_shown(change) else _hidden(change) for change in group["changes"]],
        now_text="" if group["now"] == blocks.WITHHELD else group["now"],
        middle_half=tuple(group["half"]) if group["half"] else None,
        spread=Spread(spread) if _is_shown(spread) else _hidden(spread) or None,
    )


def _is_shown(value: Any) -> bool:
    return bool(value) and value != blocks.WITHHELD


def _hidden(value: Any) -> Any:
    return WITHHELD if value == blocks.WITHHELD else value


def _cells(block: dict[str, Any]) -> list[list[dict[str, Any]]]:
    """Rows of cells that know whether they are a number and whether they are withheld."""
    return [
        [
            {"words": cell, "withheld": cell == blocks.WITHHELD, "numeric": place in block["numeric"]}
            for place, cell in enumerate(row)
        ]
        for row in block["rows"]
    ]


def _timeline(block: dict[str, Any]) -> Timeline:
    day = date.fromisoformat
    return Timeline(
        caption=block["caption"],
        start=day(block["start"]),
        end=day(block["end"]),
        today=day(block["today"]),
        phases=[Phase(phase["label"], day(phase["start"]), day(phase["end"])) for phase in block["phases"]],
        lanes=[
            Lane(lane["label"], [SessionMark(day(m["at"]), Mode(m["mode"]), m["title"]) for m in lane["marks"]])
            for lane in block["lanes"]
        ],
        waves=[WaveMark(wave["label"], day(wave["start"]), day(wave["end"])) for wave in block["waves"]],
    )
