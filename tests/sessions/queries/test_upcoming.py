from datetime import UTC, datetime, timedelta

import pytest

from sessions.enums import Attendance, Reply, SessionState
from sessions.models.sessions import Session
from sessions.queries.upcoming import session_rows, sessions_without_register, upcoming_sessions
from tests.factories.programme import make_member
from tests.factories.sessions import DAY, DAY_AFTER, LONG_BEFORE, give_place, make_session


def test_upcoming_stand_in_order_of_time_and_include_the_one_running(cast):
    later = make_session(cast.programme, date=DAY + timedelta(days=7), people=[cast.participant_member])
    running = make_session(cast.programme, people=[cast.participant_member])
    make_session(cast.programme, date=DAY - timedelta(days=1), people=[cast.participant_member])
    make_session(cast.programme, state=SessionState.CANCELLED, people=[cast.participant_member])

    rows = upcoming_sessions(cast.participant, at=datetime(2022, 5, 17, 10, tzinfo=UTC))

    assert [row.session for row in rows] == [running, later]


def test_upcoming_can_be_limited_to_a_programme_and_a_number(cast):
    elsewhere = make_member(cast.other_programme, user=cast.participant)
    make_session(cast.other_programme, people=[elsewhere])
    for days in (1, 2, 3, 4):
        make_session(cast.programme, date=DAY + timedelta(days=days), people=[cast.participant_member])

    rows = upcoming_sessions(cast.participant, at=LONG_BEFORE, programme=cast.programme, limit=2)

    assert [row.session.date for row in rows] == [DAY + timedelta(days=1), DAY + timedelta(days=2)]
    assert len(upcoming_sessions(cast.participant, at=LONG_BEFORE, limit=9)) == 5


def test_a_row_counts_replies_and_knows_ones_own(cast):
    session = make_session(cast.programme)
    give_place(session, cast.participant_member, reply=Reply.COMING)
    give_place(session, cast.executive_member)
    give_place(session, make_member(cast.programme), removed_at=LONG_BEFORE, reply=Reply.COMING)

    (row,) = session_rows(Session.objects.all(), user=cast.participant, at=LONG_BEFORE)

    assert (row.session.invited, row.session.coming, row.session.not_replied) == (2, 1, 1)
    assert (row.my_reply, row.my_words, row.needs_reply) == (Reply.COMING, "You are coming", False)


def test_a_row_asks_for_a_reply_only_while_it_counts(cast):
    make_session(cast.programme, people=[cast.participant_member])

    before, after = (
        session_rows(Session.objects.all(), user=cast.participant, at=at)[0] for at in (LONG_BEFORE, DAY_AFTER)
    )

    assert (before.needs_reply, after.needs_reply) == (True, False)


def test_an_empty_register_is_missed_once_the_session_is_over(cast):
    empty = make_session(cast.programme, people=[cast.participant_member])
    taken = make_session(cast.programme)
    give_place(taken, cast.participant_member, attendance=Attendance.ABSENT)
    make_session(cast.programme, title="Nobody asked")
    make_session(cast.programme, people=[cast.participant_member], state=SessionState.CANCELLED)

    def missing(at):
        rows = sessions_without_register(cast.facilitator, at=at, programme=cast.programme)
        return [row.session for row in rows]

    assert (missing(LONG_BEFORE), missing(DAY_AFTER)) == ([], [empty])


@pytest.mark.parametrize("number", [1, 3])
def test_costs_the_same_for_one_and_three(cast, number, django_assert_num_queries):
    for _ in range(number):
        make_session(cast.programme, people=[cast.participant_member, cast.executive_member])

    with django_assert_num_queries(1):
        rows = upcoming_sessions(cast.participant, at=LONG_BEFORE, programme=cast.programme)
        assert len(rows) == number
