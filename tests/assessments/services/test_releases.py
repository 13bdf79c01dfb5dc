import random
from datetime import timedelta

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from assessments.enums import WaveState
from assessments.models.invitations import WaveInvitation
from assessments.models.releases import Release
from assessments.models.responses import Response
from assessments.releasing.document import seal
from assessments.results import WITHHELD, NotReleased, ReleaseChanged, released_results, wave_results
from assessments.services import releases
from assessments.services.releases import compute_release, request_release
from assessments.services.waves import WaveProblem
from programme.enums import AuditAction, JobKind, JobState
from programme.lib.jobs import JobProblem
from programme.models.audit import AuditEntry
from programme.models.jobs import Job
from programme.services import jobs
from tests.factories.assessments import NOW, make_instrument, make_people, make_wave
from tests.factories.results import ONE_QUESTION, answered_wave, release, released_wave


@pytest.fixture
def version(db):
    return make_instrument(ONE_QUESTION)


def everybody(cast, council=7, trust=6):
    return [
        *make_people(cast.programme, council, organisation=cast.council, team=cast.executives),
        *make_people(cast.programme, trust, organisation=cast.nhs, team=cast.executives),
    ]


def answers(people, trust=3, results=4, **more):
    return {member: {"t1": trust, "r1": results, **more} for member in people}


def a_job(wave):
    return Job(kind=JobKind.RELEASE_WAVE, subject_id=wave.pk, programme=wave.programme, requested_by=wave.created_by)


def silent(percent, step):
    pass


@pytest.mark.parametrize("state", [WaveState.DRAFT, WaveState.OPEN, WaveState.RELEASED])
def test_only_a_closed_wave_can_be_released(cast, version, state):
    wave = make_wave(cast.programme, instrument_version=version, state=state)

    with pytest.raises(WaveProblem):
        request_release(wave, actor=cast.facilitator, at=NOW)

    assert Job.objects.count() == 0


def test_asking_twice_starts_one_job(cast, version):
    wave = answered_wave(cast.programme, version, answers(everybody(cast)))

    first = request_release(wave, actor=cast.facilitator, at=NOW)
    second = request_release(wave, actor=cast.facilitator, at=NOW)

    assert (first.pk, first.kind, first.subject_id) == (second.pk, JobKind.RELEASE_WAVE, wave.pk)


def test_the_worker_releases_and_says_how_far_it_is(cast, version):
    wave = answered_wave(cast.programme, version, answers(everybody(cast)))
    job = request_release(wave, actor=cast.facilitator, at=NOW)

    jobs.run(job.pk)

    job.refresh_from_db()
    wave.refresh_from_db()
    assert (job.state, job.progress, wave.state) == (JobState.DONE, 100, WaveState.RELEASED)
    assert wave.released_at is not None
    told = []
    release_again = answered_wave(cast.programme, version, answers(everybody(cast)), days=5)
    compute_release(a_job(release_again), lambda percent, step: told.append(percent))
    assert told == sorted(told)
    assert len(told) >= 4


def test_an_open_wave_is_never_computed(cast, version):
    wave = answered_wave(cast.programme, version, answers(everybody(cast)), state=WaveState.OPEN)

    with pytest.raises(JobProblem):
        compute_release(a_job(wave), silent)

    assert Release.objects.count() == 0
    with pytest.raises(NotReleased):
        wave_results(wave)


def test_the_second_run_changes_nothing(cast, version):
    wave = released_wave(cast.programme, version, answers(everybody(cast)))
    before = Release.objects.values_list("pk", "sha256", "created_at").get()
    released_at = wave.released_at

    release(wave)

    assert Release.objects.values_list("pk", "sha256", "created_at").get() == before
    assert wave.released_at == released_at
    assert AuditEntry.objects.filter(action=AuditAction.WAVE_RELEASED).count() == 1


def test_the_audit_tells_counts_and_no_reason(cast, version):
    wave = released_wave(cast.programme, version, answers(everybody(cast, council=7, trust=3)))

    entry = AuditEntry.objects.get(action=AuditAction.WAVE_RELEASED)

    assert entry.detail == {"title": wave.title, "threshold": 5, "released": 4, "withheld": 4}


def test_only_sent_answers_of_people_still_on_the_list_count(cast, version):
    people = everybody(cast, council=8, trust=0)
    wave = answered_wave(cast.programme, version, answers(people))
    unsent = WaveInvitation.objects.get(wave=wave, member=people[0])
    WaveInvitation.objects.filter(pk=unsent.pk).update(submitted_at=None)
    Response.objects.filter(pk=unsent.pk).update(submitted_at=None)
    WaveInvitation.objects.filter(wave=wave, member=people[1]).update(withdrawn_at=NOW)

    release(wave)

    assert wave_results(wave).score("trust").n == 6


def test_the_waves_own_threshold_holds(cast, version):
    people = everybody(cast, council=6, trust=6)

    five = wave_results(released_wave(cast.programme, version, answers(people), threshold=5))
    seven = wave_results(released_wave(cast.programme, version, answers(people), threshold=7, days=9))

    key = five.cuts[1].key
    assert five.score("trust", key).n == 6
    assert seven.score("trust", key) is WITHHELD


