from datetime import timedelta
from uuid import uuid4

import pytest
from django.db import IntegrityError, transaction

from assessments.enums import WavePoint, WaveState
from assessments.models.waves import Wave
from assessments.services.waves import (
    WaveProblem,
    change_wave,
    close_due_waves,
    close_wave,
    create_wave,
    discard_wave,
    extend_wave,
    invite_late,
    open_wave,
    withdraw_invitation,
)
from programme.enums import AuditAction, DeliveryPurpose, DeliveryState, Role
from programme.models.audit import AuditEntry
from programme.models.deliveries import Delivery
from programme.models.users import User
from tests.factories.assessments import NOW, invite, make_instrument, make_licensed_instrument, make_people, make_wave
from tests.factories.programme import make_member, make_team


@pytest.fixture
def wave(cast):
    """A draft for the Senior Managers: three people of the trust and two of the council."""
    make_people(cast.programme, 2, organisation=cast.nhs, team=cast.managers)
    make_people(cast.programme, 2, organisation=cast.council, team=cast.managers)
    return make_wave(cast.programme, teams=[cast.managers], title="Baseline")


def reasons(refused) -> list[str]:
    return list(refused.value.reasons)


def test_create_wave_takes_the_threshold_of_the_programme(cast):
    wave = create_wave(
        cast.programme,
        actor=cast.facilitator,
        instrument_version=make_instrument(),
        title="Baseline",
        point=WavePoint.BASELINE,
        teams=[cast.managers],
        closes_at=NOW,
    )

    assert (wave.state, wave.threshold, wave.reminder_days) == (WaveState.DRAFT, 5, [7, 3, 1])
    assert list(wave.teams.all()) == [cast.managers]


@pytest.mark.parametrize(("programme", "asked"), [(5, 4), (4, 3), (6, 5)])
def test_a_threshold_below_the_programmes_or_below_4_is_refused(cast, programme, asked):
    cast.programme.threshold = programme
    cast.programme.save()

    with pytest.raises(WaveProblem):
        create_wave(
            cast.programme,
            actor=cast.facilitator,
            instrument_version=make_instrument(),
            title="Baseline",
            point=WavePoint.BASELINE,
            teams=[cast.managers],
            closes_at=NOW,
            threshold=asked,
        )


def test_the_database_refuses_a_threshold_below_4(wave):
    with pytest.raises(IntegrityError), transaction.atomic():
        Wave.objects.filter(pk=wave.pk).update(threshold=3)


def test_open_wave_invites_everybody_in_its_teams_once(cast, wave):
    invited = open_wave(wave, actor=cast.facilitator, at=NOW)

    assert invited == 5
    assert (wave.state, wave.opened_at) == (WaveState.OPEN, NOW)
    places = wave.invitations.values_list("organisation", "team")
    assert sorted(places) == sorted([(cast.nhs.pk, cast.managers.pk)] * 3 + [(cast.council.pk, cast.managers.pk)] * 2)
    mails = Delivery.objects.filter(purpose=DeliveryPurpose.WAVE_INVITATION)
    assert {mail.subject_id for mail in mails} == {invitation.pk for invitation in wave.invitations.all()}
    assert mails.filter(occurrence="first", due_at=NOW, programme=cast.programme).count() == 5
    entry = AuditEntry.objects.get(action=AuditAction.WAVE_OPENED)
    assert (entry.detail["people"], entry.detail["teams"]) == (5, ["Senior Managers"])


def test_open_wave_keeps_organisation_and_team_as_they_were(cast, wave):
    open_wave(wave, actor=cast.facilitator, at=NOW)
    cast.participant_member.team = cast.executives
    cast.participant_member.organisation = cast.council
    cast.participant_member.save()

    kept = wave.invitations.get(member=cast.participant_member)
    assert (kept.team, kept.organisation) == (cast.managers, cast.nhs)


