"""Who sees which session, place, commitment and decision, with rows that could leak."""

import pytest

from programme.enums import Role
from sessions.enums import Attendance, SessionKind
from sessions.models.commitments import Commitment
from sessions.models.decisions import Decision
from sessions.models.invitations import SessionInvitation
from sessions.models.sessions import Session
from tests.factories.programme import make_member, make_user
from tests.factories.sessions import LONG_BEFORE, give_place, make_commitment, make_decision, make_session


def seen(model, user) -> set:
    return set(model.objects.visible_to(user))


def test_participants_see_the_sessions_they_are_asked_to(cast):
    mine = make_session(cast.programme, people=[cast.participant_member])
    make_session(cast.programme, people=[cast.executive_member])
    make_session(cast.other_programme)

    assert seen(Session, cast.participant) == {mine}


def test_a_plan_without_invitations_is_seen_once_they_are_sent_or_the_register_is_taken(cast):
    session = make_session(cast.programme, people=[cast.participant_member], invited_at=None)
    place = session.invitations.get()

    assert seen(Session, cast.participant) == set()
    place.attendance = Attendance.PRESENT
    place.save()
    assert seen(Session, cast.participant) == {session}
    place.attendance, place.invited_at = "", LONG_BEFORE
    place.save()
    assert seen(Session, cast.participant) == {session}


def test_somebody_taken_off_one_list_still_sees_the_other(cast):
    off = make_session(cast.programme)
    give_place(off, cast.participant_member, removed_at=LONG_BEFORE)
    mine = make_session(cast.programme, people=[cast.participant_member])

    assert seen(Session, cast.participant) == {mine}


def test_facilitators_see_all_and_executives_all_but_one_to_one_talks(cast):
    workshop = make_session(cast.programme)
    talk = make_session(cast.programme, kind=SessionKind.ONE_TO_ONE, people=[cast.participant_member])
    own_talk = make_session(cast.programme, kind=SessionKind.ONE_TO_ONE, people=[cast.executive_member])
    make_session(cast.other_programme)

    assert seen(Session, cast.facilitator) == {workshop, talk, own_talk}
    assert seen(Session, cast.executive) == {workshop, own_talk}


def test_nobody_sees_a_session_twice(cast):
    make_session(cast.programme, people=[cast.executive_member, cast.participant_member])

    assert Session.objects.visible_to(cast.executive).count() == 1


def test_places_are_seen_by_their_people_and_facilitators_and_in_an_executives_team(cast):
    colleague = make_member(cast.programme, team=cast.executives)
    session = make_session(cast.programme, people=[cast.participant_member, cast.executive_member, colleague])
    places = {place.member: place for place in session.invitations.all()}

    assert seen(SessionInvitation, cast.participant) == {places[cast.participant_member]}
    assert seen(SessionInvitation, cast.executive) == {places[cast.executive_member], places[colleague]}
    assert seen(SessionInvitation, cast.facilitator) == set(places.values())


def test_commitments_are_seen_by_owners_facilitators_and_executives(cast):
    own = make_commitment(cast.participant_member)
    other = make_commitment(cast.executive_member)

    assert seen(Commitment, cast.participant) == {own}
    assert seen(Commitment, cast.executive) == seen(Commitment, cast.facilitator) == {own, other}


def test_decisions_are_none_of_a_participants_business(cast):
    asked = make_decision(cast.programme)

    assert seen(Decision, cast.participant) == set()
    assert seen(Decision, cast.executive) == seen(Decision, cast.facilitator) == {asked}


@pytest.mark.parametrize("model", [Session, SessionInvitation, Commitment, Decision])
def test_strangers_and_those_who_left_see_nothing(cast, model):
    leaver = make_user()
    left = make_member(cast.programme, user=leaver, role=Role.FACILITATOR, left_on=LONG_BEFORE.date())
    make_session(cast.programme, people=[cast.participant_member, left])
    make_commitment(left)
    make_decision(cast.programme)

    for user in (leaver, cast.other_facilitator, make_user()):
        assert seen(model, user) == set()