def test_all_answers_are_read_in_one_query(cast, version):
    people = everybody(cast)
    released_wave(cast.programme, version, answers(people), days=-90)
    wave = answered_wave(cast.programme, version, answers(people))

    with CaptureQueriesContext(
        connection,
    ) as queries:
        compute_release(_saved(a_job(wave)), silent)

    reading = [query["sql"] for query in queries if 'FROM "assessments_answer"' in query["sql"]]
    assert len([sql for sql in reading if '"value"' in sql]) == 1
    assert len(reading) == 2  # the other reads the comments


def test_comments_need_ten_who_wrote_and_come_shuffled_without_a_name(cast, version):
    people = everybody(cast, council=8, trust=8)
    nine = {member: {"t1": 3, "r1": 4} for member in people}
    nine |= {member: {"t1": 3, "r1": 4, "keep": f"Thought {number}"} for number, member in enumerate(people[:9])}
    many = {member: {"t1": 3, "r1": 4, "keep": f"Thought {number}"} for number, member in enumerate(people)}

    few = wave_results(released_wave(cast.programme, version, nine))
    enough = wave_results(released_wave(cast.programme, version, many, days=9))

    assert not isinstance(few.comments[0].texts, tuple)
    assert sorted(enough.comments[0].texts) == sorted(f"Thought {number}" for number in range(16))
    again = wave_results(released_wave(cast.programme, version, many, days=18))
    assert again.comments[0].texts != enough.comments[0].texts  # 1 in 16! that they agree by chance
    stored = str(Release.objects.get(wave_id=enough.wave_id).document)
    assert not any(member.name in stored or str(member.pk) in stored or member.pk.hex in stored for member in people)


def test_a_wave_released_meanwhile_is_taken_into_account(cast, version):
    people = everybody(cast)
    first = answered_wave(cast.programme, version, answers(people), days=-90)
    second = answered_wave(cast.programme, version, answers(people))
    computed, document = releases._compute(second, [], silent)
    release(first)

    frozen = releases._freeze(second, computed, document, before=[], actor=cast.facilitator)

    assert frozen is False
    assert not Release.objects.filter(wave=second).exists()
    release(second)
    assert list(wave_results(second).earlier) == ["baseline"]


def test_nothing_is_shown_of_a_release_that_was_altered(cast, version):
    wave = released_wave(cast.programme, version, answers(everybody(cast)))
    stored = Release.objects.get()
    stored.document["scores"]["programme"]["trust"]["value"] = 5.0
    stored.save()

    with pytest.raises(ReleaseChanged):
        wave_results(wave)
    with pytest.raises(ReleaseChanged):
        released_results(cast.programme)


def test_nothing_is_released_on_top_of_an_altered_ledger(cast, version):
    people = everybody(cast)
    released_wave(cast.programme, version, answers(people), days=-90)
    stored = Release.objects.get()
    stored.audited["sets"] = []
    stored.save()
    wave = answered_wave(cast.programme, version, answers(people))

    with pytest.raises(JobProblem, match="not as they were released"):
        compute_release(_saved(a_job(wave)), silent)

    wave.refresh_from_db()
    assert wave.state == WaveState.CLOSED


def test_baseline_and_previous_are_found_by_point_and_order(cast, version):
    people = everybody(cast)
    pulse = released_wave(cast.programme, version, answers(people), days=-300, point="other")
    baseline = released_wave(cast.programme, version, answers(people), days=-200, point="baseline")
    midpoint = released_wave(cast.programme, version, answers(people), days=-100, point="midpoint")
    end = released_wave(cast.programme, version, answers(people), point="end")

    earlier = {against: found.wave_id for against, found in wave_results(end).earlier.items()}

    assert earlier == {"previous": midpoint.pk, "baseline": baseline.pk}
    assert [found.wave_id for found in wave_results(baseline).earlier.values()] == [pulse.pk]


def test_another_version_is_never_compared(cast, version):
    people = everybody(cast)
    released_wave(cast.programme, version, answers(people), days=-100)
    newer = make_instrument(ONE_QUESTION.replace('version: "1.0"', 'version: "2.0"'))

    found = wave_results(released_wave(cast.programme, newer, answers(people)))

    assert found.earlier == {}
    assert found.movement("trust", "previous") is None


def test_random_programmes_are_sealed_and_withheld_cells_are_empty(cast, version):
    chance = random.Random(11)
    for number in range(25):
        people = everybody(cast, council=chance.randint(2, 7), trust=chance.randint(2, 7))
        wave = released_wave(
            cast.programme,
            version,
            {member: {"t1": chance.randint(1, 5), "r1": chance.randint(1, 5)} for member in people},
            days=number,
            closed_at=NOW + timedelta(days=number),
        )
        stored = Release.objects.get(wave=wave)
        assert stored.sha256 == seal(stored.document)
        for cell in (cell for cells in stored.document["scores"].values() for cell in cells.values()):
            assert cell is None or cell["n"] >= 5


def _saved(job):
    job.save()
    return job
