from django.urls import path

from sessions.views import activities, attendance, commitments, decisions, invitations, sessions

app_name = "sessions"

SESSIONS = "programmes/<uuid:programme_id>/sessions/"
SESSION = f"{SESSIONS}<uuid:session_id>/"
COMMITMENTS = "programmes/<uuid:programme_id>/commitments/"
COMMITMENT = f"{COMMITMENTS}<uuid:commitment_id>/"
DECISIONS = "programmes/<uuid:programme_id>/decisions/"
DECISION = f"{DECISIONS}<uuid:decision_id>/"

urlpatterns = [
    # Sessions
    path(SESSIONS, sessions.session_list, name="session_list"),
    path(f"{SESSIONS}new/", sessions.session_new, name="session_new"),
    path(SESSION, sessions.session_detail, name="session_detail"),
    path(f"{SESSION}edit/", sessions.session_edit, name="session_edit"),
    path(f"{SESSION}notes/", sessions.session_notes, name="session_notes"),
    path(f"{SESSION}cancel/", sessions.session_cancel, name="session_cancel"),
    # Invitations
    path(f"{SESSION}people/", invitations.session_people, name="session_people"),
    path(f"{SESSION}send/", invitations.session_send, name="session_send"),
    path(f"{SESSION}people/<uuid:invitation_id>/remove/", invitations.invitation_remove, name="invitation_remove"),
    path(f"{SESSION}reply/", invitations.reply, name="reply"),
    # Attendance
    path(f"{SESSION}register/", attendance.register, name="register"),
    path(f"{SESSION}register/everybody/", attendance.register_everybody, name="register_everybody"),
    # Activities
    path(f"{SESSIONS}activities/", activities.activity_list, name="activity_list"),
    path(f"{SESSION}activities/<slug:key>/", activities.activity_add, name="activity_add"),
    # Commitments
    path(COMMITMENTS, commitments.commitment_list, name="commitment_list"),
    path(f"{COMMITMENTS}new/", commitments.commitment_new, name="commitment_new"),
    path(f"{SESSION}commitments/new/", commitments.commitment_new, name="session_commitment_new"),
    path(f"{COMMITMENT}edit/", commitments.commitment_edit, name="commitment_edit"),
    path(f"{COMMITMENT}done/", commitments.commitment_done, name="commitment_done"),
    path(f"{COMMITMENT}reopen/", commitments.commitment_reopen, name="commitment_reopen"),
    path(f"{COMMITMENT}carry/", commitments.commitment_carry, name="commitment_carry"),
    # Decisions
    path(DECISIONS, decisions.decision_list, name="decision_list"),
    path(f"{DECISIONS}new/", decisions.decision_new, name="decision_new"),
    path(f"{SESSION}decisions/new/", decisions.decision_new, name="session_decision_new"),
    path(DECISION, decisions.decision_detail, name="decision_detail"),
    path(f"{DECISION}take/", decisions.decision_take, name="decision_take"),
]
