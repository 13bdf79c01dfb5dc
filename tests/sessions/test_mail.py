"""What the mails say and carry, sent through the real writers. Sessions lie ahead of today, as the writers look at it."""

from datetime import datetime, time, timedelta
from email import message_from_bytes, policy
from zoneinfo import ZoneInfo

import icalendar
import pytest
from django.utils import timezone

from programme.enums import DeliveryPurpose
from programme.lib.mail import to_mime
from programme.models.deliveries import Delivery
from sessions.enums import Reply, SessionMode, SessionState
from sessions.mail import write_cancellation, write_invitation, write_reminder, write_update
from sessions.services.invitations import invite_people, remove_person
from sessions.services.sessions import cancel_session, change_session, plan_session

IN_TEN_DAYS = timezone.localdate() + timedelta(days=10)


@pytest.fixture
def session(cast):
    return plan_session(
        cast.programme,
        actor=cast.facilitator,
        at=timezone.now(),
        title="Promises we keep",
        kind="workshop",
        mode=SessionMode.HYBRID,
        date=IN_TEN_DAYS,
        starts=time(10),
        ends=time(12, 30),
        place="Harbour Room; Civic Centre, Westport",
        link="https://video.example.org/abc",
        purpose="To look at what we promised",
        people=[cast.participant_member],
    )


def delivery(purpose: DeliveryPurpose) -> Delivery:
    return Delivery.objects.filter(purpose=purpose).latest("created_at")


def sent() -> None:
    Delivery.objects.filter(state="pending").update(state="sent")


def event_of(message) -> icalendar.Event:
    (event,) = icalendar.Calendar.from_ical(message.calendar).walk("VEVENT")
    return event


def test_invitation_says_what_when_where_and_how_to_reply(cast, session):
    message = write_invitation(delivery(DeliveryPurpose.SESSION_INVITATION))

    assert message.subject.startswith("Invitation: Promises we keep, ")
    for words in (
        "Dear Pat Participant",
        "10am to 12.30pm (UK time)",
        "Harbour Room; Civic Centre, Westport, or by video",
        "https://video.example.org/abc",
        f"/programmes/{cast.programme.pk}/sessions/{session.pk}/reply/",
    ):
        assert words in message.text
        assert words in message.html


def test_invitation_carries_a_request_for_this_person_alone(cast, session):
    invite_people(session, people=[cast.executive_member], actor=cast.facilitator, at=timezone.now())

    message = write_invitation(Delivery.objects.get(recipient=cast.participant))

    event = event_of(message)
    assert message.calendar_method == "REQUEST"
    assert (event["UID"], event["SEQUENCE"]) == (str(session.pk), 0)
    assert event["ATTENDEE"] == "mailto:pat.participant@example.org"
    assert event["ORGANIZER"] == "mailto:fay.facilitator@example.org"
    assert event["LOCATION"] == "Harbour Room; Civic Centre, Westport, or by video"
    assert event["DTSTART"].params["TZID"] == "Europe/London"
    assert event["DTSTART"].dt == session.starts_at


def test_the_mail_as_sent_can_be_read_by_a_calendar(session):
    row = delivery(DeliveryPurpose.SESSION_INVITATION)

    raw = to_mime(write_invitation(row), to="pat@example.org", message_id=row.message_id).message().as_bytes()
    parts = [part for part in message_from_bytes(raw, policy=policy.default).walk() if not part.is_multipart()]

    assert [part.get_content_type() for part in parts] == ["text/plain", "text/html", "text/calendar"]
    assert parts[2]["Content-Type"].params["method"] == "REQUEST"
    calendar = icalendar.Calendar.from_ical(parts[2].get_payload(decode=True))
    assert [part.name for part in calendar.subcomponents] == ["VTIMEZONE", "VEVENT"]


def test_update_keeps_the_uid_and_grows_the_sequence(cast, session):
    sent()
    change_session(session, actor=cast.facilitator, at=timezone.now(), starts=time(9))

    message = write_update(delivery(DeliveryPurpose.SESSION_UPDATE))

    event = event_of(message)
    assert (event["UID"], event["SEQUENCE"], message.calendar_method) == (str(session.pk), 1, "REQUEST")
    assert event["DTSTART"].dt.time() == time(9)
    assert "9am to 12.30pm" in message.text


def test_the_reply_stands_in_the_calendar_entry(cast, session):
    sent()
    session.invitations.update(reply=Reply.COMING)
    change_session(session, actor=cast.facilitator, at=timezone.now(), place="Town Hall")

    event = event_of(write_update(delivery(DeliveryPurpose.SESSION_UPDATE)))

    assert event["ATTENDEE"].params["PARTSTAT"] == "ACCEPTED"


def test_an_older_mail_says_nothing_once_a_newer_one_is_queued(cast, session):
    row = delivery(DeliveryPurpose.SESSION_INVITATION)
    sent()
    change_session(session, actor=cast.facilitator, at=timezone.now(), place="Town Hall")

    assert write_invitation(row) is None


