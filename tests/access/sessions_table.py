"""The participant is asked to the session and owns the commitment; the executive is asked as well."""

from datetime import timedelta

from django.utils import timezone

from tests.access.rows import Row, by_role, programme_id
from tests.factories.sessions import make_commitment, make_decision, make_session


def _session(cast):
    day = timezone.localdate() + timedelta(days=10)
    return make_session(cast.programme, date=day, people=[cast.participant_member, cast.executive_member])


def session(cast):
    return {**programme_id(cast), "session_id": _session(cast).pk}


def activity(cast):
    return {**session(cast), "key": "promise_round"}


def place(cast):
    row = _session(cast)
    return {**programme_id(cast), "session_id": row.pk, "invitation_id": row.invitations.first().pk}


def commitment(cast):
    return {**programme_id(cast), "commitment_id": make_commitment(cast.participant_member).pk}


def commitment_to_carry(cast):
    row = _session(cast)
    return {**programme_id(cast), "commitment_id": make_commitment(cast.participant_member, session=row).pk}


def decision(cast):
    return {**programme_id(cast), "decision_id": make_decision(cast.programme).pk}


EVERYBODY_IN_IT = by_role("login", 200, 200, 200, 403, 404)
FACILITATORS = by_role("login", 403, 200, 403, 403, 404)
FACILITATORS_CHANGE = by_role("login", 403, 302, 403, 403, 404)

ROWS: dict[str, Row] = {
    "sessions:session_list": Row(programme_id, EVERYBODY_IN_IT),
    "sessions:session_new": Row(programme_id, FACILITATORS),
    "sessions:session_detail": Row(session, EVERYBODY_IN_IT),
    "sessions:session_edit": Row(session, FACILITATORS),
    "sessions:session_notes": Row(session, FACILITATORS),
    "sessions:session_cancel": Row(session, FACILITATORS_CHANGE, method="post"),
    "sessions:session_people": Row(session, FACILITATORS),
    "sessions:session_send": Row(session, FACILITATORS_CHANGE, method="post"),
    "sessions:invitation_remove": Row(place, FACILITATORS_CHANGE, method="post"),
    # The facilitator is not asked to the session, so there is nothing to reply to.
    "sessions:reply": Row(session, by_role("login", 302, 403, 302, 403, 404), method="post", data={"reply": "coming"}),
    "sessions:register": Row(session, FACILITATORS),
    "sessions:register_everybody": Row(session, FACILITATORS_CHANGE, method="post"),
    "sessions:activity_list": Row(programme_id, FACILITATORS),
    "sessions:activity_add": Row(activity, FACILITATORS_CHANGE, method="post"),
    "sessions:commitment_list": Row(programme_id, EVERYBODY_IN_IT),
    "sessions:commitment_new": Row(programme_id, FACILITATORS),
    "sessions:session_commitment_new": Row(session, FACILITATORS),
    "sessions:commitment_edit": Row(commitment, FACILITATORS),
    # The participant promised it; executives only read.
    "sessions:commitment_done": Row(commitment, by_role("login", 302, 302, 403, 403, 404), method="post"),
    "sessions:commitment_reopen": Row(commitment, by_role("login", 302, 302, 403, 403, 404), method="post"),
    "sessions:commitment_carry": Row(commitment_to_carry, FACILITATORS_CHANGE, method="post"),
    "sessions:decision_list": Row(programme_id, by_role("login", 403, 200, 200, 403, 404)),
    "sessions:decision_new": Row(programme_id, FACILITATORS),
    "sessions:session_decision_new": Row(session, FACILITATORS),
    "sessions:decision_detail": Row(decision, by_role("login", 403, 200, 200, 403, 404)),
    "sessions:decision_take": Row(
        decision, by_role("login", 403, 403, 302, 403, 404), method="post", data={"outcome": "The trust hosts it."}
    ),
}
