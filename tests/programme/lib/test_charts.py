"""Where marks stand, and that a withheld value leaves no trace."""

import datetime

import pytest
from hypothesis import given
from hypothesis import strategies as st

from programme.lib.charts import (
    WITHHELD,
    Axis,
    Band,
    Change,
    Lane,
    Mark,
    Mode,
    PairFigure,
    PairRow,
    Phase,
    Series,
    SessionMark,
    ShareRow,
    Spread,
    ThreeParts,
    Timeline,
    WaveMark,
    lane_summary,
    pair_marks,
    plot,
)


def number(place):
    return float(place.removesuffix("%"))


@pytest.mark.parametrize(("score", "place"), [(1, "0.00%"), (3, "50.00%"), (3.9, "72.50%"), (5, "100.00%")])
def test_score_is_placed_on_one_to_five(score, place):
    assert Axis().place(score) == place


def test_score_beyond_the_axis_stays_inside_the_picture():
    assert [Axis().place(0), Axis().place(7)] == ["0.00%", "100.00%"]


def test_other_axis_places_by_its_own_ends():
    axis = Axis(3, 9, (Band("Low", 3), Band("Middle", 6), Band("High", 8)))

    assert axis.place(6) == "50.00%"
    assert [(band["name"], band["x"], band["width"]) for band in axis.stretches] == [
        ("Low", "0.00%", "50.00%"),
        ("Middle", "50.00%", "33.33%"),
        ("High", "83.33%", "16.67%"),
    ]
    assert [words for words, _place, _anchor in axis.ticks] == ["3", "4", "5", "6", "7", "8", "9"]


def test_bands_fill_the_axis_without_a_gap():
    stretches = Axis().stretches

    assert sum(number(band["width"]) for band in stretches) == 100
    assert [(band["from"], band["to"]) for band in stretches] == [("1", "3"), ("3", "4"), ("4", "5")]


@given(st.integers(0, 40), st.integers(1, 400))
def test_axis_never_carries_more_than_eleven_numbers(minimum, span):
    ticks = Axis(minimum, minimum + span, ()).ticks

    assert 2 <= len(ticks) <= 11 or span == 1


def test_history_runs_from_hollow_to_full():
    drawn = plot(Series("Council", 0, (3.0, 3.5, 4.0)))

    assert [(mark.kind, mark.x) for mark in drawn.marks] == [("mid", "62.50%"), ("was", "50.00%"), ("now", "75.00%")]
    assert drawn.trail == ("50.00%", "75.00%")


def test_first_wave_alone_is_a_full_mark_without_trail():
    drawn = plot(Series("Council", 0, (3.0,)))

    assert [mark.kind for mark in drawn.marks] == ["now"]
    assert drawn.trail is None


def test_missing_wave_leaves_a_gap_in_the_marks():
    drawn = plot(Series("Council", 0, (3.0, None, 4.0)))

    assert [mark.kind for mark in drawn.marks] == ["was", "now"]


def test_withheld_latest_value_draws_nothing_at_all():
    series = Series("Council", 0, (3.0, 3.5, WITHHELD))

    assert series.withheld
    assert plot(series) is None


def test_withheld_earlier_value_is_only_left_out():
    drawn = plot(Series("Council", 0, (WITHHELD, 3.5, 4.0)))

    assert [mark.kind for mark in drawn.marks] == ["mid", "now"]
    assert drawn.trail == ("62.50%", "75.00%")


def test_withheld_holds_no_number():
    assert not isinstance(WITHHELD, (int, float, str))
    with pytest.raises(TypeError):
        float(WITHHELD)


def test_middle_half_is_placed():
    assert plot(Series("Team", None, (4.0,), middle_half=(3.8, 4.5))).half == ("70.00%", "87.50%")


@pytest.mark.parametrize(
    ("index", "shape"),
    [(0, Mark.CIRCLE), (1, Mark.DIAMOND), (2, Mark.TRIANGLE), (3, Mark.HEXAGON), (4, Mark.CIRCLE), (None, Mark.SQUARE)],
)
def test_shape_follows_the_position(index, shape):
    assert Mark.of(index) == shape


