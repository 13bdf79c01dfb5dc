"""Tells the worker that rows are waiting. Best effort: the next tick finds them anyway."""

import logging

from celery import current_app
from django.db import transaction
from kombu.exceptions import OperationalError

log = logging.getLogger(__name__)


def nudge(task_name: str, *args: str) -> None:
    """Sends a task after the transaction commits. A dead or frozen broker costs a second and a line in the log."""
    connection = transaction.get_connection()
    key = (task_name, args)
    # Many rows of one transaction need one nudge.
    if connection.in_atomic_block and any(getattr(hook[1], "key", None) == key for hook in connection.run_on_commit):
        return

    def send() -> None:
        try:
            current_app.send_task(task_name, args=args, retry=False, ignore_result=True)
        except (OperationalError, OSError):
            log.warning("The broker did not take %s; the next tick will.", task_name)

    send.key = key
    transaction.on_commit(send)
