import pytest

from programme.enums import AuditAction
from programme.models.audit import AuditEntry
from sessions.enums import Attendance
from sessions.services.attendance import record_attendance
from tests.factories.programme import make_member
from tests.factories.sessions import LONG_BEFORE, give_place, make_session


def test_marks_are_written_and_others_stay(cast):
    session = make_session(cast.programme, people=[cast.participant_member, cast.executive_member])

    marked = record_attendance(
        session, marks={cast.participant_member.pk: Attendance.APOLOGIES}, actor=cast.facilitator
    )

    assert marked == 1
    assert dict(session.invitations.values_list("member", "attendance")) == {
        cast.participant_member.pk: Attendance.APOLOGIES,
        cast.executive_member.pk: "",
    }
    assert AuditEntry.objects.get(action=AuditAction.ATTENDANCE_RECORDED).detail["apologies"] == 1


def test_a_mark_can_be_corrected(cast):
    session = make_session(cast.programme, people=[cast.participant_member])

    for mark in (Attendance.ABSENT, Attendance.PRESENT):
        record_attendance(session, marks={cast.participant_member.pk: mark}, actor=cast.facilitator)

    assert session.invitations.get().attendance == Attendance.PRESENT


def test_people_who_are_not_on_the_list_are_not_marked(cast):
    session = make_session(cast.programme)
    give_place(session, cast.participant_member, removed_at=LONG_BEFORE)
    stranger = make_member(cast.other_programme)

    marks = {cast.participant_member.pk: Attendance.PRESENT, stranger.pk: Attendance.PRESENT}

    assert record_attendance(session, marks=marks, actor=cast.facilitator) == 0
    assert not AuditEntry.objects.filter(action=AuditAction.ATTENDANCE_RECORDED).exists()


def test_a_mark_that_does_not_exist_is_refused(cast):
    session = make_session(cast.programme, people=[cast.participant_member])

    with pytest.raises(ValueError, match="asleep"):
        record_attendance(session, marks={cast.participant_member.pk: "asleep"}, actor=cast.facilitator)