@pytest.mark.parametrize(
    ("difference", "change"),
    [
        (0.5, Change.CLEARLY_UP),
        (0.49, Change.UP),
        (0.2, Change.UP),
        (4.0 - 3.8, Change.UP),
        (0.19, Change.SAME),
        (0, Change.SAME),
        (-0.19, Change.SAME),
        (-0.2, Change.DOWN),
        (-0.5, Change.CLEARLY_DOWN),
        (None, None),
    ],
)
def test_change_in_words(difference, change):
    assert Change.of(difference) == change


def test_arrow_points_where_the_words_say():
    assert [change.direction for change in Change] == ["up", "up", "same", "down", "down"]


def test_pair_puts_each_group_on_its_own_level():
    figure = PairFigure("By organisation", [("Council", 0), ("NHS trust", 1)], [])

    assert pair_marks(figure, PairRow("Trust", [4.2, 4.0])) == [
        (Mark.CIRCLE, "80.00%", "36.00%"),
        (Mark.DIAMOND, "75.00%", "64.00%"),
    ]


def test_pair_leaves_withheld_and_missing_out_and_keeps_the_other_level():
    figure = PairFigure("By organisation", [("Council", 0), ("NHS trust", 1)], [])

    assert pair_marks(figure, PairRow("Trust", [WITHHELD, 4.0])) == [(Mark.DIAMOND, "75.00%", "64.00%")]
    assert pair_marks(figure, PairRow("Trust", [WITHHELD, None])) == []


def test_share_bar_shows_finished_started_and_target():
    bar = ShareRow("Council", 14, 21, part=3, target=0.75).bar

    assert bar == {"full": "66.67%", "part": "80.95%", "target": "75.00%", "words": "67%"}


@pytest.mark.parametrize("row", [ShareRow("Council", WITHHELD, 21, target=0.75), ShareRow("Nobody", 0, 0)])
def test_share_without_number_has_no_bar(row):
    assert row.bar is None


@given(st.tuples(*[st.integers(0, 500)] * 3).filter(any))
def test_three_parts_fill_the_bar_in_order(counts):
    parts = ThreeParts(*counts).parts

    assert sum(number(width) for _name, _left, width in parts) == pytest.approx(100, abs=0.02)
    assert [number(left) for _name, left, _width in parts] == sorted(number(left) for _name, left, _width in parts)
    assert len(parts) == sum(bool(count) for count in counts)


def test_no_commitments_draw_no_parts():
    assert ThreeParts(0, 0, 0).parts == []


def test_spread_grows_wider_with_its_words():
    widths = [spread.dots[-1] - spread.dots[0] for spread in (Spread.CLOSE, Spread.MIXED, Spread.SPLIT)]

    assert widths == [16, 28, 38]


START, END = datetime.date(2020, 11, 9), datetime.date(2022, 7, 8)
NEXT = SessionMark(datetime.date(2022, 7, 5), Mode.ROOM, "Closing review", "/closing/")
EXECUTIVES = Lane(
    "Executives",
    [
        NEXT,
        SessionMark(datetime.date(2020, 11, 19), Mode.VIRTUAL),
        SessionMark(datetime.date(2021, 10, 2), Mode.HYBRID),
    ],
)


def line(today=datetime.date(2022, 6, 13), **parts):
    return Timeline("Timeline", START, END, today, **parts)


def test_timeline_places_days_between_start_and_end():
    assert [line().place(day) for day in (START, END, datetime.date(2021, 9, 8))] == ["0.00%", "100.00%", "50.00%"]
    assert line().place(datetime.date(2019, 1, 1)) == "0.00%"


def test_timeline_takes_moments_as_well_as_days():
    moment = datetime.datetime(2022, 7, 8, 9, 30, tzinfo=datetime.UTC)

    assert line().place(moment) == "100.00%"


@pytest.mark.parametrize(("today", "drawn"), [(START, True), (END, True), (datetime.date(2023, 1, 1), False)])
def test_today_is_drawn_only_inside_the_programme(today, drawn):
    assert bool(line(today).today_place) is drawn


@given(st.dates(START, END), st.integers(20, 4000))
def test_months_leave_room_for_each_other_and_for_today(today, days):
    timeline = Timeline("Timeline", START, START + datetime.timedelta(days), today)
    ticks = timeline.ticks

    assert len(ticks) <= 6
    for day, _place, _year in ticks:
        distance = timeline.share(day) - timeline.share(today)
        assert not timeline.today_place or distance <= -0.10 or distance >= 0.06


