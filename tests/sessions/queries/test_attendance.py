import pytest

from sessions.enums import Attendance, SessionState
from sessions.queries.attendance import attendance_share
from tests.factories.programme import make_member
from tests.factories.sessions import LONG_BEFORE, give_place, make_session


def test_shares_count_marked_places_by_organisation_in_programme_order(cast):
    second = make_member(cast.programme, organisation=cast.council)
    for present in (cast.executive_member, cast.participant_member):
        give_place(make_session(cast.programme), present, attendance=Attendance.PRESENT)
    session = make_session(cast.programme)
    give_place(session, second, attendance=Attendance.APOLOGIES)
    give_place(session, cast.participant_member, attendance=Attendance.PART)
    give_place(session, cast.executive_member)

    shares = attendance_share(cast.programme)

    assert (shares.overall.there, shares.overall.marked, shares.overall.share) == (3, 4, 0.75)
    found = [(share.organisation, share.position, share.there, share.marked) for share in shares.by_organisation]
    assert found == [(cast.council, 0, 1, 2), (cast.nhs, 1, 2, 2)]
    assert shares.sessions == 3


def test_called_off_sessions_and_people_off_the_list_do_not_count(cast):
    called_off = make_session(cast.programme, state=SessionState.CANCELLED)
    give_place(called_off, cast.participant_member, attendance=Attendance.PRESENT)
    give_place(
        make_session(cast.programme), cast.participant_member, attendance=Attendance.PRESENT, removed_at=LONG_BEFORE
    )

    shares = attendance_share(cast.programme)

    assert (shares.overall.marked, shares.overall.share, shares.sessions) == (0, None, 0)


def test_people_of_no_partner_count_overall_alone(cast):
    helper = make_member(cast.programme)
    give_place(make_session(cast.programme), helper, attendance=Attendance.PRESENT)

    shares = attendance_share(cast.programme)

    assert (shares.overall.there, [share.there for share in shares.by_organisation]) == (1, [0, 0])


@pytest.mark.parametrize("number", [1, 3])
def test_costs_the_same_for_one_and_three(cast, number, django_assert_num_queries):
    for _ in range(number):
        give_place(make_session(cast.programme), cast.participant_member, attendance=Attendance.PRESENT)

    with django_assert_num_queries(3):
        attendance_share(cast.programme)
