"""Taking people's answers: saved one by one, the last one counts, sent once."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime

from django.db import IntegrityError, transaction
from django.utils.translation import gettext as _

from assessments.models.invitations import WaveInvitation
from assessments.models.responses import Answer, Response
from assessments.queries.answering import Given, Question, answers_given, is_open, questionnaire_of

LONGEST_TEXT = 2000
# A number is an option of the question; None is "prefer not to say"; text is for open prompts.
Value = int | str | None


class WaveClosed(Exception):  # noqa: N818  it is news for a page, not a fault
    """No more answers are taken."""


class AnswersSent(Exception):  # noqa: N818
    """This person has sent their answers; they cannot be changed any more."""


class NothingAnswered(Exception):  # noqa: N818
    """There is nothing to send yet."""


class AnswerRefused(ValueError):  # noqa: N818
    """A value that this question does not offer. Carries words for the person."""


@dataclass(frozen=True)
class Elsewhere:
    """What another device had saved meanwhile; it has just been replaced."""

    item_key: str
    words: str


def start_response(invitation: WaveInvitation, *, at: datetime) -> Response:
    """Opens the person's response, keeping the privacy text they were shown. Starting again changes nothing."""
    response = Response.objects.filter(pk=invitation.pk).first()
    if response is not None:
        return response
    _must_be_open(invitation, at=at)
    with transaction.atomic():
        shown = {"privacy_text": invitation.wave.privacy_text, "started_at": at}
        response, _made = Response.objects.get_or_create(invitation=invitation, defaults=shown)
        WaveInvitation.objects.filter(pk=invitation.pk, started_at=None).update(started_at=at)
    invitation.started_at = invitation.started_at or at
    return response


def dispute_place(invitation: WaveInvitation) -> None:
    """The person says that organisation or team is wrong. The frozen place stays; a facilitator looks at it."""
    WaveInvitation.objects.filter(pk=invitation.pk).update(place_disputed=True)


def save_answer(
    invitation: WaveInvitation, *, item_key: str, value: Value, at: datetime, before: Given | None = None
) -> Elsewhere | None:
    """Saves one answer; the last one counts.

    `before` is what the person's page took for saved. Gives back what another device had saved in the meantime.
    Raises WaveClosed, AnswersSent or AnswerRefused.
    """
    _must_take_answers(invitation, at=at)
    question = _question(invitation, item_key)
    answer = _answer(invitation, question, value, at=at)
    if _swapped(answer, question, before):
        return None
    stored = list(Answer.objects.filter(response_id=invitation.pk, item_key=item_key).values_list("value", "text"))
    _write(invitation, [answer])
    return _elsewhere(question, answer, Given(*stored[0]) if stored else None, before)


def save_page(
    invitation: WaveInvitation,
    *,
    answers: Mapping[str, Value],
    at: datetime,
    before: Mapping[str, Given] | None = None,
) -> list[Elsewhere]:
    """Saves the answers of one page in one go, as `save_answer` does; with `before` only those that differ from it."""
    _must_take_answers(invitation, at=at)
    asked = {key: _question(invitation, key) for key in answers}
    rows = [_answer(invitation, asked[key], value, at=at) for key, value in answers.items()]
    if before is not None:
        rows = [row for row in rows if not _as_before(row, asked[row.item_key], before.get(row.item_key))]
    stored = answers_given(invitation) if rows and before is not None else {}
    _write(invitation, rows)
    if before is None:
        return []
    clashes = [_elsewhere(asked[row.item_key], row, stored.get(row.item_key), before.get(row.item_key)) for row in rows]
    return [clash for clash in clashes if clash]


def submit_response(invitation: WaveInvitation, *, at: datetime) -> bool:
    """Sends the answers, once. False when they had been sent already: a double tap, a second tab, a retry."""
    with transaction.atomic():
        now = WaveInvitation.objects.select_for_update().only("submitted_at").get(pk=invitation.pk)
        if now.submitted_at:
            return False
        _must_be_open(invitation, at=at)
        if not Answer.objects.filter(response_id=invitation.pk).exists():
            raise NothingAnswered
        Response.objects.filter(pk=invitation.pk).update(submitted_at=at)
        WaveInvitation.objects.filter(pk=invitation.pk).update(submitted_at=at)
    invitation.submitted_at = at
    return True


def _must_be_open(invitation: WaveInvitation, *, at: datetime) -> None:
    if invitation.withdrawn_at or not is_open(invitation.wave, at=at):
        raise WaveClosed


def _must_take_answers(invitation: WaveInvitation, *, at: datetime) -> None:
    if invitation.submitted_at:
        raise AnswersSent
    _must_be_open(invitation, at=at)
    if invitation.started_at is None:
        start_response(invitation, at=at)


def _question(invitation: WaveInvitation, item_key: str) -> Question:
    try:
        return questionnaire_of(invitation).questions[item_key]
    except KeyError:
        raise AnswerRefused(_("This question is not part of the questionnaire.")) from None


def _answer(invitation: WaveInvitation, question: Question, value: Value, *, at: datetime) -> Answer:
    """An unsaved row, or AnswerRefused."""
    row = Answer(response_id=invitation.pk, item_key=question.key, saved_at=at)
    if question.is_text:
        row.text = _text(value)
    elif value is None and question.item.optional:
        row.value = None
    elif isinstance(value, int) and any(value == option.value for option in question.options):
        row.value = value
    else:
        raise AnswerRefused(_("Choose one of the answers shown."))
    return row


def _text(value: Value) -> str:
    text = str(value or "").replace("\x00", "").replace("\r\n", "\n").strip()
    if len(text) > LONGEST_TEXT:
        raise AnswerRefused(_("Write %(most)s characters or fewer.") % {"most": LONGEST_TEXT})
    return text


def _swapped(row: Answer, question: Question, before: Given | None) -> bool:
    """Writes the row in one statement when the stored answer is what the page took for it: the way of almost all."""
    if question.is_text and not row.text:
        return False
    if before is None:
        try:
            with transaction.atomic():
                row.save(force_insert=True)
        except IntegrityError:
            row.pk = None
            return False
        return True
    column = "text" if question.is_text else "value"
    known = Answer.objects.filter(
        response_id=row.response_id, item_key=row.item_key, **{column: getattr(before, column)}
    )
    return bool(known.update(saved_at=row.saved_at, **{column: getattr(row, column)}))


def _write(invitation: WaveInvitation, rows: list[Answer]) -> None:
    """Upserts the rows; a text that has been emptied is deleted."""
    questions = questionnaire_of(invitation).questions
    emptied = [row.item_key for row in rows if questions[row.item_key].is_text and not row.text]
    kept = [row for row in rows if row.item_key not in emptied]
    if emptied:
        Answer.objects.filter(response_id=invitation.pk, item_key__in=emptied).delete()
    if kept:
        Answer.objects.bulk_create(
            kept,
            update_conflicts=True,
            unique_fields=["response", "item_key"],
            update_fields=["value", "text", "saved_at"],
        )


def _given(row: Answer) -> Given:
    return Given(row.value, row.text)


def _as_before(row: Answer, question: Question, before: Given | None) -> bool:
    if before is None:
        return question.is_text and not row.text
    return _given(row) == before


def _elsewhere(question: Question, row: Answer, stored: Given | None, before: Given | None) -> Elsewhere | None:
    if stored is None or stored in (before, _given(row)):
        return None
    chosen = next((option.label for option in question.options if option.value == stored.value), "")
    return Elsewhere(question.key, chosen or stored.text or _("prefer not to say"))