def test_open_wave_leaves_out_those_who_left_or_do_not_take_part(cast, wave):
    make_member(cast.programme, team=cast.managers, left_on=NOW.date())
    make_member(cast.programme, team=cast.managers, role=Role.EXECUTIVE)

    assert open_wave(wave, actor=cast.facilitator, at=NOW) == 5


def test_open_wave_freezes_what_people_are_told(cast, wave):
    open_wave(wave, actor=cast.facilitator, at=NOW)
    cast.programme.privacy_text, cast.programme.threshold = "Something else.", 9
    cast.programme.save()

    wave.refresh_from_db()
    assert (wave.privacy_text, wave.threshold) == ("Nobody sees your own answers.", 5)


def test_open_wave_takes_a_threshold_raised_in_the_programme_meanwhile(cast, wave):
    cast.programme.threshold = 7
    cast.programme.save()

    open_wave(Wave.objects.get(pk=wave.pk), actor=cast.facilitator, at=NOW)

    assert Wave.objects.get(pk=wave.pk).threshold == 7


def test_open_wave_twice_invites_once(cast, wave):
    stale = Wave.objects.get(pk=wave.pk)
    open_wave(wave, actor=cast.facilitator, at=NOW)

    with pytest.raises(WaveProblem) as refused:
        open_wave(stale, actor=cast.facilitator, at=NOW)

    assert reasons(refused) == ["This questionnaire has been opened already."]
    assert Delivery.objects.count() == wave.invitations.count() == 5


def test_open_wave_tells_every_reason_and_changes_nothing(cast):
    empty = make_team(cast.programme, "Board")
    User.objects.filter(pk=cast.participant.pk).update(email="pat at example")
    cast.programme.privacy_text = ""
    cast.programme.save()
    wave = make_wave(
        cast.programme,
        teams=[cast.managers, empty],
        closes_at=NOW,
        instrument_version=make_licensed_instrument(),
    )

    with pytest.raises(WaveProblem) as refused:
        open_wave(wave, actor=cast.facilitator, at=NOW)

    assert reasons(refused) == [
        "“Wide strengths results” holds a provider's results and cannot be answered here. Choose another questionnaire.",
        "The time it is open until has passed. Choose a later one.",
        "Nobody takes part in the team Board. Add people to it, or leave it out.",
        "Pat Participant has no e-mail address that works. Correct it, or take the person out of the team.",
        "People must be told who sees their answers. Write a privacy text first.",
    ]
    wave.refresh_from_db()
    assert (wave.state, wave.opened_at, wave.privacy_text) == (WaveState.DRAFT, None, "")
    assert not wave.invitations.exists()
    assert not Delivery.objects.exists()


@pytest.mark.parametrize("with_team", [True, False])
def test_open_wave_needs_people(cast, with_team):
    wave = make_wave(cast.programme, teams=[make_team(cast.programme)] if with_team else [])

    with pytest.raises(WaveProblem) as refused:
        open_wave(wave, actor=cast.facilitator, at=NOW)

    expected = "Nobody takes part in the chosen teams yet." if with_team else "No team is chosen."
    assert reasons(refused)[0].startswith(expected)


def test_an_open_wave_can_be_neither_changed_nor_thrown_away(cast, wave):
    open_wave(wave, actor=cast.facilitator, at=NOW)

    with pytest.raises(WaveProblem):
        change_wave(wave, actor=cast.facilitator, teams=[cast.executives], threshold=6)
    with pytest.raises(WaveProblem):
        discard_wave(wave, actor=cast.facilitator)

    kept = Wave.objects.get()
    assert (kept.threshold, list(kept.teams.all())) == (5, [cast.managers])


def test_invite_late_asks_only_those_who_were_not_asked(cast, wave):
    open_wave(wave, actor=cast.facilitator, at=NOW)
    late = make_member(cast.programme, team=cast.managers, organisation=cast.council)
    elsewhere = make_member(cast.programme, team=cast.executives)
    later = NOW + timedelta(days=1)

    asked = invite_late(wave, people=[late, elsewhere, cast.participant_member], actor=cast.facilitator, at=later)

    assert asked == 1
    assert wave.invitations.get(member=late).invited_at == later
    assert Delivery.objects.filter(recipient=late.user).count() == 1
    assert wave.invitations.count() == 6


