"""Who has answered: names for facilitators, counts of groups large enough for executives."""

from datetime import timedelta

import pytest

from assessments.enums import WaveState
from assessments.queries.progress import (
    invitations_by_name,
    participation,
    people_progress,
    undelivered,
    wave_progress,
)
from programme.enums import DeliveryPurpose, DeliveryState
from programme.lib.charts import WITHHELD
from programme.models.deliveries import Delivery
from programme.services import deliveries
from tests.factories.assessments import NOW, invite, make_people, make_wave


@pytest.fixture
def wave(cast):
    return make_wave(cast.programme, state=WaveState.OPEN, teams=[cast.executives, cast.managers])


def ask(wave, number, *, finished=0, started=0, **place):
    """Invites `number` new people of a place, of whom so many have finished and so many more have begun."""
    for index, member in enumerate(make_people(wave.programme, number, **place)):
        begun = NOW if index < finished + started else None
        invite(wave, member, started_at=begun, submitted_at=NOW if index < finished else None)


def counts(groups) -> dict:
    return {group.label: (group.invited, group.started, group.finished) for group in groups}


def test_wave_progress_counts_organisations_and_teams(cast, wave):
    ask(wave, 4, finished=2, started=1, organisation=cast.council, team=cast.executives)
    ask(wave, 6, finished=5, organisation=cast.council, team=cast.managers)
    ask(wave, 7, started=3, organisation=cast.nhs, team=cast.managers)

    progress = wave_progress(wave)

    assert counts(progress.organisations) == {"Council": (10, 1, 7), "NHS trust": (7, 3, 0)}
    assert counts(progress.teams) == {"Executives": (4, 1, 2), "Senior Managers": (13, 3, 5)}
    assert (progress.whole.invited, progress.whole.finished, progress.unfinished) == (17, 7, 10)
    assert (progress.goal_people, progress.missing_to_goal) == (13, 6)  # 75% of 17, rounded up
    assert [row.mark for row in progress.share_rows()] == [0, 1, "square", "square"]


def test_people_taken_off_the_list_count_nowhere(cast, wave):
    ask(wave, 3, organisation=cast.council, team=cast.executives)
    wave.invitations.filter(pk=wave.invitations.first().pk).update(withdrawn_at=NOW)

    assert wave_progress(wave).whole.invited == 2


def test_a_wave_without_people_has_empty_progress(wave):
    progress = wave_progress(wave)

    assert (progress.whole.invited, progress.goal_people, progress.share_rows()) == (0, 0, [])
    assert not participation(wave).whole.shown


def test_executives_see_finished_counts_of_large_groups_and_no_starts(cast, wave):
    ask(wave, 5, finished=3, started=2, organisation=cast.council, team=cast.executives)
    ask(wave, 5, finished=1, organisation=cast.nhs, team=cast.managers)

    shown = participation(wave)

    assert counts(shown.organisations) == {"Council": (5, 0, 3), "NHS trust": (5, 0, 1)}
    assert (shown.whole.invited, shown.whole.finished, shown.whole.started) == (10, 4, 0)


def test_executives_see_no_group_below_five_nor_its_complement(cast, wave):
    ask(wave, 8, finished=6, organisation=cast.council, team=cast.managers)
    ask(wave, 4, finished=1, organisation=cast.nhs, team=cast.managers)

    shown = participation(wave)

    # Everybody minus the council would be the trust's four people.
    assert {group.label: group.shown for group in shown.organisations} == {"Council": False, "NHS trust": False}
    assert counts(shown.teams) == {"Senior Managers": (12, 0, 7)}
    assert [row.full for row in shown.share_rows()] == [WITHHELD, WITHHELD, 7]
    assert [row.total for row in shown.share_rows()] == [0, 0, 12]


def test_executives_see_no_counts_whose_difference_is_a_small_group(cast, wave):
    ask(wave, 8, organisation=cast.council, team=cast.executives)
    ask(wave, 2, organisation=cast.nhs, team=cast.executives)
    ask(wave, 10, organisation=cast.nhs, team=cast.managers)

    shown = participation(wave)

    # All eight of the council are executives: executives minus council would be two people of the trust.
    both_shown = shown.organisations[0].shown and shown.teams[0].shown
    assert shown.whole.shown
    assert not both_shown


def test_people_progress_names_state_and_mail_but_no_order_of_answering(cast, wave):
    zoe, adam, ben, cleo = make_people(cast.programme, 4, organisation=cast.nhs, team=cast.managers)
    for member, name in ((zoe, "Zoe"), (adam, "Adam"), (ben, "Ben"), (cleo, "Cleo")):
        member.name = name
        member.save()
    invite(wave, zoe, started_at=NOW)
    invite(wave, adam, started_at=NOW, submitted_at=NOW + timedelta(hours=2))
    invite(wave, cleo, started_at=NOW, submitted_at=NOW + timedelta(hours=1))
    unreached = invite(wave, ben)
    row = deliveries.queue(
        ben.user, purpose=DeliveryPurpose.WAVE_INVITATION, subject_id=unreached.pk, occurrence="first"
    )
    Delivery.objects.filter(pk=row.pk).update(state=DeliveryState.FAILED)

    people = people_progress(invitations_by_name(wave))

    assert [(person.invitation.member.name, str(person.words)) for person in people] == [
        ("Ben", "Not started"),
        ("Zoe", "Started"),
        ("Adam", "Finished"),
        ("Cleo", "Finished"),
    ]
    assert [person.mail_failed for person in people] == [True, False, False, False]


def test_undelivered_goes_by_the_latest_mail_and_forgets_who_has_finished(cast, wave):
    lost, mended, finished = make_people(cast.programme, 3, team=cast.managers)
    for member in (lost, mended, finished):
        invitation = invite(wave, member, submitted_at=NOW if member is finished else None)
        row = deliveries.queue(
            member.user,
            purpose=DeliveryPurpose.WAVE_INVITATION,
            subject_id=invitation.pk,
            occurrence="first",
            programme=cast.programme,
        )
        Delivery.objects.filter(pk=row.pk).update(state=DeliveryState.FAILED)
    again = wave.invitations.get(member=mended)
    deliveries.queue(mended.user, purpose=DeliveryPurpose.WAVE_INVITATION, subject_id=again.pk, occurrence="reissued")

    assert [invitation.member for invitation in undelivered(wave)] == [lost]


@pytest.mark.parametrize("people", [1, 3, 30])
def test_progress_takes_two_reads_whatever_the_number_of_people(cast, wave, people, django_assert_num_queries):
    ask(wave, people, organisation=cast.council, team=cast.managers)

    with django_assert_num_queries(2):
        wave_progress(wave)
    with django_assert_num_queries(2):
        people_progress(invitations_by_name(wave))
