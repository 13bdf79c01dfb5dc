"""The promise about mail: queued once, handed over, never silently lost."""

from datetime import timedelta

import pytest
from django.utils import timezone

from programme.enums import DeliveryPurpose, DeliveryState
from programme.lib.mail import Message
from programme.models.deliveries import Delivery
from programme.services import deliveries
from tests.factories.programme import make_programme, make_user
from tests.real_parts import free_port

WRITER = "tests.programme.services.test_deliveries.write_hello"


def write_hello(delivery: Delivery) -> Message | None:
    return None if delivery.occurrence == "unwanted" else Message("Hello\nthere", "Dear colleague")


def write_badly(delivery: Delivery) -> Message:
    raise ValueError("a broken template")


def write_no_mail(delivery: Delivery) -> Message:
    return Message("Hello", "Dear colleague", calendar="BEGIN:VCALENDAR", calendar_method="REQUEST\nX-Bad: yes")


@pytest.fixture(autouse=True)
def writers(settings):
    settings.DELIVERY_WRITERS = dict.fromkeys(DeliveryPurpose.values, WRITER)


@pytest.fixture
def queue(db):
    programme = make_programme()

    def make(email="a@example.org", purpose=DeliveryPurpose.WAVE_INVITATION, occurrence="first", **fields):
        user = make_user(email)
        return deliveries.queue(
            user, purpose=purpose, subject_id=programme.pk, occurrence=occurrence, programme=programme, **fields
        )

    return make


def test_queue_writes_the_same_mail_once(queue):
    first = queue()

    second = deliveries.queue(
        first.recipient, purpose=first.purpose, subject_id=first.subject_id, occurrence=first.occurrence
    )

    assert second == first
    assert Delivery.objects.count() == 1


def test_send_due_hands_the_mail_over_under_its_message_id(queue, mail_sink):
    delivery = queue()

    deliveries.send_due(at=timezone.now())

    delivery.refresh_from_db()
    [message] = mail_sink.to("a@example.org")
    assert (message["Subject"], message["Message-ID"]) == ("Hello there", delivery.message_id)
    assert (delivery.state, delivery.sent_to, delivery.attempts) == (DeliveryState.SENT, "a@example.org", 1)


def test_send_due_sends_nothing_twice(queue, mail_sink):
    queue()

    deliveries.send_due(at=timezone.now())
    deliveries.send_due(at=timezone.now())

    assert len(mail_sink.messages) == 1


def test_send_due_leaves_what_is_not_due(queue, mail_sink):
    queue(due_at=timezone.now() + timedelta(hours=1))

    assert deliveries.send_due(at=timezone.now()) == 0


def test_mail_no_longer_needed_is_cancelled(queue, mail_sink):
    delivery = queue(occurrence="unwanted")

    deliveries.send_due(at=timezone.now())

    delivery.refresh_from_db()
    assert delivery.state == DeliveryState.CANCELLED
    assert mail_sink.messages == []


@pytest.mark.parametrize(
    ("answer", "state"), [("550 No such mailbox", DeliveryState.FAILED), ("451 Try later", DeliveryState.RETRYING)]
)
def test_refusal_fails_or_retries_and_others_still_go(queue, mail_sink, answer, state):
    refused, fine = queue("gone@example.org"), queue("fine@example.org")
    mail_sink.refuse["gone@example.org"] = answer

    deliveries.send_due(at=timezone.now())

    refused.refresh_from_db()
    fine.refresh_from_db()
    assert (refused.state, fine.state) == (state, DeliveryState.SENT)
    assert answer in refused.problem


def test_a_mail_server_that_is_away_is_tried_once_and_all_goes_when_it_is_back(queue, mail_sink, settings):
    first, second = queue("first@example.org"), queue("second@example.org")
    settings.EMAIL_PORT = free_port()

    assert deliveries.send_due(at=timezone.now()) == 0

    states = dict(Delivery.objects.values_list("pk", "state"))
    assert states == {first.pk: DeliveryState.RETRYING, second.pk: DeliveryState.PENDING}
    settings.EMAIL_PORT = mail_sink.port
    Delivery.objects.update(due_at=timezone.now())
    assert deliveries.send_due(at=timezone.now()) == 2
    assert len(mail_sink.messages) == 2


def test_retries_end_in_failure(queue, mail_sink):
    delivery = queue("gone@example.org")
    mail_sink.refuse["gone@example.org"] = "451 Try later"

    for _try in range(len(deliveries.RETRY_AFTER) + 1):
        Delivery.objects.filter(state=DeliveryState.RETRYING).update(due_at=timezone.now())
        deliveries.send_due(at=timezone.now())

    delivery.refresh_from_db()
    assert (delivery.state, delivery.attempts) == (DeliveryState.FAILED, len(deliveries.RETRY_AFTER) + 1)


@pytest.mark.parametrize("writer", ["write_badly", "write_no_mail"])
def test_a_mail_that_cannot_be_written_fails_alone(queue, mail_sink, settings, writer):
    settings.DELIVERY_WRITERS = settings.DELIVERY_WRITERS | {
        DeliveryPurpose.SESSION_UPDATE: f"tests.programme.services.test_deliveries.{writer}"
    }
    broken, fine = queue("b@example.org", purpose=DeliveryPurpose.SESSION_UPDATE), queue("fine@example.org")

    deliveries.send_due(at=timezone.now())

    broken.refresh_from_db()
    fine.refresh_from_db()
    assert (broken.state, fine.state) == (DeliveryState.FAILED, DeliveryState.SENT)


@pytest.mark.parametrize(
    ("purpose", "state"),
    [
        (DeliveryPurpose.WAVE_INVITATION, DeliveryState.RETRYING),
        (DeliveryPurpose.WAVE_REMINDER, DeliveryState.UNCONFIRMED),
    ],
)
def test_a_dead_worker_s_mail_is_sent_again_only_if_it_invites(queue, purpose, state):
    delivery = queue(purpose=purpose)
    ago = timezone.now() - timedelta(seconds=1)
    Delivery.objects.update(state=DeliveryState.SENDING, claimed_until=ago)

    deliveries.recover_abandoned(at=timezone.now())

    delivery.refresh_from_db()
    assert delivery.state == state


def test_stop_and_resend_tell_whether_they_came_in_time(queue, mail_sink):
    delivery, actor = queue(), make_user()

    assert deliveries.stop(delivery, actor=actor, at=timezone.now()) is True
    assert deliveries.stop(delivery, actor=actor, at=timezone.now()) is False
    assert deliveries.resend(delivery, actor=actor, at=timezone.now()) is True
    deliveries.send_due(at=timezone.now())
    assert len(mail_sink.messages) == 1


def test_a_dead_broker_costs_nobody_their_mail(queue, mail_sink, django_capture_on_commit_callbacks):
    with django_capture_on_commit_callbacks(execute=True) as nudges:
        delivery = queue()

    assert len(nudges) == 1
    deliveries.send_due(at=timezone.now())
    delivery.refresh_from_db()
    assert delivery.state == DeliveryState.SENT