def test_the_year_is_said_where_it_begins():
    said = [(day.year, day.month) for day, _place, with_year in line().ticks if with_year]

    assert said == [(2020, 11), (2021, 3), (2022, 3)]


def test_phases_follow_each_other_with_a_hairline_between():
    first = Phase("Virtual", START, datetime.date(2021, 9, 8))
    second = Phase("In the room", datetime.date(2021, 9, 8), END)

    placed = line(phases=[first, second]).placed_phases

    assert [(item["x"], item["width"], item["shade"]) for item in placed] == [
        ("0.00%", "49.85%", "1"),
        ("50.00%", "49.85%", "2"),
    ]


def test_name_of_a_short_phase_is_left_to_the_words():
    short = Phase("Hybrid", START, datetime.date(2020, 12, 1))
    longer = Phase("In the room", datetime.date(2020, 12, 1), END)

    assert [item["name"] for item in line(phases=[short, longer]).placed_phases] == ["", "In the room"]


def test_wave_near_the_right_edge_has_its_name_at_the_left():
    early = WaveMark("Baseline", datetime.date(2021, 1, 18), datetime.date(2021, 2, 5))
    late = WaveMark("End", datetime.date(2022, 5, 9), datetime.date(2022, 5, 27))

    assert [item["name_left"] for item in line(waves=[early, late]).placed_waves] == [False, True]


def test_neighbours_with_one_name_say_it_once():
    first = WaveMark("Baseline", datetime.date(2020, 12, 1), datetime.date(2020, 12, 18))
    second = WaveMark("Baseline", datetime.date(2021, 1, 18), datetime.date(2021, 2, 5))

    assert [item["name"] for item in line(waves=[first, second]).placed_waves] == ["", "Baseline"]


def test_neighbours_at_the_right_edge_say_their_name_left_of_both():
    first = WaveMark("End", datetime.date(2022, 4, 1), datetime.date(2022, 4, 9))
    second = WaveMark("End", datetime.date(2022, 6, 1), datetime.date(2022, 6, 20))

    placed = line(waves=[first, second]).placed_waves

    assert [(item["name"], item["name_left"]) for item in placed] == [("End", True), ("", True)]


def test_name_gives_way_to_a_neighbour_with_another():
    first = WaveMark("Baseline", datetime.date(2021, 6, 1), datetime.date(2021, 6, 9))
    second = WaveMark("Midpoint", datetime.date(2021, 7, 1), datetime.date(2021, 7, 9))

    assert [item["name_left"] for item in line(waves=[first, second]).placed_waves] == [True, False]


def test_what_lies_outside_the_programme_has_no_place_on_the_line():
    later = WaveMark("End", datetime.date(2026, 1, 1), datetime.date(2026, 1, 9))

    assert line(waves=[later]).placed_waves == []
    assert not line().holds(datetime.date(2026, 1, 1))
    assert line().holds(END)


def test_shortest_wave_can_still_be_seen():
    day = datetime.date(2022, 7, 8)

    (placed,) = line(waves=[WaveMark("End", day, day)]).placed_waves

    assert (placed["width"], placed["end"]) == ("1.25%", "100.00%")


def test_lane_counts_its_sessions_and_knows_the_next():
    summary = lane_summary(EXECUTIVES, datetime.date(2022, 6, 13))

    assert summary == {
        "total": 3,
        "modes": [(Mode.VIRTUAL, 1), (Mode.HYBRID, 1), (Mode.ROOM, 1)],
        "coming": 1,
        "next": NEXT,
    }


def test_steps_tell_the_same_story_in_order():
    timeline = line(
        phases=[Phase("Virtual", START, END)],
        lanes=[EXECUTIVES],
        waves=[WaveMark("Baseline", datetime.date(2021, 1, 18), datetime.date(2021, 2, 5))],
    )

    assert [(step["kind"], step["at"]) for step in timeline.steps] == [
        ("start", START),
        ("phase", START),
        ("wave", datetime.date(2021, 1, 18)),
        ("today", datetime.date(2022, 6, 13)),
        ("next", datetime.date(2022, 7, 5)),
        ("end", END),
    ]
