from datetime import UTC, date, datetime, timedelta

import pytest

from programme.enums import DeliveryPurpose
from programme.models.deliveries import Delivery
from sessions.enums import Reply, SessionState
from sessions.services.reminders import queue_due_reminders
from sessions.services.sessions import change_session
from tests.factories.programme import make_member
from tests.factories.sessions import LONG_BEFORE, make_session

# The session of the factory is on 17 May 2022 at 10am, UK summer time (9am UTC).
BEFORE_NINE = datetime(2022, 5, 16, 7, 59, tzinfo=UTC)
NINE = datetime(2022, 5, 16, 8, tzinfo=UTC)


def reminded() -> list[str]:
    rows = Delivery.objects.filter(purpose=DeliveryPurpose.SESSION_REMINDER).order_by("recipient__email")
    return list(rows.values_list("recipient__email", flat=True))


def test_one_reminder_at_nine_of_the_day_before(cast):
    make_session(cast.programme, people=[cast.participant_member], invited_at=LONG_BEFORE)

    made = [queue_due_reminders(at=at) for at in (BEFORE_NINE, NINE, NINE, NINE + timedelta(hours=3))]

    assert made == [0, 1, 0, 0]
    assert reminded() == ["pat.participant@example.org"]


@pytest.mark.parametrize(
    "missed_until", [datetime(2022, 5, 16, 22, tzinfo=UTC), datetime(2022, 5, 17, 8, 59, tzinfo=UTC)]
)
def test_a_missed_tick_catches_up_until_the_session_starts(cast, missed_until):
    make_session(cast.programme, people=[cast.participant_member], invited_at=LONG_BEFORE)

    assert queue_due_reminders(at=missed_until) == 1


@pytest.mark.parametrize("at", [datetime(2022, 5, 17, 9, tzinfo=UTC), datetime(2022, 5, 18, 9, tzinfo=UTC)])
def test_nothing_once_it_has_started(cast, at):
    make_session(cast.programme, people=[cast.participant_member], invited_at=LONG_BEFORE)

    assert queue_due_reminders(at=at) == 0


@pytest.mark.parametrize(
    ("day", "nine_in_utc"),
    [
        # The day before is still winter, the session's Sunday is summer already.
        (date(2022, 3, 27), datetime(2022, 3, 26, 9, tzinfo=UTC)),
        (date(2022, 3, 28), datetime(2022, 3, 27, 8, tzinfo=UTC)),
        (date(2022, 10, 30), datetime(2022, 10, 29, 8, tzinfo=UTC)),
        (date(2022, 10, 31), datetime(2022, 10, 30, 9, tzinfo=UTC)),
    ],
)
def test_nine_is_nine_on_the_wall_on_both_clock_change_weekends(cast, day, nine_in_utc):
    long_before = nine_in_utc - timedelta(days=10)
    make_session(cast.programme, people=[cast.participant_member], invited_at=long_before, date=day)

    assert queue_due_reminders(at=nine_in_utc - timedelta(minutes=1)) == 0
    assert queue_due_reminders(at=nine_in_utc) == 1


def test_only_those_who_may_come_and_want_reminders(cast):
    quiet = make_member(cast.programme, wants_no_reminders=True)
    left = make_member(cast.programme, left_on=date(2022, 5, 1))
    people = [cast.participant_member, cast.executive_member, quiet, left]
    session = make_session(cast.programme, people=people, invited_at=LONG_BEFORE)
    session.invitations.filter(member=cast.participant_member).update(reply=Reply.NOT_COMING)
    session.invitations.filter(member=cast.executive_member).update(reply=Reply.MAYBE)

    queue_due_reminders(at=NINE)

    assert reminded() == ["eve.executive@example.org"]


def test_people_taken_off_the_list_are_not_reminded(cast):
    session = make_session(cast.programme, people=[cast.participant_member], invited_at=LONG_BEFORE)
    session.invitations.update(removed_at=LONG_BEFORE)

    assert queue_due_reminders(at=NINE) == 0


def test_people_asked_after_that_hour_are_not_reminded_on_top(cast):
    make_session(cast.programme, people=[cast.participant_member], invited_at=NINE + timedelta(minutes=5))

    assert queue_due_reminders(at=NINE + timedelta(hours=1)) == 0


@pytest.mark.parametrize("fields", [{"state": SessionState.CANCELLED}, {"invited_at": None}])
def test_no_reminder_of_a_session_called_off_or_not_announced(cast, fields):
    make_session(cast.programme, people=[cast.participant_member], **{"invited_at": LONG_BEFORE, **fields})

    assert queue_due_reminders(at=NINE) == 0


def test_a_session_that_moves_reminds_again_before_its_new_day(cast):
    session = make_session(cast.programme, people=[cast.participant_member], invited_at=LONG_BEFORE)
    queue_due_reminders(at=NINE)

    change_session(session, actor=cast.facilitator, at=NINE, date=date(2022, 5, 24))

    assert queue_due_reminders(at=NINE + timedelta(days=7)) == 1


@pytest.mark.parametrize("number", [1, 3])
def test_a_tick_costs_the_same_whatever_has_been_reminded(cast, number, django_assert_num_queries):
    for _ in range(number):
        make_session(cast.programme, people=[cast.participant_member, cast.executive_member], invited_at=LONG_BEFORE)
    queue_due_reminders(at=NINE)

    # One for the sessions; each near one looks once for people and once for reminders, inside a savepoint.
    with django_assert_num_queries(1 + 4 * number):
        queue_due_reminders(at=NINE)
