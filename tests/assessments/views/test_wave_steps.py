"""Opening, reminding, extending, closing: each says first what will happen, with numbers."""

from datetime import timedelta

import pytest
from django.urls import reverse
from django.utils import timezone

from assessments.enums import WaveState
from assessments.models.waves import Wave
from programme.enums import DeliveryPurpose
from programme.models.deliveries import Delivery
from tests.factories.assessments import invite, make_people, make_wave

pytestmark = pytest.mark.django_db


@pytest.fixture
def facilitator(cast, client_for):
    return client_for(cast.facilitator)


@pytest.fixture
def draft(cast):
    make_people(cast.programme, 23, organisation=cast.nhs, team=cast.managers)
    return make_wave(cast.programme, teams=[cast.managers], closes_at=timezone.now() + timedelta(days=14))


@pytest.fixture
def open_wave(cast):
    now = timezone.now()
    wave = make_wave(
        cast.programme, state=WaveState.OPEN, opened_at=now - timedelta(days=3), closes_at=now + timedelta(days=14)
    )
    for member in make_people(cast.programme, 3, organisation=cast.nhs, team=cast.managers):
        invite(wave, member)
    return wave


def url(name, wave):
    return reverse(f"assessments:{name}", kwargs={"wave_id": wave.pk, "programme_id": wave.programme_id})


def text(response) -> str:
    return " ".join(response.content.decode().split())


def test_looking_at_the_opening_page_opens_nothing(facilitator, draft):
    page = text(facilitator.get(url("wave_open", draft)))

    assert "24 people will be mailed" in page
    assert "Open and mail 24 people" in page
    assert Wave.objects.get().state == WaveState.DRAFT
    assert not Delivery.objects.exists()


def test_confirming_opens_and_mails_everybody_once(facilitator, draft):
    for _ in range(2):
        response = facilitator.post(url("wave_open", draft), {"privacy_text": "Only groups are shown."})

    assert "This questionnaire has been opened already." in text(response)
    assert (Wave.objects.get().state, Wave.objects.get().privacy_text) == (WaveState.OPEN, "Only groups are shown.")
    assert Delivery.objects.filter(purpose=DeliveryPurpose.WAVE_INVITATION).count() == 24


def test_without_a_privacy_text_the_default_is_offered_and_must_be_confirmed(cast, facilitator, draft):
    cast.programme.privacy_text = ""
    cast.programme.save()

    page = text(facilitator.get(url("wave_open", draft)))
    assert "This programme has no privacy text yet." in page
    assert "Taking part is your choice" in page

    response = facilitator.post(url("wave_open", draft), {"privacy_text": " "})
    assert "Enter what people are told about their answers" in text(response)
    assert Wave.objects.get().state == WaveState.DRAFT


def test_the_opening_page_refuses_with_reasons_and_offers_no_button(cast, facilitator):
    wave = make_wave(cast.programme, teams=[], closes_at=timezone.now() - timedelta(days=1))

    page = text(facilitator.get(url("wave_open", wave)))

    assert "It cannot be opened yet" in page
    assert "No team is chosen." in page
    assert "Open and mail" not in page


def test_reminding_tells_the_exact_count_before_and_sends_it(cast, facilitator, open_wave):
    finished, muted = open_wave.invitations.all()[:2]
    open_wave.invitations.filter(pk=finished.pk).update(submitted_at=timezone.now())
    type(muted.member).objects.filter(pk=muted.member_id).update(wants_no_reminders=True)

    page = text(facilitator.get(url("wave_remind", open_wave)))
    assert "Remind 1 person now?" in page
    assert "1 more person has not finished but gets none" in page
    assert not Delivery.objects.exists()

    response = facilitator.post(url("wave_remind", open_wave), follow=True)
    assert "1 reminder is on its way." in text(response)
    assert Delivery.objects.filter(purpose=DeliveryPurpose.WAVE_REMINDER).count() == 1

    assert "Nobody can be reminded now" in text(facilitator.get(url("wave_remind", open_wave)))


def test_extending_moves_the_end_only_later(facilitator, open_wave):
    day = open_wave.closes_at + timedelta(days=7)
    fields = {"closes_on_0": day.day, "closes_on_1": day.month, "closes_on_2": day.year, "closes_time": "midday"}

    facilitator.post(url("wave_extend", open_wave), fields)
    moved = Wave.objects.get().closes_at
    assert (timezone.localtime(moved).date(), timezone.localtime(moved).hour) == (timezone.localtime(day).date(), 12)

    response = facilitator.post(url("wave_extend", open_wave), {**fields, "closes_time": "9am"})
    assert "The new date must be later than the one it is open until now" in text(response)
    assert Wave.objects.get().closes_at == moved


def test_closing_early_states_its_consequences_and_needs_a_confirmation(facilitator, open_wave):
    page = text(facilitator.get(url("wave_close", open_wave)))
    assert "3 people have not finished and can answer no more" in page
    assert Wave.objects.get().state == WaveState.OPEN

    facilitator.post(url("wave_close", open_wave))
    assert Wave.objects.get().state == WaveState.CLOSED


@pytest.mark.parametrize("step", ["wave_remind", "wave_extend"])
def test_a_closed_one_can_be_neither_reminded_nor_extended(facilitator, open_wave, step):
    Wave.objects.update(state=WaveState.CLOSED)

    response = facilitator.post(url(step, open_wave))

    assert response.url == url("wave_detail", open_wave)
    assert not Delivery.objects.exists()
