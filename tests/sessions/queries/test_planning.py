from datetime import UTC, date, datetime, time

import pytest

from sessions.enums import SessionState
from sessions.queries.planning import bank_holiday, planning_warnings
from tests.factories.programme import make_member
from tests.factories.sessions import DAY, LONG_BEFORE, make_session


def warnings(cast, **fields) -> list[str]:
    asked = {"date": DAY, "starts": time(10), "ends": time(12, 30), "people": [cast.participant_member], **fields}
    return planning_warnings(cast.programme, **{"actor": cast.facilitator, "at": LONG_BEFORE, **asked})


def test_nothing_to_say_of_a_good_day(cast):
    assert warnings(cast) == []


def test_the_same_person_elsewhere_at_that_time(cast):
    make_session(
        cast.programme, title="Leads' check-in", people=[cast.participant_member], starts=time(12), ends=time(13)
    )

    assert warnings(cast) == [
        "Pat Participant is invited to “Leads' check-in” at that time (Tuesday 17 May 2022, midday to 1pm)."
    ]


def test_several_people_are_counted(cast):
    people = [cast.participant_member, cast.executive_member]
    make_session(cast.programme, title="Leads' check-in", people=people)

    (words,) = warnings(cast, people=people)

    assert words.startswith("Eve Executive and 1 other person are invited to “Leads' check-in”")


@pytest.mark.parametrize(
    "other",
    [
        {"starts": time(8), "ends": time(10)},
        {"starts": time(12, 30), "ends": time(14)},
        {"date": date(2022, 5, 18)},
        {"state": SessionState.CANCELLED},
    ],
)
def test_what_only_touches_or_is_off_is_no_clash(cast, other):
    make_session(cast.programme, people=[cast.participant_member], **other)

    assert warnings(cast) == []


def test_somebody_taken_off_a_list_is_free(cast):
    session = make_session(cast.programme, people=[cast.participant_member])
    session.invitations.update(removed_at=LONG_BEFORE)

    assert warnings(cast) == []


def test_the_session_being_changed_does_not_clash_with_itself(cast):
    session = make_session(cast.programme, people=[cast.participant_member])

    assert warnings(cast, session=session) == []


def test_sessions_in_another_zone_clash_by_the_moment_not_by_the_clock(cast):
    make_session(
        cast.programme, people=[cast.participant_member], starts=time(11), ends=time(12), time_zone="Europe/Athens"
    )

    assert warnings(cast, starts=time(11), ends=time(12)) == []
    assert len(warnings(cast, starts=time(9), ends=time(10))) == 1


def test_a_programme_the_planner_may_not_see_stays_unknown(cast):
    elsewhere = make_member(cast.other_programme, user=cast.participant)
    make_session(cast.other_programme, title="Secret", people=[elsewhere])

    assert warnings(cast) == []


def test_another_programme_of_the_same_planner_is_known(cast):
    make_member(cast.other_programme, user=cast.facilitator, roles={"facilitator"})
    elsewhere = make_member(cast.other_programme, user=cast.participant)
    make_session(cast.other_programme, title="Elsewhere", people=[elsewhere])

    assert len(warnings(cast)) == 1


@pytest.mark.parametrize(
    ("day", "expected"),
    [
        (date(2022, 6, 2), "Thursday 2 June 2022 is a bank holiday in England: Spring Bank Holiday."),
        (date(2022, 6, 3), "Friday 3 June 2022 is a bank holiday in England: Platinum Jubilee of Elizabeth II."),
        (date(2022, 5, 14), "Saturday 14 May 2022 is at the weekend."),
        (date(2022, 7, 6), "This is outside the programme, which runs from 2 November 2020 to 5 July 2022."),
    ],
)
def test_days_worth_a_second_look(cast, day, expected):
    assert warnings(cast, date=day) == [expected]


def test_a_time_that_has_passed(cast):
    later_that_day = datetime(2022, 5, 17, 9, 1, tzinfo=UTC)

    assert warnings(cast, at=later_that_day) == ["This day and time have passed: nobody will be mailed."]


def test_scottish_holidays_are_none_in_england():
    assert bank_holiday(date(2022, 1, 4)) == ""
    assert bank_holiday(date(2022, 12, 27)) != ""


@pytest.mark.parametrize("number", [1, 3])
def test_costs_the_same_for_one_and_three_clashes(cast, number, django_assert_num_queries):
    for _ in range(number):
        make_session(cast.programme, people=[cast.participant_member])

    with django_assert_num_queries(2):
        assert len(warnings(cast)) == number
