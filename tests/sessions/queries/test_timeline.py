from datetime import UTC, date, datetime, timedelta

import pytest

from assessments.enums import WavePoint, WaveState
from programme.lib.charts import Mode
from sessions.enums import SessionKind, SessionMode, SessionState
from sessions.models.sessions import Session
from sessions.queries.timeline import modes_in_turn, phase_today, programme_timeline
from tests.factories.assessments import make_wave
from tests.factories.programme import make_team
from tests.factories.sessions import DAY, make_session

V, H, R = SessionMode.VIRTUAL, SessionMode.HYBRID, SessionMode.ROOM


def test_lanes_hold_each_teams_sessions_in_order(cast):
    make_team(cast.programme, "A team that has not met")
    make_session(cast.programme, title="Second", date=DAY, teams=[cast.executives, cast.managers])
    make_session(cast.programme, title="First", date=DAY - timedelta(days=7), mode=V, teams=[cast.executives])
    make_session(cast.programme, title="For nobody's team")

    line = programme_timeline(cast.programme, today=DAY)

    lanes = {lane.label: [(mark.title, mark.mode) for mark in lane.marks] for lane in line.lanes}
    assert lanes == {
        "Executives": [("First", Mode.VIRTUAL), ("Second", Mode.ROOM)],
        "Senior Managers": [("Second", Mode.ROOM)],
        "Other sessions": [("For nobody's team", Mode.ROOM)],
    }


def test_called_off_sessions_and_one_to_one_talks_are_not_shown(cast):
    make_session(cast.programme, teams=[cast.managers], state=SessionState.CANCELLED)
    make_session(cast.programme, kind=SessionKind.ONE_TO_ONE)

    assert programme_timeline(cast.programme, today=DAY).lanes == []


def test_only_the_sessions_given_are_shown(cast):
    make_session(cast.programme, teams=[cast.managers])

    line = programme_timeline(cast.programme, today=DAY, sessions=Session.objects.visible_to(cast.participant))

    assert (line.lanes, line.phases) == ([], [])


def test_phases_begin_with_their_first_session_and_end_with_the_programme(cast):
    for day, mode in [(date(2020, 12, 1), V), (date(2021, 9, 1), H), (date(2022, 1, 11), R), (date(2022, 6, 1), R)]:
        make_session(cast.programme, date=day, mode=mode)

    phases = programme_timeline(cast.programme, today=DAY).phases

    assert [(phase.label, phase.start, phase.end) for phase in phases] == [
        ("Virtual", date(2020, 11, 2), date(2021, 9, 1)),
        ("Hybrid", date(2021, 9, 1), date(2022, 1, 11)),
        ("In the room", date(2022, 1, 11), date(2022, 7, 5)),
    ]


@pytest.mark.parametrize(
    ("today", "label"),
    [
        (date(2020, 11, 1), None),
        (date(2020, 11, 2), "Virtual"),
        (date(2022, 1, 11), "In the room"),
        (date(2022, 7, 5), None),
    ],
)
def test_the_phase_of_today_ends_with_the_programme(cast, today, label):
    for day, mode in [(date(2020, 12, 1), V), (date(2022, 1, 11), R)]:
        make_session(cast.programme, date=day, mode=mode)

    phase = phase_today(programme_timeline(cast.programme, today=today))

    assert (phase and phase.label) == label


@pytest.mark.parametrize(
    ("modes", "expected"),
    [
        ([], []),
        ([R], [R]),
        ([V, V, H, R], [V, V, H, R]),
        ([V, R], [V, R]),
        # One call among meetings in the room does not end that phase, nor one early meeting begin it.
        ([V, V, H, H, R, V, R, R], [V, V, H, H, R, R, R, R]),
        ([V, R, V, V, H, H], [V, V, V, V, H, H]),
        # A programme that goes back to video says so.
        ([R, R, V, V], [R, R, V, V]),
    ],
)
def test_modes_become_at_most_one_stretch_each(modes, expected):
    assert modes_in_turn(modes) == expected


def test_waves_stand_where_they_were_open_and_twins_are_one_mark(cast):
    def wave(point, opened, closes, **fields):
        return make_wave(cast.programme, point=point, opened_at=opened, closes_at=closes, **fields)

    wave(WavePoint.BASELINE, datetime(2020, 12, 1, 9, tzinfo=UTC), datetime(2020, 12, 15, 9, tzinfo=UTC))
    wave(WavePoint.BASELINE, datetime(2020, 12, 10, 9, tzinfo=UTC), datetime(2020, 12, 20, 9, tzinfo=UTC))
    ended_early = {"state": WaveState.CLOSED, "closed_at": datetime(2021, 10, 5, 9, tzinfo=UTC)}
    wave(
        WavePoint.MIDPOINT,
        datetime(2021, 9, 30, 23, 30, tzinfo=UTC),
        datetime(2021, 10, 9, 9, tzinfo=UTC),
        **ended_early,
    )
    wave(WavePoint.END, None, datetime(2022, 6, 1, 9, tzinfo=UTC))

    marks = programme_timeline(cast.programme, today=DAY).waves

    assert [(mark.label, mark.start, mark.end) for mark in marks] == [
        ("Baseline", date(2020, 12, 1), date(2020, 12, 20)),
        # Half past eleven at night by UTC was the first of October in the South West.
        ("Midpoint", date(2021, 10, 1), date(2021, 10, 5)),
    ]


@pytest.mark.parametrize("number", [1, 3])
def test_costs_the_same_for_one_and_three(cast, number, django_assert_num_queries):
    for _ in range(number):
        make_session(cast.programme, teams=[cast.executives, cast.managers])

    with django_assert_num_queries(4):
        programme_timeline(cast.programme, today=DAY)
