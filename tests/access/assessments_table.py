from django.utils import timezone

from assessments.services.links import mint_link
from assessments.services.responses import save_answer, submit_response
from tests.access.rows import Row, by_role, everybody, nothing, programme_id  # noqa: F401
from tests.assessments.views.answering_steps import ask_participant


def answering_token(cast):
    return {"token": mint_link(ask_participant(cast, at=timezone.now())).split("/")[2]}


def invitation_of_participant(cast):
    return {"invitation_id": ask_participant(cast, at=timezone.now()).pk}


def page_of_participant(cast):
    return {**invitation_of_participant(cast), "number": 1}


def sent_by_participant(cast):
    invitation = ask_participant(cast, at=timezone.now())
    save_answer(invitation, item_key="t1", value=1, at=timezone.now())
    submit_response(invitation, at=timezone.now())
    return {"invitation_id": invitation.pk}


ROWS: dict[str, Row] = {}

# Answering: the invited person alone, by link or by signing in; for everybody else it is not there.
_INVITED = by_role(404, 200, 404, 404, 404, 404)
ROWS |= {
    "assessments:answer": Row(answering_token, everybody(200)),
    "assessments:answering": Row(invitation_of_participant, _INVITED),
    "assessments:answering_about": Row(invitation_of_participant, _INVITED),
    "assessments:answering_page": Row(page_of_participant, _INVITED),
    "assessments:answering_save": Row(
        invitation_of_participant,
        by_role(404, 204, 404, 404, 404, 404),
        method="post",
        data={"question": "t1", "answer": "1"},
    ),
    "assessments:answering_check": Row(invitation_of_participant, _INVITED),
    "assessments:answering_done": Row(sent_by_participant, _INVITED),
}
