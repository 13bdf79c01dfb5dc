"""Mailed ways in: secret, many, revocable, and only as good as the wave is open."""

import io
import logging
from datetime import timedelta

import pytest

from assessments.enums import WaveState
from assessments.models.invitations import AnsweringLink
from assessments.services.links import invitation_for, mint_link, reissue_link
from programme.enums import AuditAction
from programme.models.audit import AuditEntry
from programme.models.deliveries import Delivery
from tests.factories.assessments import NOW, invite, make_wave


@pytest.fixture
def invitation(cast):
    wave = make_wave(cast.programme, teams=[cast.managers], state=WaveState.OPEN)
    return invite(wave, cast.participant_member)


def token_of(path: str) -> str:
    return path.removeprefix("/answer/").removesuffix("/")


def test_a_link_opens_the_place_of_one_person(invitation):
    token = token_of(mint_link(invitation))

    assert invitation_for(token, at=NOW) == invitation
    assert len(token) == 32


def test_only_the_hash_of_a_token_is_kept(invitation):
    token = token_of(mint_link(invitation))

    row = AnsweringLink.objects.get()
    kept = [str(getattr(row, field.attname)) for field in row._meta.concrete_fields]
    assert not any(token in value for value in kept)
    assert len(row.token_hash) == 64


def test_each_mail_has_its_own_link_and_all_work(invitation):
    first, second = (token_of(mint_link(invitation)) for _ in range(2))

    assert first != second
    assert [invitation_for(token, at=NOW) for token in (first, second)] == [invitation, invitation]


def test_an_unknown_token_opens_nothing(invitation):
    mint_link(invitation)

    assert invitation_for("A" * 32, at=NOW) is None


def test_a_withdrawn_invitation_is_like_an_unknown_one(invitation):
    token = token_of(mint_link(invitation))
    invitation.withdrawn_at = NOW
    invitation.save()

    assert invitation_for(token, at=NOW) is None


def test_a_new_link_ends_the_earlier_ones_and_is_mailed(invitation, cast):
    token = token_of(mint_link(invitation))

    assert reissue_link(invitation, actor=cast.facilitator, at=NOW) is True

    assert invitation_for(token, at=NOW) is None
    delivery = Delivery.objects.get()
    assert (delivery.recipient, delivery.purpose, delivery.subject_id) == (
        cast.participant,
        "wave_invitation",
        invitation.pk,
    )
    entry = AuditEntry.objects.get(action=AuditAction.LINK_REISSUED)
    assert (entry.actor_id, entry.subject_id) == (cast.facilitator.pk, str(invitation.pk))


def test_two_presses_in_one_second_send_one_mail(invitation, cast):
    reissue_link(invitation, actor=cast.facilitator, at=NOW)
    reissue_link(invitation, actor=cast.facilitator, at=NOW)

    assert Delivery.objects.count() == 1


@pytest.mark.parametrize("change", [{"submitted_at": NOW}, {"withdrawn_at": NOW}])
def test_nobody_gets_a_new_link_without_need(invitation, cast, change):
    token = token_of(mint_link(invitation))
    for name, value in change.items():
        setattr(invitation, name, value)

    assert reissue_link(invitation, actor=cast.facilitator, at=NOW) is False
    assert not Delivery.objects.exists()
    assert invitation_for(token, at=NOW) == invitation


def test_no_new_link_after_closing(invitation, cast):
    assert reissue_link(invitation, actor=cast.facilitator, at=NOW + timedelta(days=30)) is False


def test_a_token_never_reaches_the_log(invitation, client, settings):
    token = "Zm9vYmFy" * 4
    handler = logging._handlers["console"]
    written = io.StringIO()
    before = handler.setStream(written)
    try:
        client.get(f"/answer/{token}/")
    finally:
        handler.setStream(before)

    assert "/answer/…" in written.getvalue()
    assert token not in written.getvalue()
