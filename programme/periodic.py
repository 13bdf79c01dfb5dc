"""Work the clock starts. One tick a minute finds what is due; a missed tick is caught up by the next."""

import logging

from celery import shared_task
from django.conf import settings
from django.utils import timezone
from django.utils.module_loading import import_string

from programme.services import deliveries, jobs
from programme.tasks import run_job, send_due_deliveries

log = logging.getLogger(__name__)


@shared_task(ignore_result=True)
def tick() -> None:
    """Frees abandoned rows, lets every app queue what is due, and hands the rows to the workers."""
    at = timezone.now()
    deliveries.recover_abandoned(at=at)
    jobs.recover_abandoned(at=at)
    for path in settings.TICKERS:
        try:
            import_string(path)(at=at)
        except Exception:
            # One broken ticker must not keep the others' mail waiting.
            log.exception("%s failed", path)
    for job_id in jobs.queued_ids():
        run_job.delay(str(job_id))
    send_due_deliveries.delay()
