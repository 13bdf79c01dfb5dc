from datetime import date

import pytest

from programme.enums import AuditAction, DeliveryPurpose, DeliveryState
from programme.models.audit import AuditEntry
from programme.models.deliveries import Delivery
from sessions.enums import Reply, SessionState
from sessions.services.invitations import ReplyClosed, invite_people, remove_person, reply, send_invitations
from tests.factories.programme import make_member
from tests.factories.sessions import DAY_AFTER, LONG_BEFORE, give_place, make_session


def mails(purpose: DeliveryPurpose) -> list[tuple[str, str]]:
    rows = Delivery.objects.filter(purpose=purpose, state=DeliveryState.PENDING).order_by("occurrence")
    return list(rows.values_list("recipient__email", "occurrence"))


def all_sent() -> None:
    Delivery.objects.filter(state=DeliveryState.PENDING).update(state=DeliveryState.SENT)


def test_send_mails_each_person_once(cast):
    people = [cast.participant_member, cast.executive_member]
    session = make_session(cast.programme, people=people, invited_at=None)

    first = send_invitations(session, actor=cast.facilitator, at=LONG_BEFORE)
    second = send_invitations(session, actor=cast.facilitator, at=LONG_BEFORE)

    assert (first, second) == (2, 0)
    assert Delivery.objects.count() == 2
    assert AuditEntry.objects.filter(action=AuditAction.SESSION_INVITED).count() == 1


def test_send_leaves_out_people_who_left_the_programme(cast):
    left = make_member(cast.programme, left_on=date(2022, 3, 1))
    session = make_session(cast.programme, people=[left], invited_at=None)

    assert send_invitations(session, actor=cast.facilitator, at=LONG_BEFORE) == 0


@pytest.mark.parametrize("fields", [{"state": SessionState.CANCELLED}, {"date": date(2022, 3, 1)}])
def test_send_does_nothing_for_a_session_called_off_or_over(cast, fields):
    session = make_session(cast.programme, people=[cast.participant_member], invited_at=None, **fields)

    assert send_invitations(session, actor=cast.facilitator, at=LONG_BEFORE) == 0


def test_somebody_added_after_the_others_were_mailed_is_mailed_at_once(cast):
    session = make_session(cast.programme, invited_at=LONG_BEFORE, sequence=3)

    invite_people(session, people=[cast.participant_member], actor=cast.facilitator, at=LONG_BEFORE)

    assert mails(DeliveryPurpose.SESSION_INVITATION) == [("pat.participant@example.org", "sequence-3")]


def test_somebody_added_before_waits_with_the_others(cast):
    session = make_session(cast.programme, invited_at=None)

    invite_people(session, people=[cast.participant_member], actor=cast.facilitator, at=LONG_BEFORE)

    assert Delivery.objects.count() == 0


def test_asking_somebody_twice_is_once(cast):
    session = make_session(cast.programme, people=[cast.participant_member])

    added = invite_people(session, people=[cast.participant_member], actor=cast.facilitator, at=LONG_BEFORE)

    assert added == []
    assert session.invitations.count() == 1


def test_removal_takes_the_session_out_of_that_calendar_only(cast):
    session = make_session(
        cast.programme, people=[cast.executive_member, cast.participant_member], invited_at=LONG_BEFORE
    )

    remove_person(session.invitations.get(member=cast.participant_member), actor=cast.facilitator, at=LONG_BEFORE)

    session.refresh_from_db()
    assert session.sequence == 1
    assert mails(DeliveryPurpose.SESSION_CANCELLATION) == [("pat.participant@example.org", "sequence-1")]
    assert [place.member for place in session.invitations.current()] == [cast.executive_member]


def test_removal_of_somebody_never_mailed_is_silent(cast):
    session = make_session(cast.programme, people=[cast.participant_member], invited_at=None)

    remove_person(session.invitations.get(), actor=cast.facilitator, at=LONG_BEFORE)

    assert Delivery.objects.count() == 0


def test_removal_after_the_session_is_silent(cast):
    session = make_session(cast.programme, people=[cast.participant_member], invited_at=LONG_BEFORE)

    remove_person(session.invitations.get(), actor=cast.facilitator, at=DAY_AFTER)

    assert Delivery.objects.count() == 0


def test_somebody_asked_again_gets_a_number_above_that_of_the_removal(cast):
    session = make_session(cast.programme, people=[cast.participant_member], invited_at=LONG_BEFORE)
    place = session.invitations.get()
    reply(place, reply=Reply.COMING, at=LONG_BEFORE)
    remove_person(place, actor=cast.facilitator, at=LONG_BEFORE)
    all_sent()

    invite_people(session, people=[cast.participant_member], actor=cast.facilitator, at=LONG_BEFORE)

    place.refresh_from_db()
    assert (place.removed_at, place.reply) == (None, Reply.NONE)
    assert mails(DeliveryPurpose.SESSION_INVITATION) == [("pat.participant@example.org", "sequence-2")]


def test_reply_is_kept_and_may_be_changed(cast):
    place = make_session(cast.programme, people=[cast.participant_member]).invitations.get()

    reply(place, reply=Reply.COMING, at=LONG_BEFORE)
    reply(place, reply=Reply.NOT_COMING, at=LONG_BEFORE)

    place.refresh_from_db()
    assert place.reply == Reply.NOT_COMING


def test_reply_is_refused_when_the_session_is_over(cast):
    place = make_session(cast.programme, people=[cast.participant_member]).invitations.get()

    with pytest.raises(ReplyClosed, match="over"):
        reply(place, reply=Reply.COMING, at=DAY_AFTER)


def test_reply_is_refused_when_the_session_is_called_off(cast):
    session = make_session(cast.programme, people=[cast.participant_member], state=SessionState.CANCELLED)

    with pytest.raises(ReplyClosed, match="cancelled"):
        reply(session.invitations.get(), reply=Reply.COMING, at=LONG_BEFORE)


def test_reply_is_refused_to_somebody_taken_off_the_list(cast):
    place = give_place(make_session(cast.programme), cast.participant_member, removed_at=LONG_BEFORE)

    with pytest.raises(ReplyClosed, match="no longer"):
        reply(place, reply=Reply.COMING, at=LONG_BEFORE)