def test_removing_somebody_else_does_not_make_a_waiting_mail_stale(cast, session):
    invite_people(session, people=[cast.executive_member], actor=cast.facilitator, at=timezone.now())
    remove_person(session.invitations.get(member=cast.executive_member), actor=cast.facilitator, at=timezone.now())

    assert write_invitation(Delivery.objects.get(recipient=cast.participant)) is not None


def test_cancellation_takes_the_event_out(cast, session):
    sent()
    cancel_session(session, actor=cast.facilitator, at=timezone.now())

    message = write_cancellation(delivery(DeliveryPurpose.SESSION_CANCELLATION))

    event = event_of(message)
    assert message.calendar_method == "CANCEL"
    assert (event["UID"], event["SEQUENCE"], event["STATUS"]) == (str(session.pk), 1, "CANCELLED")
    assert message.subject.startswith("Cancelled: Promises we keep")
    assert "This session has been cancelled" in message.text


def test_removal_says_that_the_person_is_no_longer_asked(cast, session):
    sent()
    remove_person(session.invitations.get(), actor=cast.facilitator, at=timezone.now())

    message = write_cancellation(delivery(DeliveryPurpose.SESSION_CANCELLATION))

    assert message.calendar_method == "CANCEL"
    assert "You are no longer invited" in message.text


def test_a_removal_taken_back_before_it_left_is_not_sent(cast, session):
    sent()
    remove_person(session.invitations.get(), actor=cast.facilitator, at=timezone.now())
    row = delivery(DeliveryPurpose.SESSION_CANCELLATION)
    invite_people(session, people=[cast.participant_member], actor=cast.facilitator, at=timezone.now())

    assert write_cancellation(row) is None


@pytest.mark.parametrize(
    "change",
    [
        {"state": SessionState.CANCELLED},
        {"date": timezone.localdate() - timedelta(days=2)},
    ],
)
def test_an_invitation_is_not_sent_when_the_session_is_off_or_over(session, change):
    for name, value in change.items():
        setattr(session, name, value)
    session.save()

    assert write_invitation(delivery(DeliveryPurpose.SESSION_INVITATION)) is None


def test_an_invitation_is_not_sent_to_somebody_who_left(cast, session):
    cast.participant_member.left_on = timezone.localdate()
    cast.participant_member.save()

    assert write_invitation(delivery(DeliveryPurpose.SESSION_INVITATION)) is None


@pytest.fixture
def reminder(session):
    """A reminder that is due, of a session tomorrow."""
    session.date = timezone.localdate() + timedelta(days=1)
    session.save()
    place = session.invitations.get()
    return Delivery.objects.create(
        recipient=place.member.user,
        purpose=DeliveryPurpose.SESSION_REMINDER,
        subject_id=place.pk,
        occurrence=f"day-before-{session.date.isoformat()}",
        due_at=timezone.now(),
        message_id="<one@example.org>",
    )


def test_reminder_says_tomorrow_and_carries_no_calendar(reminder):
    message = write_reminder(reminder)

    assert message.subject == "Tomorrow at 10am: Promises we keep"
    assert message.calendar == ""
    assert "Please say whether you are coming:" in message.text


def test_reminder_that_is_late_says_today(session, reminder):
    now = timezone.now().astimezone(ZoneInfo("Europe/London"))
    late = now + timedelta(minutes=20)
    if late.date() != now.date():
        late = datetime.combine(now.date(), time(23, 59, 59), now.tzinfo)
    session.date, session.starts, session.ends = now.date(), late.time(), time(23, 59, 59, 999999)
    session.save()
    reminder.occurrence = f"day-before-{session.date.isoformat()}"

    assert write_reminder(reminder).subject.startswith("Today at ")


@pytest.mark.parametrize(
    "fields", [{"reply": Reply.NOT_COMING}, {"removed_at": timezone.now()}], ids=["not coming", "off the list"]
)
def test_reminder_is_not_sent_to_those_who_do_not_come(session, reminder, fields):
    session.invitations.update(**fields)

    assert write_reminder(reminder) is None


def test_reminder_is_not_sent_to_those_who_want_none(cast, reminder):
    cast.participant_member.wants_no_reminders = True
    cast.participant_member.save()

    assert write_reminder(reminder) is None


def test_reminder_of_a_day_that_is_no_longer_the_day_is_not_sent(session, reminder):
    session.date += timedelta(days=7)
    session.save()

    assert write_reminder(reminder) is None


def test_hostile_words_are_text_in_the_mail(cast, session):
    sent()
    change_session(session, actor=cast.facilitator, at=timezone.now(), title="<script>alert(1)</script>\r\nBcc: x@y")

    message = write_update(delivery(DeliveryPurpose.SESSION_UPDATE))

    assert "\n" not in message.subject
    assert "<script>" not in message.html
    assert str(event_of(message)["SUMMARY"]).startswith("<script>alert(1)</script>")
