from datetime import timedelta

from django.utils import timezone

from assessments.enums import WaveState
from assessments.models.licensed_results import ResultsImport
from assessments.models.profile_shares import ProfileShare
from assessments.services.links import mint_link
from assessments.services.responses import save_answer, submit_response
from tests.access.rows import Row, by_role, everybody, nothing, programme_id  # noqa: F401
from tests.assessments.views.answering_steps import ask_participant
from tests.factories.assessments import invite, make_instrument, make_licensed_instrument, make_people, make_wave
from tests.factories.programme import make_member
from tests.factories.results import ONE_QUESTION, answered_wave, released_wave


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


# Instruments: the administrator's. Waves and licensed results: the facilitators'; executives see counts.
def instrument(cast):
    return {"instrument_id": make_instrument().pk}


def draft(cast):
    return {**programme_id(cast), "wave_id": make_wave(cast.programme, teams=[cast.managers]).pk}


def _opened(cast):
    return make_wave(
        cast.programme, state=WaveState.OPEN, opened_at=timezone.now(), closes_at=timezone.now() + timedelta(days=9)
    )


def opened(cast):
    return {**programme_id(cast), "wave_id": _opened(cast).pk}


def place(cast):
    invitation = invite(_opened(cast), cast.participant_member)
    return {**programme_id(cast), "wave_id": invitation.wave_id, "invitation_id": invitation.pk}


def licensed_instrument(cast):
    return {**programme_id(cast), "instrument_id": make_licensed_instrument().pk}


def _upload(cast, **fields):
    return ResultsImport.objects.create(
        programme=cast.programme,
        instrument_version=make_licensed_instrument(),
        uploaded_by=cast.facilitator,
        file_name="results.csv",
        table={"headers": ["Name"], "rows": [], "notes": []},
        **fields,
    )


def upload(cast):
    return {**programme_id(cast), "import_id": _upload(cast).pk}


def saved_upload(cast):
    return {**programme_id(cast), "import_id": _upload(cast, confirmed_at=timezone.now()).pk}


def shared_profile(cast):
    owner = make_member(cast.programme, organisation=cast.council, team=cast.managers)
    ProfileShare.objects.create(member=owner, shared_at=timezone.now())
    return {**programme_id(cast), "member_id": owner.pk}


_FACILITATORS = by_role("login", 403, 200, 403, 403, 404)
_FACILITATORS_DO = by_role("login", 403, 302, 403, 403, 404)
_ADMINISTRATORS = by_role("login", 403, 403, 403, 200, 403)
_MEMBERS_DO = by_role("login", 302, 302, 302, 403, 404)
ROWS |= {
    "assessments:instrument_list": Row(nothing, _ADMINISTRATORS),
    "assessments:instrument_new": Row(nothing, _ADMINISTRATORS),
    "assessments:instrument_detail": Row(instrument, _ADMINISTRATORS),
    "assessments:instrument_download": Row(instrument, _ADMINISTRATORS),
    "assessments:wave_list": Row(programme_id, by_role("login", 403, 200, 200, 403, 404)),
    "assessments:wave_new": Row(programme_id, _FACILITATORS),
    "assessments:wave_plan": Row(programme_id, _FACILITATORS),
    "assessments:wave_detail": Row(opened, by_role("login", 403, 200, 200, 403, 404)),
    "assessments:wave_change": Row(draft, _FACILITATORS),
    "assessments:wave_discard": Row(draft, _FACILITATORS),
    "assessments:wave_preview": Row(draft, _FACILITATORS),
    "assessments:wave_paper": Row(draft, _FACILITATORS),
    "assessments:wave_mail": Row(draft, _FACILITATORS),
    "assessments:wave_open": Row(draft, _FACILITATORS),
    "assessments:wave_remind": Row(opened, _FACILITATORS),
    "assessments:wave_extend": Row(opened, _FACILITATORS),
    "assessments:wave_close": Row(opened, _FACILITATORS),
    "assessments:wave_late": Row(opened, _FACILITATORS),
    "assessments:wave_new_link": Row(place, _FACILITATORS),
    "assessments:wave_withdraw": Row(place, _FACILITATORS),
    "assessments:wave_place": Row(place, _FACILITATORS_DO, method="post"),
    "assessments:licensed_result_list": Row(programme_id, _FACILITATORS),
    "assessments:licensed_result_upload": Row(programme_id, _FACILITATORS),
    "assessments:licensed_result_enter": Row(programme_id, _FACILITATORS),
    "assessments:licensed_result_template": Row(licensed_instrument, _FACILITATORS),
    "assessments:licensed_import_detail": Row(upload, _FACILITATORS),
    "assessments:licensed_import_discard": Row(upload, _FACILITATORS_DO, method="post"),
    "assessments:licensed_import_undo": Row(saved_upload, _FACILITATORS),
    "assessments:my_profile": Row(programme_id, by_role("login", 200, 200, 200, 403, 404)),
    "assessments:profile_sharing": Row(programme_id, _MEMBERS_DO, method="post"),
    "assessments:profile_reminders": Row(programme_id, _MEMBERS_DO, method="post"),
    "assessments:profile_shared": Row(shared_profile, by_role("login", 200, 200, 403, 403, 404)),
}


# Results: everybody of the programme after release (each their own groups), and the release itself the facilitators'.
def closed(cast):
    wave = answered_wave(cast.programme, make_instrument(ONE_QUESTION), {cast.participant_member: {"t1": 3, "r1": 4}})
    return {**programme_id(cast), "wave_id": wave.pk}


def released(cast):
    people = {member: {"t1": 3, "r1": 4} for member in [cast.participant_member, *make_people(cast.programme, 5)]}
    return {**programme_id(cast), "wave_id": released_wave(cast.programme, make_instrument(ONE_QUESTION), people).pk}


_MEMBERS = by_role("login", 200, 200, 200, 403, 404)
ROWS |= {
    "assessments:wave_release": Row(closed, by_role("login", 403, 200, 403, 403, 404)),
    "assessments:result_list": Row(programme_id, _MEMBERS),
    "assessments:wave_results": Row(released, _MEMBERS),
    "assessments:wave_results_step": Row(released, _MEMBERS),
    "assessments:wave_results_sheet": Row(released, _MEMBERS),
}
