"""Long work as rows: queued in the caller's transaction, run by a worker, told on a page, started once."""

import logging
import uuid
from collections.abc import Callable
from datetime import datetime, timedelta

from django.conf import settings
from django.db import IntegrityError, transaction
from django.utils import timezone
from django.utils.module_loading import import_string
from django.utils.translation import gettext as _

from programme.enums import JobKind, JobState
from programme.lib.jobs import JobCancelled, JobProblem
from programme.models.jobs import Job
from programme.models.programmes import Programme
from programme.models.users import User
from programme.services.nudges import nudge

log = logging.getLogger(__name__)

CLAIM = timedelta(minutes=5)
ATTEMPTS = 3


def start(kind: JobKind, *, subject_id: uuid.UUID, programme: Programme, actor: User) -> Job:
    """Queues the work, or returns the row of the same work that is queued or running already."""
    try:
        with transaction.atomic():
            job = Job.objects.create(kind=kind, subject_id=subject_id, programme=programme, requested_by=actor)
    except IntegrityError:
        return Job.objects.active().get(kind=kind, subject_id=subject_id)
    nudge("programme.tasks.run_job", str(job.pk))
    return job


def cancel(job: Job, *, at: datetime) -> bool:
    """Stops queued work at once and running work at its next report. False when it had finished."""
    return bool(Job.objects.active().filter(pk=job.pk).update(state=JobState.CANCELLED, finished_at=at))


def queued_ids() -> list[uuid.UUID]:
    return list(Job.objects.filter(state=JobState.QUEUED).order_by("created_at").values_list("pk", flat=True))


def recover_abandoned(*, at: datetime) -> int:
    """Queues again what a dead worker left; gives up after the third try, in words."""
    abandoned = Job.objects.abandoned(at=at)
    problem = _("This stopped half-way several times. Please start it again, or tell your administrator.")
    given_up = abandoned.filter(attempts__gte=ATTEMPTS).update(state=JobState.FAILED, finished_at=at, problem=problem)
    return given_up + abandoned.update(state=JobState.QUEUED, progress=0, step="")


def run(job_id: uuid.UUID) -> None:
    """Runs one queued job in this process; does nothing when another worker has it."""
    job = _claim(job_id)
    if job is None:
        return
    try:
        import_string(settings.JOB_RUNNERS[job.kind])(job, _reporter(job))
    except JobCancelled:
        log.info("Job %s was cancelled", job.pk)
    except JobProblem as problem:
        _finish(job, JobState.FAILED, problem=str(problem))
    except Exception:
        log.exception("Job %s failed", job.pk)
        _finish(job, JobState.FAILED, problem=_("Something went wrong on our side. The error is in the log."))
    else:
        _finish(job, JobState.DONE, progress=100)


def _claim(job_id: uuid.UUID) -> Job | None:
    job = Job.objects.select_related("programme", "requested_by").filter(pk=job_id, state=JobState.QUEUED).first()
    if job is None:
        return None
    job.attempts += 1
    taken = Job.objects.filter(pk=job_id, state=JobState.QUEUED).update(
        state=JobState.RUNNING, attempts=job.attempts, claimed_until=timezone.now() + CLAIM
    )
    return job if taken else None


def _reporter(job: Job) -> Callable[[int, str], None]:
    def report(percent: int, step: str) -> None:
        running = Job.objects.filter(pk=job.pk, state=JobState.RUNNING, attempts=job.attempts)
        if not running.update(progress=percent, step=step[:200], claimed_until=timezone.now() + CLAIM):
            raise JobCancelled

    return report


def _finish(job: Job, state: JobState, *, problem: str = "", **fields: int) -> None:
    Job.objects.filter(pk=job.pk, state=JobState.RUNNING, attempts=job.attempts).update(
        state=state, problem=problem[:500], finished_at=timezone.now(), **fields
    )
