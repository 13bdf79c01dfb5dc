"""One mail, one mailbox, once: rows first, Celery only as the engine.

A row is claimed by a conditional update (PostgreSQL and SQLite alike), the world is checked again by its writer, and
the mail is handed to the mail server. Whoever dies in between leaves a claim that runs out: an invitation is then sent
again under the same Message-ID, a reminder is not and shows as unconfirmed.
"""

import logging
import random
import smtplib
import uuid
from datetime import datetime, timedelta
from urllib.parse import urlsplit

from django.conf import settings
from django.core.mail import get_connection
from django.core.mail.backends.base import BaseEmailBackend
from django.db import transaction
from django.utils import timezone
from django.utils.module_loading import import_string
from django.utils.translation import gettext as _

from programme.enums import NEVER_SENT_TWICE, AuditAction, DeliveryPurpose, DeliveryState
from programme.lib.mail import to_mime
from programme.models.deliveries import Delivery
from programme.models.programmes import Programme
from programme.models.users import User
from programme.services.audit import record
from programme.services.nudges import nudge

log = logging.getLogger(__name__)

CLAIM = timedelta(minutes=5)
# Waits before the next try; after the last one the row has failed and a person decides.
RETRY_AFTER = [
    timedelta(minutes=1),
    timedelta(minutes=5),
    timedelta(minutes=30),
    timedelta(hours=2),
    timedelta(hours=8),
]
WAITING = [DeliveryState.PENDING, DeliveryState.RETRYING]


class _NoServer(Exception):  # noqa: N818  a state of the world, not a fault
    """The mail server cannot be reached; trying the other mails would only keep the worker waiting."""


def queue(
    recipient: User,
    *,
    purpose: DeliveryPurpose,
    subject_id: uuid.UUID,
    occurrence: str,
    programme: Programme | None = None,
    due_at: datetime | None = None,
) -> Delivery:
    """Writes the row of one mail in the caller's transaction; the same mail asked for twice is one row."""
    delivery, made = Delivery.objects.get_or_create(
        recipient=recipient,
        purpose=purpose,
        subject_id=subject_id,
        occurrence=occurrence,
        defaults={"programme": programme, "due_at": due_at or timezone.now(), "message_id": _new_message_id()},
    )
    if made:
        nudge("programme.tasks.send_due_deliveries")
    return delivery


def cancel(*, purpose: DeliveryPurpose, subject_id: uuid.UUID, at: datetime) -> int:
    """Stops the mails of one cause that have not gone yet."""
    waiting = Delivery.objects.filter(purpose=purpose, subject_id=subject_id, state__in=WAITING)
    return waiting.update(state=DeliveryState.CANCELLED, finished_at=at)


def stop(delivery: Delivery, *, actor: User, at: datetime) -> bool:
    """A person stops one waiting mail. False when it had already left."""
    with transaction.atomic():
        waiting = Delivery.objects.filter(pk=delivery.pk, state__in=WAITING)
        stopped = waiting.update(state=DeliveryState.CANCELLED, finished_at=at, problem="")
        if stopped:
            record(AuditAction.DELIVERY_STOPPED, actor=actor, programme=delivery.programme, subject=delivery)
    return bool(stopped)


def resend(delivery: Delivery, *, actor: User, at: datetime) -> bool:
    """A person sends one finished mail again, under the same Message-ID. False when it is on its way anyway."""
    finished = [DeliveryState.SENT, DeliveryState.FAILED, DeliveryState.UNCONFIRMED, DeliveryState.CANCELLED]
    with transaction.atomic():
        rows = Delivery.objects.filter(pk=delivery.pk, state__in=finished)
        again = rows.update(state=DeliveryState.PENDING, due_at=at, attempts=0, problem="", finished_at=None)
        if again:
            record(AuditAction.DELIVERY_RESENT, actor=actor, programme=delivery.programme, subject=delivery)
            nudge("programme.tasks.send_due_deliveries")
    return bool(again)


def recover_abandoned(*, at: datetime) -> int:
    """Frees rows whose worker died: reminders become unconfirmed, everything else is tried again."""
    abandoned = Delivery.objects.abandoned(at=at)
    told = abandoned.filter(purpose__in=NEVER_SENT_TWICE).update(
        state=DeliveryState.UNCONFIRMED,
        finished_at=at,
        problem=_("The server stopped while this was being handed over."),
    )
    return told + abandoned.update(state=DeliveryState.RETRYING, due_at=at)


