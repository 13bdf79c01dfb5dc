from datetime import UTC, date, datetime, time

import pytest

from programme.enums import AuditAction, DeliveryPurpose, DeliveryState
from programme.models.audit import AuditEntry
from programme.models.deliveries import Delivery
from sessions.enums import Reply, SessionKind, SessionMode, SessionState
from sessions.services.sessions import cancel_session, change_session, plan_session
from tests.factories.programme import make_member
from tests.factories.sessions import DAY, DAY_AFTER, LONG_BEFORE, make_session

INVITATION, UPDATE, CANCELLATION = (
    DeliveryPurpose.SESSION_INVITATION,
    DeliveryPurpose.SESSION_UPDATE,
    DeliveryPurpose.SESSION_CANCELLATION,
)


def plan(cast, **fields):
    return plan_session(
        cast.programme,
        **{
            "actor": cast.facilitator,
            "at": LONG_BEFORE,
            "title": "Promises we keep",
            "kind": SessionKind.WORKSHOP,
            "mode": SessionMode.ROOM,
            "date": DAY,
            "starts": time(10),
            "ends": time(12, 30),
            **fields,
        },
    )


def mails(purpose, state=DeliveryState.PENDING) -> list[tuple[str, str]]:
    rows = Delivery.objects.filter(purpose=purpose, state=state).order_by("recipient__email", "occurrence")
    return list(rows.values_list("recipient__email", "occurrence"))


def all_sent() -> None:
    Delivery.objects.filter(state=DeliveryState.PENDING).update(state=DeliveryState.SENT)


def test_plan_asks_everybody_of_the_teams_and_the_people_besides_once(cast):
    make_member(cast.programme, team=cast.managers, left_on=date(2022, 1, 1))

    session = plan(cast, teams=[cast.managers], people=[cast.executive_member, cast.participant_member])

    assert [place.member for place in session.invitations.all()] == [cast.executive_member, cast.participant_member]
    assert list(session.teams.all()) == [cast.managers]
    assert session.invited_at == LONG_BEFORE
    assert mails(INVITATION) == [
        ("eve.executive@example.org", "sequence-0"),
        ("pat.participant@example.org", "sequence-0"),
    ]
    assert AuditEntry.objects.filter(action=AuditAction.SESSION_PLANNED, programme_id=cast.programme.pk).count() == 1


def test_plan_without_notice_mails_nobody(cast):
    session = plan(cast, teams=[cast.managers], notify=False)

    assert session.invited_at is None
    assert Delivery.objects.count() == 0


def test_plan_of_a_day_that_has_passed_mails_nobody(cast):
    plan(cast, teams=[cast.managers], at=DAY_AFTER)

    assert Delivery.objects.count() == 0


def test_plan_takes_the_clock_of_the_programme(cast):
    cast.programme.time_zone = "Europe/Lisbon"

    session = plan(cast)

    assert session.time_zone == "Europe/Lisbon"


def test_people_of_another_programme_are_not_asked(cast):
    stranger = make_member(cast.other_programme)

    session = plan(cast, people=[stranger])

    assert session.invitations.count() == 0


@pytest.mark.parametrize(
    "change",
    [
        {"title": "Another title"},
        {"date": date(2022, 5, 18)},
        {"starts": time(9)},
        {"ends": time(13)},
        {"mode": SessionMode.HYBRID},
        {"place": "Town Hall"},
        {"link": "https://video.example.org/1"},
    ],
)
def test_what_a_calendar_shows_grows_the_sequence_and_is_mailed(cast, change):
    session = plan(cast, people=[cast.participant_member])
    all_sent()

    changed = change_session(session, actor=cast.facilitator, at=LONG_BEFORE, **change)

    assert changed.sequence == 1
    assert mails(UPDATE) == [("pat.participant@example.org", "sequence-1")]


@pytest.mark.parametrize("change", [{"agenda": "10am Welcome"}, {"purpose": "To meet"}, {"notes": "Secret"}, {}])
def test_what_no_calendar_shows_is_kept_quietly(cast, change):
    session = plan(cast, people=[cast.participant_member])
    all_sent()

    changed = change_session(session, actor=cast.facilitator, at=LONG_BEFORE, **change)

    assert changed.sequence == 0
    assert mails(UPDATE) == []


def test_saving_the_same_again_changes_nothing(cast):
    session = plan(cast, people=[cast.participant_member])

    change_session(session, actor=cast.facilitator, at=LONG_BEFORE, title=session.title, date=session.date)

    assert not AuditEntry.objects.filter(action=AuditAction.SESSION_CHANGED).exists()


