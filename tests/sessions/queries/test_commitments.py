from datetime import timedelta

import pytest

from programme.enums import Role
from sessions.models.commitments import Commitment
from sessions.queries.commitments import commitment_counts, commitment_rows, commitments_of_session, owner_words
from tests.factories.programme import make_member
from tests.factories.sessions import DAY, make_commitment, make_session


def test_each_commitment_counts_once(cast):
    make_commitment(cast.participant_member, due_on=DAY - timedelta(days=1), done_on=DAY)
    make_commitment(cast.participant_member, due_on=DAY)
    late = make_commitment(cast.participant_member, due_on=DAY - timedelta(days=1))
    later = make_commitment(cast.executive_member, due_on=DAY - timedelta(days=30))

    counts = commitment_counts(cast.programme, today=DAY)

    assert (counts.done, counts.open, counts.overdue, counts.total) == (1, 1, 2, 4)
    assert counts.oldest_overdue == later != late


def test_nothing_promised_is_all_noughts(cast):
    counts = commitment_counts(cast.programme, today=DAY)

    assert (counts.done, counts.open, counts.overdue, counts.oldest_overdue) == (0, 0, 0, None)


@pytest.mark.parametrize("number", [1, 3])
def test_counts_cost_the_same_for_one_and_three(cast, number, django_assert_num_queries):
    for _ in range(number):
        make_commitment(cast.participant_member, due_on=DAY - timedelta(days=1))

    with django_assert_num_queries(2):
        counts = commitment_counts(cast.programme, today=DAY)
        assert counts.oldest_overdue.owner.organisation.short_name == "NHS trust"


def test_a_session_shows_what_was_promised_there_and_what_was_carried_to_it(cast):
    session, earlier = make_session(cast.programme), make_session(cast.programme)
    here = make_commitment(cast.participant_member, session=session)
    carried = make_commitment(cast.executive_member, session=earlier, carried_to=session)
    make_commitment(cast.participant_member, session=earlier)

    assert set(commitments_of_session(session, user=cast.facilitator)) == {here, carried}
    assert set(commitments_of_session(session, user=cast.participant)) == {here}


def test_executives_read_where_an_owner_works_and_names_of_their_own_team_only(cast):
    colleague = make_member(cast.programme, organisation=cast.nhs, team=cast.executives)

    assert owner_words(cast.participant_member, reader=cast.executive_member) == "NHS trust, Senior Managers"
    assert owner_words(colleague, reader=cast.executive_member) == colleague.name


def test_an_executive_without_a_team_does_not_share_it_with_others_without_one(cast):
    sponsor = make_member(cast.programme, role=Role.EXECUTIVE)
    other = make_member(cast.programme, organisation=cast.nhs)

    assert owner_words(other, reader=sponsor) == "NHS trust"


def test_facilitators_read_names_and_rows_know_what_is_late(cast):
    make_commitment(cast.participant_member, due_on=DAY - timedelta(days=1))
    facilitator = cast.programme.members.get(user=cast.facilitator)

    (row,) = commitment_rows(Commitment.objects.all(), member=facilitator, today=DAY)

    assert (row.owner, row.is_mine, row.is_overdue) == ("Pat Participant", False, True)
