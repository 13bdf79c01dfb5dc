"""Long work: started once, told as it goes, cancelled when asked, recovered when a worker dies."""

from datetime import timedelta

import pytest
from django.utils import timezone

from programme.enums import JobKind, JobState
from programme.lib.jobs import JobProblem
from programme.models.jobs import Job
from programme.services import jobs
from tests.factories.programme import make_programme

HERE = "tests.programme.services.test_jobs"


def work(job, report):
    report(40, "Half of it")
    report(80, "Most of it")


def work_that_cannot_be_done(job, report):
    raise JobProblem("There is nothing to compile yet.")


def work_that_breaks(job, report):
    raise ZeroDivisionError


def work_cancelled_meanwhile(job, report):
    report(40, "Half of it")
    jobs.cancel(job, at=timezone.now())
    report(80, "Most of it")
    raise AssertionError("a cancelled job went on")


@pytest.fixture
def start(db, settings):
    programme = make_programme()

    def make(runner="work") -> Job:
        settings.JOB_RUNNERS = {JobKind.COMPILE_REPORT: f"{HERE}.{runner}"}
        return jobs.start(
            JobKind.COMPILE_REPORT, subject_id=programme.pk, programme=programme, actor=programme.created_by
        )

    return make


def test_start_gives_the_active_job_of_the_same_work(start):
    assert start() == start()


def test_start_gives_a_new_job_once_the_first_is_done(start):
    first = start()
    jobs.run(first.pk)

    assert start() != first


@pytest.mark.parametrize(
    ("runner", "state", "progress", "words"),
    [
        ("work", JobState.DONE, 100, ""),
        ("work_that_cannot_be_done", JobState.FAILED, 0, "There is nothing to compile yet."),
        ("work_that_breaks", JobState.FAILED, 0, "Something went wrong on our side. The error is in the log."),
        ("work_cancelled_meanwhile", JobState.CANCELLED, 40, ""),
    ],
)
def test_run_ends_in_the_right_state(start, runner, state, progress, words):
    job = start(runner)

    jobs.run(job.pk)

    job.refresh_from_db()
    assert (job.state, job.progress, job.problem) == (state, progress, words)


def test_run_does_nothing_for_a_job_another_worker_has(start):
    job = start("work_that_breaks")
    Job.objects.update(state=JobState.RUNNING)

    jobs.run(job.pk)

    job.refresh_from_db()
    assert job.state == JobState.RUNNING


@pytest.mark.parametrize(("attempts", "state"), [(1, JobState.QUEUED), (jobs.ATTEMPTS, JobState.FAILED)])
def test_a_dead_worker_s_job_is_queued_again_until_it_is_hopeless(start, attempts, state):
    job = start()
    Job.objects.update(state=JobState.RUNNING, attempts=attempts, claimed_until=timezone.now() - timedelta(seconds=1))

    jobs.recover_abandoned(at=timezone.now())

    job.refresh_from_db()
    assert job.state == state