def test_withdraw_invitation_stops_the_mail_and_can_be_taken_back(cast, wave):
    open_wave(wave, actor=cast.facilitator, at=NOW)
    invitation = wave.invitations.get(member=cast.participant_member)

    assert withdraw_invitation(invitation, actor=cast.facilitator, at=NOW)
    assert not withdraw_invitation(invitation, actor=cast.facilitator, at=NOW)
    assert Delivery.objects.get(subject_id=invitation.pk).state == DeliveryState.CANCELLED

    invite_late(wave, people=[cast.participant_member], actor=cast.facilitator, at=NOW + timedelta(hours=1))
    invitation.refresh_from_db()
    assert invitation.withdrawn_at is None
    assert Delivery.objects.filter(subject_id=invitation.pk, state=DeliveryState.PENDING).count() == 1


def test_extend_wave_only_to_a_later_time(cast, wave):
    open_wave(wave, actor=cast.facilitator, at=NOW)
    before = wave.closes_at

    with pytest.raises(WaveProblem):
        extend_wave(wave, closes_at=before - timedelta(days=1), actor=cast.facilitator, at=NOW)
    extend_wave(wave, closes_at=before + timedelta(days=5), actor=cast.facilitator, at=NOW)

    assert Wave.objects.get().closes_at == before + timedelta(days=5)
    entry = AuditEntry.objects.get(action=AuditAction.WAVE_CHANGED)
    assert entry.detail["closes_at"] == [before.isoformat(), (before + timedelta(days=5)).isoformat()]


def test_close_wave_closes_once_and_counts(cast, wave):
    open_wave(wave, actor=cast.facilitator, at=NOW)
    wave.invitations.filter(member=cast.participant_member).update(submitted_at=NOW)
    stale = Wave.objects.get(pk=wave.pk)

    assert close_wave(wave, actor=cast.facilitator, at=NOW + timedelta(hours=1))
    assert not close_wave(stale, actor=cast.facilitator, at=NOW + timedelta(hours=1))

    entry = AuditEntry.objects.get(action=AuditAction.WAVE_CLOSED)
    assert (entry.detail["early"], entry.detail["invited"], entry.detail["finished"]) == (True, 5, 1)
    with pytest.raises(WaveProblem):
        extend_wave(wave, closes_at=NOW + timedelta(days=99), actor=cast.facilitator, at=NOW)


def test_close_due_waves_closes_what_is_due_and_nothing_else(cast):
    due = make_wave(cast.programme, state=WaveState.OPEN, closes_at=NOW)
    long_due = make_wave(cast.programme, state=WaveState.OPEN, closes_at=NOW - timedelta(days=3))
    later = make_wave(cast.programme, state=WaveState.OPEN, closes_at=NOW + timedelta(seconds=1))
    draft = make_wave(cast.programme, state=WaveState.DRAFT, closes_at=NOW)

    assert close_due_waves(at=NOW) == 2
    assert close_due_waves(at=NOW) == 0

    states = dict(Wave.objects.values_list("pk", "state"))
    assert states == {due.pk: "closed", long_due.pk: "closed", later.pk: "open", draft.pk: "draft"}
    assert {entry.actor_id for entry in AuditEntry.objects.filter(action=AuditAction.WAVE_CLOSED)} == {None}


def test_waves_are_seen_by_their_programme_and_drafts_by_facilitators(cast):
    draft = make_wave(cast.programme)
    opened = make_wave(cast.programme, state=WaveState.OPEN)
    invite(opened, cast.participant_member, pk=uuid4())

    assert set(Wave.objects.visible_to(cast.facilitator)) == {draft, opened}
    assert set(Wave.objects.visible_to(cast.participant)) == {opened}
    assert not Wave.objects.visible_to(cast.other_facilitator).exists()
    assert not Wave.objects.visible_to(cast.administrator).exists()
