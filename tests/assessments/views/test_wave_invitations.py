"""Single people in an open questionnaire."""

from datetime import timedelta

import pytest
from django.urls import reverse
from django.utils import timezone

from assessments.enums import WaveState
from assessments.models.invitations import AnsweringLink
from assessments.services.links import mint_link
from programme.enums import DeliveryPurpose
from programme.models.deliveries import Delivery
from tests.factories.assessments import invite, make_wave
from tests.factories.programme import make_member

pytestmark = pytest.mark.django_db


@pytest.fixture
def facilitator(cast, client_for):
    return client_for(cast.facilitator)


@pytest.fixture
def wave(cast):
    now = timezone.now()
    return make_wave(
        cast.programme,
        state=WaveState.OPEN,
        teams=[cast.managers],
        opened_at=now - timedelta(days=3),
        closes_at=now + timedelta(days=14),
    )


@pytest.fixture
def invitation(cast, wave):
    return invite(wave, cast.participant_member)


def url(name, wave, **more):
    return reverse(f"assessments:{name}", kwargs={"wave_id": wave.pk, "programme_id": wave.programme_id, **more})


def text(response) -> str:
    return " ".join(response.content.decode().split())


def test_who_joined_late_is_asked_only_by_decision(cast, facilitator, wave, invitation):
    late = make_member(cast.programme, team=cast.managers)
    elsewhere = make_member(cast.programme, team=cast.executives)
    assert "1 person of these teams is not asked" in text(facilitator.get(url("wave_detail", wave)))
    assert late.name in text(facilitator.get(url("wave_late", wave)))

    refused = facilitator.post(url("wave_late", wave), {"people": [str(elsewhere.pk)]})
    assert refused.status_code == 200
    facilitator.post(url("wave_late", wave), {"people": [str(late.pk)]})

    assert {asked.member for asked in wave.invitations.all()} == {cast.participant_member, late}
    assert [mail.recipient for mail in Delivery.objects.all()] == [late.user]


def test_a_new_link_ends_the_old_ones_after_a_confirmation(facilitator, wave, invitation):
    mint_link(invitation)
    page = url("wave_new_link", wave, invitation_id=invitation.pk)
    assert "Links sent before stop working" in text(facilitator.get(page))
    assert AnsweringLink.objects.get().revoked_at is None

    facilitator.post(page)

    assert AnsweringLink.objects.get().revoked_at is not None
    assert Delivery.objects.get().purpose == DeliveryPurpose.WAVE_INVITATION


def test_taking_somebody_off_the_list_needs_a_confirmation(facilitator, wave, invitation):
    page = url("wave_withdraw", wave, invitation_id=invitation.pk)
    facilitator.get(page)
    invitation.refresh_from_db()
    assert invitation.withdrawn_at is None

    facilitator.post(page)
    invitation.refresh_from_db()
    assert invitation.withdrawn_at is not None


def test_a_disputed_place_is_taken_over_from_the_list_of_people(cast, facilitator, wave, invitation):
    invitation.place_disputed = True
    invitation.save()
    assert "Pat Participant says: organisation or team is wrong" in text(facilitator.get(url("wave_detail", wave)))
    type(invitation.member).objects.filter(pk=invitation.member_id).update(organisation=cast.council)

    facilitator.post(url("wave_place", wave, invitation_id=invitation.pk))

    invitation.refresh_from_db()
    assert (invitation.organisation, invitation.place_disputed) == (cast.council, False)


def test_the_place_of_who_has_finished_stays(cast, facilitator, wave, invitation):
    invitation.submitted_at = timezone.now()
    invitation.save()
    type(invitation.member).objects.filter(pk=invitation.member_id).update(organisation=cast.council)

    facilitator.post(url("wave_place", wave, invitation_id=invitation.pk))

    invitation.refresh_from_db()
    assert invitation.organisation == cast.nhs


@pytest.mark.parametrize("page", ["wave_new_link", "wave_withdraw", "wave_place"])
def test_a_place_in_another_wave_is_not_found(cast, facilitator, wave, page):
    elsewhere = invite(make_wave(cast.programme, state=WaveState.OPEN), cast.participant_member)

    response = facilitator.post(url(page, wave, invitation_id=elsewhere.pk))

    assert response.status_code == 404
