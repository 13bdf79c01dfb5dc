from datetime import UTC, date, datetime, timedelta

import pytest

from sessions.enums import Dimension, SessionState
from sessions.models.commitments import Commitment
from sessions.services.commitments import (
    NoNextSession,
    carry_over,
    change_commitment,
    complete_commitment,
    make_commitment,
    reopen_commitment,
)
from tests.factories.programme import make_member
from tests.factories.sessions import DAY, DAY_AFTER, make_session
from tests.factories.sessions import make_commitment as commitment_of


def test_make_keeps_owner_day_and_where_it_was_made(cast):
    session = make_session(cast.programme)

    made = make_commitment(
        cast.programme,
        actor=cast.facilitator,
        owner=cast.participant_member,
        text="I call first",
        due_on=date(2022, 6, 1),
        dimension=Dimension.TRUST,
        session=session,
    )

    assert list(session.commitments.all()) == [made]
    assert (made.owner, made.due_on, made.dimension) == (cast.participant_member, date(2022, 6, 1), "trust")


def test_make_refuses_an_owner_from_elsewhere(cast):
    stranger = make_member(cast.other_programme)

    with pytest.raises(ValueError, match="owner"):
        make_commitment(cast.programme, actor=cast.facilitator, owner=stranger, text="I call", due_on=DAY)


def test_done_takes_the_day_of_the_programmes_clock(cast):
    made = commitment_of(cast.participant_member)

    # Half past eleven at night by UTC is the next day in summer.
    complete_commitment(made, actor=cast.participant, at=datetime(2022, 5, 31, 23, 30, tzinfo=UTC))

    made.refresh_from_db()
    assert made.done_on == date(2022, 6, 1)


def test_done_twice_keeps_the_first_day(cast):
    made = commitment_of(cast.participant_member)

    first = complete_commitment(made, actor=cast.participant, at=DAY_AFTER)
    stale = Commitment.objects.get(pk=made.pk)
    second = complete_commitment(stale, actor=cast.facilitator, at=DAY_AFTER + timedelta(days=3))

    assert (first, second) == (True, False)
    assert Commitment.objects.get().done_on == DAY_AFTER.date()


def test_reopen_takes_it_back(cast):
    made = commitment_of(cast.participant_member, done_on=DAY)

    assert reopen_commitment(made, actor=cast.participant) is True
    assert reopen_commitment(made, actor=cast.participant) is False
    assert Commitment.objects.get().done_on is None


def test_change_writes_what_changed(cast):
    made = commitment_of(cast.participant_member)

    change_commitment(made, actor=cast.facilitator, text="I call first", owner=cast.executive_member)

    made.refresh_from_db()
    assert (made.text, made.owner) == ("I call first", cast.executive_member)


def test_carry_goes_to_the_owners_next_session_before_any_other(cast):
    here = make_session(cast.programme, people=[cast.participant_member])
    make_session(cast.programme, title="Without the owner", date=DAY + timedelta(days=7))
    theirs = make_session(
        cast.programme, title="With the owner", date=DAY + timedelta(days=14), people=[cast.participant_member]
    )
    made = commitment_of(cast.participant_member, session=here)

    assert carry_over(made, actor=cast.facilitator, at=DAY_AFTER) == theirs
    made.refresh_from_db()
    assert (made.session, made.carried_to) == (here, theirs)


def test_carry_goes_to_the_programmes_next_session_when_the_owner_has_none(cast):
    make_session(cast.programme, title="Called off", date=DAY + timedelta(days=3), state=SessionState.CANCELLED)
    following = make_session(cast.programme, date=DAY + timedelta(days=7))
    made = commitment_of(cast.participant_member)

    assert carry_over(made, actor=cast.facilitator, at=DAY_AFTER) == following


def test_carry_again_goes_one_further(cast):
    first = make_session(cast.programme, date=DAY + timedelta(days=7))
    second = make_session(cast.programme, date=DAY + timedelta(days=14))
    made = commitment_of(cast.participant_member)

    assert [carry_over(made, actor=cast.facilitator, at=DAY_AFTER) for _ in range(2)] == [first, second]


def test_carry_without_a_later_session_says_so(cast):
    made = commitment_of(cast.participant_member, session=make_session(cast.programme))

    with pytest.raises(NoNextSession, match="Plan one first"):
        carry_over(made, actor=cast.facilitator, at=DAY_AFTER)