def send_due(*, at: datetime, limit: int = 500) -> int:
    """Sends what is due, row by row over one connection to the mail server; returns how many rows were handled.

    0 also when the mail server cannot be reached: the rest waits for the next tick, and the worker is free meanwhile.
    """
    due = Delivery.objects.due(at=at).order_by("due_at").values_list("pk", flat=True)
    handled = 0
    connection = get_connection()
    try:
        for pk in list(due[:limit]):
            delivery = _claim(pk, at=timezone.now())
            if delivery is None:
                continue
            try:
                _send(delivery, connection)
            except _NoServer:
                return 0
            handled += 1
    finally:
        connection.close()
    return handled


def _claim(pk: uuid.UUID, *, at: datetime) -> Delivery | None:
    """Takes one due row for this worker; None when another was faster."""
    claim = uuid.uuid4()
    taken = Delivery.objects.due(at=at).filter(pk=pk)
    if not taken.update(state=DeliveryState.SENDING, claim=claim, claimed_until=at + CLAIM):
        return None
    return Delivery.objects.select_related("recipient", "programme").get(pk=pk)


def _send(delivery: Delivery, connection: BaseEmailBackend) -> None:
    """Writes the mail from the world as it is now and hands it over; every outcome becomes a state of the row."""
    try:
        message = import_string(settings.DELIVERY_WRITERS[delivery.purpose])(delivery)
    except Exception:
        log.exception("Delivery %s could not be written", delivery.pk)
        _finish(delivery, DeliveryState.FAILED, problem=_("The mail could not be written. The error is in the log."))
        return
    if message is None:
        _finish(delivery, DeliveryState.CANCELLED)
        return
    try:
        connection.open()  # does nothing while it is open: one connection carries the whole batch
    except (smtplib.SMTPException, OSError) as problem:
        _handle_refusal(delivery, problem)
        raise _NoServer from problem
    try:
        mail = to_mime(message, to=delivery.recipient.email, message_id=delivery.message_id)
        mail.connection = connection
        mail.send()
    except (smtplib.SMTPException, OSError) as problem:
        connection.close()
        _handle_refusal(delivery, problem)
    except ValueError:  # what no mail may hold, such as a line break in a header
        log.exception("Delivery %s could not be made into a mail", delivery.pk)
        _finish(delivery, DeliveryState.FAILED, problem=_("The mail could not be written. The error is in the log."))
    else:
        _finish(delivery, DeliveryState.SENT)


def _handle_refusal(delivery: Delivery, problem: Exception) -> None:
    """A lasting refusal fails the row; a passing one tries again later, with a little jitter."""
    reason = _refusal_in_words(problem)
    if _is_lasting(problem) or delivery.attempts >= len(RETRY_AFTER):
        _finish(delivery, DeliveryState.FAILED, problem=reason)
        return
    wait = RETRY_AFTER[delivery.attempts] * random.uniform(1, 1.2)  # noqa: S311  jitter, not a secret
    Delivery.objects.filter(pk=delivery.pk, claim=delivery.claim).update(
        state=DeliveryState.RETRYING,
        due_at=timezone.now() + wait,
        attempts=delivery.attempts + 1,
        problem=reason[:500],
    )


def _finish(delivery: Delivery, state: DeliveryState, *, problem: str = "") -> None:
    Delivery.objects.filter(pk=delivery.pk, claim=delivery.claim).update(
        state=state,
        finished_at=timezone.now(),
        attempts=delivery.attempts + 1,
        problem=problem[:500],
        sent_to=delivery.recipient.email if state == DeliveryState.SENT else delivery.sent_to,
    )


def _is_lasting(problem: Exception) -> bool:
    """Whether the mail server said no for good (a 5xx answer to this recipient or this mail)."""
    if isinstance(problem, smtplib.SMTPRecipientsRefused):
        return all(code >= 500 for code, _text in problem.recipients.values())
    if isinstance(problem, smtplib.SMTPAuthenticationError):
        return False  # our password, not this mail: worth another try once it is mended
    return isinstance(problem, smtplib.SMTPResponseException) and problem.smtp_code >= 500


def _refusal_in_words(problem: Exception) -> str:
    if isinstance(problem, smtplib.SMTPRecipientsRefused):
        code, text = next(iter(problem.recipients.values()))
        return _("The mail server refused the address: %(code)s %(text)s") % {"code": code, "text": _decoded(text)}
    if isinstance(problem, smtplib.SMTPResponseException):
        said = {"code": problem.smtp_code, "text": _decoded(problem.smtp_error)}
        return _("The mail server said: %(code)s %(text)s") % said
    return _("The mail server could not be reached: %(problem)s") % {"problem": problem}


def _decoded(text: bytes | str) -> str:
    return text.decode(errors="replace") if isinstance(text, bytes) else text


def _new_message_id() -> str:
    return f"<{uuid.uuid4().hex}@{urlsplit(settings.SITE_URL).hostname}>"
