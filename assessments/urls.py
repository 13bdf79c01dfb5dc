from django.urls import include, path

from assessments.views import (
    answering,
    instruments,
    licensed_results,
    links,
    profile_shares,
    releases,
    results,
    wave_invitations,
    wave_papers,
    wave_plans,
    wave_steps,
    waves,
)

app_name = "assessments"

wave_pages = [
    path("", waves.wave_detail, name="wave_detail"),
    path("change/", waves.wave_change, name="wave_change"),
    path("discard/", waves.wave_discard, name="wave_discard"),
    path("preview/", waves.wave_preview, name="wave_preview"),
    path("paper/", wave_papers.wave_paper, name="wave_paper"),
    path("mail/", waves.wave_mail, name="wave_mail"),
    path("open/", wave_steps.wave_open, name="wave_open"),
    path("remind/", wave_steps.wave_remind, name="wave_remind"),
    path("extend/", wave_steps.wave_extend, name="wave_extend"),
    path("close/", wave_steps.wave_close, name="wave_close"),
    path("late/", wave_invitations.wave_late, name="wave_late"),
    path("people/<uuid:invitation_id>/new-link/", wave_invitations.wave_new_link, name="wave_new_link"),
    path("people/<uuid:invitation_id>/off/", wave_invitations.wave_withdraw, name="wave_withdraw"),
    path("people/<uuid:invitation_id>/place/", wave_invitations.wave_place, name="wave_place"),
]
licensed_result_pages = [
    path("", licensed_results.licensed_result_list, name="licensed_result_list"),
    path("upload/", licensed_results.licensed_result_upload, name="licensed_result_upload"),
    path("enter/", licensed_results.licensed_result_enter, name="licensed_result_enter"),
    path("template/<uuid:instrument_id>/", licensed_results.licensed_result_template, name="licensed_result_template"),
    path("uploads/<uuid:import_id>/", licensed_results.licensed_import_detail, name="licensed_import_detail"),
    path("uploads/<uuid:import_id>/discard/", licensed_results.licensed_import_discard, name="licensed_import_discard"),
    path("uploads/<uuid:import_id>/undo/", licensed_results.licensed_import_undo, name="licensed_import_undo"),
]
result_pages = [
    path("", results.wave_results, name="wave_results"),
    path("step/", results.wave_results_step, name="wave_results_step"),
    path("sheet/", results.wave_results_sheet, name="wave_results_sheet"),
]
urlpatterns = [
    # Instruments: for administrators
    path("instruments/", instruments.instrument_list, name="instrument_list"),
    path("instruments/new/", instruments.instrument_new, name="instrument_new"),
    path("instruments/<uuid:instrument_id>/", instruments.instrument_detail, name="instrument_detail"),
    path("instruments/<uuid:instrument_id>/file/", instruments.instrument_download, name="instrument_download"),
    # Waves
    path("programmes/<uuid:programme_id>/questionnaires/", waves.wave_list, name="wave_list"),
    path("programmes/<uuid:programme_id>/questionnaires/new/", waves.wave_new, name="wave_new"),
    path("programmes/<uuid:programme_id>/questionnaires/plan/", wave_plans.wave_plan, name="wave_plan"),
    path("programmes/<uuid:programme_id>/questionnaires/<uuid:wave_id>/", include(wave_pages)),
    # Licensed results, profiles and sharing
    path("programmes/<uuid:programme_id>/licensed-results/", include(licensed_result_pages)),
    path("programmes/<uuid:programme_id>/my-profile/", profile_shares.my_profile, name="my_profile"),
    path("programmes/<uuid:programme_id>/my-profile/sharing/", profile_shares.profile_sharing, name="profile_sharing"),
    path(
        "programmes/<uuid:programme_id>/my-profile/reminders/",
        profile_shares.profile_reminders,
        name="profile_reminders",
    ),
    path(
        "programmes/<uuid:programme_id>/profiles/<uuid:member_id>/",
        profile_shares.profile_shared,
        name="profile_shared",
    ),
    # Answering
    path("answer/<str:token>/", links.answer, name="answer"),
    path("answering/<uuid:invitation_id>/", answering.answering, name="answering"),
    path("answering/<uuid:invitation_id>/about/", answering.answering_about, name="answering_about"),
    path("answering/<uuid:invitation_id>/page/<int:number>/", answering.answering_page, name="answering_page"),
    path("answering/<uuid:invitation_id>/answers/", answering.answering_save, name="answering_save"),
    path("answering/<uuid:invitation_id>/check/", answering.answering_check, name="answering_check"),
    path("answering/<uuid:invitation_id>/done/", answering.answering_done, name="answering_done"),
    # Release and results
    path(
        "programmes/<uuid:programme_id>/questionnaires/<uuid:wave_id>/release/",
        releases.wave_release,
        name="wave_release",
    ),
    path("programmes/<uuid:programme_id>/results/", results.result_list, name="result_list"),
    path("programmes/<uuid:programme_id>/results/<uuid:wave_id>/", include(result_pages)),
]
