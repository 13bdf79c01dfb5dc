"""Real beat, real worker, real broker, real mail server: rows decide, so processes may die."""

import os
import signal
from datetime import timedelta

import pytest
from django.utils import timezone

from programme.enums import DeliveryPurpose, DeliveryState
from programme.models.deliveries import Delivery
from programme.services import deliveries
from programme.services.accounts import invite_account
from tests.factories.programme import make_user
from tests.real_parts import wait_until

DONE = [DeliveryState.SENT, DeliveryState.UNCONFIRMED, DeliveryState.CANCELLED, DeliveryState.FAILED]


@pytest.fixture
def administrator(transactional_db):
    return make_user("ada@example.org", is_administrator=True)


def invite(administrator, count: int, start: int = 0) -> list[str]:
    addresses = [f"invited{number}@example.org" for number in range(start, start + count)]
    for address in addresses:
        invite_account(
            email=address, name="Invited Person", actor=administrator, at=timezone.now(), may_create_programmes=True
        )
    return addresses


def test_a_nudge_reaches_the_worker_and_the_mail_goes(administrator, celery_part, mail_sink):
    celery_part("worker")

    [address] = invite(administrator, 1)

    wait_until(lambda: mail_sink.to(address), seconds=40)


def test_without_a_nudge_the_tick_finds_the_rows(administrator, celery_part, mail_sink, settings):
    [address] = invite(administrator, 1)
    celery_part("worker")
    celery_part("beat", TICK_SECONDS="1")

    wait_until(lambda: mail_sink.to(address), seconds=40)


def test_killed_workers_lose_no_invitation(administrator, celery_part, mail_sink):
    addresses = invite(administrator, 60)

    for kills in range(1, 4):
        worker = celery_part("worker")
        deliveries.nudge("programme.tasks.send_due_deliveries")
        wait_until(lambda kills=kills: len(mail_sink.messages) >= 12 * kills, seconds=40)
        os.killpg(worker.pid, signal.SIGKILL)
        worker.wait()
    # The claims of the dead run out.
    ago = timezone.now() - timedelta(seconds=1)
    Delivery.objects.filter(state=DeliveryState.SENDING).update(claimed_until=ago)
    celery_part("worker")
    celery_part("beat", TICK_SECONDS="1")
    wait_until(lambda: not Delivery.objects.exclude(state__in=DONE).exists(), seconds=60)

    assert sorted({message["To"] for message in mail_sink.messages}) == sorted(addresses)
    assert len(mail_sink.messages) - len(addresses) <= 3
    assert len({message["Message-ID"] for message in mail_sink.messages}) == len(addresses)
    assert set(Delivery.objects.values_list("purpose", "state")) == {
        (DeliveryPurpose.ACCOUNT_INVITATION, DeliveryState.SENT)
    }
