"""What services ask the worker to do. Thin, safe to run twice; rows decide what is due, so a lost task loses nothing."""

from uuid import UUID

from celery import shared_task
from django.utils import timezone

from programme.services import deliveries, jobs


@shared_task(ignore_result=True)
def send_due_deliveries() -> None:
    while deliveries.send_due(at=timezone.now()):
        pass  # a batch at a time; what is put off for a retry is no longer due


@shared_task(ignore_result=True)
def run_job(job_id: str) -> None:
    jobs.run(UUID(job_id))
