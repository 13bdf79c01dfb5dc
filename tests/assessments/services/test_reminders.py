from datetime import UTC, datetime, timedelta

import pytest

from assessments.enums import WaveState
from assessments.queries.reminders import next_reminder, reminder_moments
from assessments.services.reminders import choose_reminders, queue_due_reminders, remind_unfinished
from assessments.services.waves import extend_wave
from programme.enums import AuditAction, DeliveryPurpose
from programme.models.audit import AuditEntry
from programme.models.deliveries import Delivery
from tests.factories.assessments import invite, make_people, make_wave

CLOSES = datetime(2022, 5, 27, 16, 0, tzinfo=UTC)  # 5pm in London
OPENED = datetime(2022, 5, 9, 8, 0, tzinfo=UTC)
NINE = {day: datetime(2022, 5, day, 8, 0, tzinfo=UTC) for day in (20, 24, 26)}  # 9am in London, summer time
MINUTE = timedelta(minutes=1)


@pytest.fixture
def wave(cast):
    wave = make_wave(
        cast.programme,
        teams=[cast.managers],
        state=WaveState.OPEN,
        closes_at=CLOSES,
        opened_at=OPENED,
        title="Baseline",
    )
    for member in make_people(cast.programme, 3, organisation=cast.nhs, team=cast.managers):
        invite(wave, member)
    return wave


def queued() -> list[str]:
    rows = Delivery.objects.filter(purpose=DeliveryPurpose.WAVE_REMINDER)
    return sorted(rows.values_list("occurrence", flat=True))


def test_reminders_are_planned_at_nine_local_time(wave):
    assert reminder_moments(wave) == [NINE[20], NINE[24], NINE[26]]
    assert next_reminder(wave, at=NINE[20]) == NINE[24]
    assert next_reminder(wave, at=NINE[26]) is None


def test_nine_stays_nine_across_both_clock_changes(cast):
    wave = make_wave(cast.programme, closes_at=datetime(2027, 3, 28, 16, 0, tzinfo=UTC), reminder_days=[1, 0])
    assert [moment.astimezone(UTC).hour for moment in reminder_moments(wave)] == [9, 8]

    wave.closes_at = datetime(2027, 10, 31, 16, 0, tzinfo=UTC)
    assert [moment.astimezone(UTC).hour for moment in reminder_moments(wave)] == [8, 9]


def test_nothing_is_due_before_nine(wave):
    assert queue_due_reminders(at=NINE[20] - MINUTE) == 0
    assert queued() == []


def test_each_planned_day_reminds_everybody_unfinished_once(wave):
    for at in (NINE[20], NINE[20] + MINUTE, NINE[20] + timedelta(days=2)):
        queue_due_reminders(at=at)
    assert queued() == ["reminder-2022-05-20"] * 3

    queue_due_reminders(at=NINE[24])
    assert queued() == ["reminder-2022-05-20"] * 3 + ["reminder-2022-05-24"] * 3


def test_days_without_a_tick_are_made_up_for_by_one_reminder(wave):
    assert queue_due_reminders(at=NINE[26] + timedelta(hours=5)) == 3
    assert queued() == ["reminder-2022-05-26"] * 3


def test_a_planned_reminder_leaves_the_finished_the_withdrawn_the_muted_and_the_gone_alone(cast, wave):
    finished, withdrawn, muted = wave.invitations.select_related("member")
    wave.invitations.filter(pk=finished.pk).update(submitted_at=OPENED)
    wave.invitations.filter(pk=withdrawn.pk).update(withdrawn_at=OPENED)
    choose_reminders(muted.member, wanted=False)
    (gone,) = make_people(cast.programme, 1, team=cast.managers, left_on=OPENED.date())
    invite(wave, gone)

    assert queue_due_reminders(at=NINE[20]) == 0

    choose_reminders(muted.member, wanted=True)
    assert queue_due_reminders(at=NINE[20]) == 1


@pytest.mark.parametrize("state", [WaveState.DRAFT, WaveState.CLOSED, WaveState.RELEASED])
def test_only_open_waves_remind(wave, state):
    wave.state = state
    wave.save()

    assert queue_due_reminders(at=NINE[20]) == 0


def test_a_wave_whose_time_is_over_reminds_nobody_even_before_the_tick_closes_it(wave):
    assert queue_due_reminders(at=CLOSES) == 0


def test_who_is_invited_late_is_not_reminded_of_the_past(cast, wave):
    (late,) = make_people(cast.programme, 1, team=cast.managers)
    invite(wave, late, invited_at=NINE[20] + MINUTE)

    assert queue_due_reminders(at=NINE[20] + 2 * MINUTE) == 3
    assert not Delivery.objects.filter(recipient=late.user).exists()
    assert queue_due_reminders(at=NINE[24]) == 4


def test_reminders_planned_before_opening_are_not_sent(wave):
    wave.opened_at = NINE[20] + MINUTE
    wave.save()

    assert queue_due_reminders(at=NINE[20] + 2 * MINUTE) == 0


def test_extending_does_not_bring_an_old_reminder_back(cast, wave):
    queue_due_reminders(at=NINE[24])
    extend_wave(wave, closes_at=CLOSES + timedelta(days=3), actor=cast.facilitator, at=NINE[24] + MINUTE)

    # The plan has moved to 23, 27 and 29 May: the 23rd has passed, but everybody was reminded on the 24th.
    assert queue_due_reminders(at=NINE[24] + 2 * MINUTE) == 0
    assert queue_due_reminders(at=NINE[24] + timedelta(days=3)) == 3


def test_remind_unfinished_counts_and_reminds_once_a_day(cast, wave):
    at = NINE[20] + timedelta(days=1)

    assert remind_unfinished(wave, actor=cast.facilitator, at=at) == 3
    assert remind_unfinished(wave, actor=cast.facilitator, at=at + MINUTE) == 0

    assert queued() == ["reminder-2022-05-21"] * 3
    entry = AuditEntry.objects.get(action=AuditAction.REMINDERS_QUEUED)
    assert (entry.actor_id, entry.detail["people"], entry.detail["day"]) == (cast.facilitator.pk, 3, "2022-05-21")


def test_a_reminder_by_hand_replaces_the_planned_one_of_that_day(cast, wave):
    remind_unfinished(wave, actor=cast.facilitator, at=NINE[24] - MINUTE)

    assert queue_due_reminders(at=NINE[24]) == 0
    assert queued() == ["reminder-2022-05-24"] * 3


def test_a_tick_with_nothing_to_do_reads_little_whatever_the_number_of_people(cast, wave, django_assert_num_queries):
    queue_due_reminders(at=NINE[20])

    with django_assert_num_queries(4):  # the waves, a savepoint, its people, the end of the savepoint
        queue_due_reminders(at=NINE[20] + MINUTE)