def test_a_new_day_asks_everybody_again(cast):
    session = plan(cast, people=[cast.participant_member])
    session.invitations.update(reply=Reply.COMING)

    change_session(session, actor=cast.facilitator, at=LONG_BEFORE, date=date(2022, 5, 18))

    assert session.invitations.get().reply == Reply.NONE


def test_a_new_room_keeps_the_replies(cast):
    session = plan(cast, people=[cast.participant_member])
    session.invitations.update(reply=Reply.COMING)

    change_session(session, actor=cast.facilitator, at=LONG_BEFORE, place="Town Hall")

    assert session.invitations.get().reply == Reply.COMING


def test_a_change_before_the_invitation_left_replaces_the_invitation(cast):
    session = plan(cast, people=[cast.participant_member])

    change_session(session, actor=cast.facilitator, at=LONG_BEFORE, place="Town Hall")

    assert mails(INVITATION) == [("pat.participant@example.org", "sequence-1")]
    assert mails(INVITATION, DeliveryState.CANCELLED) == [("pat.participant@example.org", "sequence-0")]
    assert mails(UPDATE) == []


def test_two_changes_in_a_row_mail_the_second_alone(cast):
    session = plan(cast, people=[cast.participant_member])
    all_sent()

    change_session(session, actor=cast.facilitator, at=LONG_BEFORE, place="Town Hall")
    change_session(session, actor=cast.facilitator, at=LONG_BEFORE, place="City Hall")

    assert mails(UPDATE) == [("pat.participant@example.org", "sequence-2")]


def test_a_change_to_a_session_that_is_over_mails_nobody(cast):
    session = plan(cast, people=[cast.participant_member])
    all_sent()

    change_session(session, actor=cast.facilitator, at=DAY_AFTER, title="Promises we kept")

    assert mails(UPDATE) == []


def test_a_change_before_anybody_was_invited_mails_nobody(cast):
    session = plan(cast, people=[cast.participant_member], notify=False)

    change_session(session, actor=cast.facilitator, at=LONG_BEFORE, place="Town Hall")

    assert Delivery.objects.count() == 0


def test_change_refuses_what_is_no_fact_of_a_session(cast):
    session = make_session(cast.programme)

    with pytest.raises(TypeError, match="state"):
        change_session(session, actor=cast.facilitator, at=LONG_BEFORE, state=SessionState.CANCELLED)


def test_cancel_mails_everybody_who_has_heard_of_it(cast):
    session = plan(cast, people=[cast.participant_member, cast.executive_member])
    all_sent()

    told = cancel_session(session, actor=cast.facilitator, at=LONG_BEFORE)

    session.refresh_from_db()
    assert (told, session.state, session.sequence) == (2, SessionState.CANCELLED, 1)
    assert mails(CANCELLATION) == [
        ("eve.executive@example.org", "sequence-1"),
        ("pat.participant@example.org", "sequence-1"),
    ]


def test_cancel_before_the_invitation_left_just_stops_it(cast):
    session = plan(cast, people=[cast.participant_member])

    told = cancel_session(session, actor=cast.facilitator, at=LONG_BEFORE)

    assert told == 0
    assert mails(INVITATION, DeliveryState.CANCELLED) == [("pat.participant@example.org", "sequence-0")]
    assert mails(CANCELLATION) == []


def test_cancel_twice_is_once(cast):
    session = plan(cast, people=[cast.participant_member])
    all_sent()

    cancel_session(session, actor=cast.facilitator, at=LONG_BEFORE)

    assert cancel_session(session, actor=cast.facilitator, at=LONG_BEFORE) == 0
    assert AuditEntry.objects.filter(action=AuditAction.SESSION_CANCELLED).count() == 1


def test_cancel_after_the_event_mails_nobody(cast):
    session = plan(cast, people=[cast.participant_member])
    all_sent()

    assert cancel_session(session, actor=cast.facilitator, at=DAY_AFTER) == 0


@pytest.mark.parametrize(
    ("day", "utc_hour"),
    [(date(2022, 3, 26), 10), (date(2022, 3, 27), 9), (date(2022, 10, 29), 9), (date(2022, 10, 30), 10)],
)
def test_wall_time_holds_over_both_clock_change_weekends(cast, day, utc_hour):
    session = plan(cast, date=day, at=datetime(2022, 1, 1, tzinfo=UTC))

    assert session.starts_at.astimezone(UTC) == datetime(day.year, day.month, day.day, utc_hour, tzinfo=UTC)
