"""From opening to the mailbox: a real mail server, the real tick, and links that lead where they should."""

import re
from datetime import timedelta

import pytest
from django.utils import timezone

from assessments.services.links import invitation_for
from assessments.services.waves import close_wave, open_wave
from programme.enums import DeliveryPurpose, DeliveryState
from programme.models.deliveries import Delivery
from programme.periodic import tick
from programme.services.deliveries import send_due
from tests.factories.assessments import make_people, make_wave

LINK = re.compile(r"/answer/(\S+)/")


@pytest.fixture
def wave(cast, mail_sink):
    """Opened ten days ago, closes in two days: its three reminders have been due for days."""
    make_people(cast.programme, 3, organisation=cast.nhs, team=cast.managers)
    now = timezone.now()
    wave = make_wave(
        cast.programme,
        teams=[cast.managers],
        closes_at=now + timedelta(days=2),
        reminder_days=[5, 4, 3],
        title="Café & Co",
    )
    open_wave(wave, actor=cast.facilitator, at=now - timedelta(days=10))
    return wave


def body(mail) -> str:
    return mail.get_body(("plain",)).get_content()


def test_each_person_gets_one_invitation_with_a_link_of_their_own(cast, wave, mail_sink):
    for _ in range(2):
        send_due(at=timezone.now())

    mails = mail_sink.messages
    assert sorted(mail["To"] for mail in mails) == sorted(place.member.email for place in wave.invitations.all())
    assert {mail["Subject"] for mail in mails} == {"Your answers, please: Café & Co"}
    for mail in mails:
        (token,) = LINK.findall(body(mail))
        assert invitation_for(token, at=timezone.now()).member.email == mail["To"]
        assert token in mail.get_body(("html",)).get_content()


def test_after_days_without_a_tick_the_unfinished_get_one_reminder_and_the_finished_none(cast, wave, mail_sink, broker):
    send_due(at=timezone.now())
    mail_sink.messages.clear()
    finished = wave.invitations.get(member=cast.participant_member)
    wave.invitations.filter(pk=finished.pk).update(submitted_at=timezone.now())

    for _ in range(2):
        tick()
        send_due(at=timezone.now())

    assert len(mail_sink.messages) == 3
    assert cast.participant.email not in {mail["To"] for mail in mail_sink.messages}


def test_mail_that_waits_when_the_wave_closes_is_never_sent(cast, wave, mail_sink):
    close_wave(wave, actor=cast.facilitator, at=timezone.now())

    send_due(at=timezone.now())

    assert mail_sink.messages == []
    states = Delivery.objects.filter(purpose=DeliveryPurpose.WAVE_INVITATION).values_list("state", flat=True)
    assert set(states) == {DeliveryState.CANCELLED}
