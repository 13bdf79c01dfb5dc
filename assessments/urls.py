from django.urls import path

from assessments.views import answering, links

app_name = "assessments"

urlpatterns = [
    # Instruments (administrators)
    # Waves
    # Licensed results, profiles and sharing
    # Answering
    path("answer/<str:token>/", links.answer, name="answer"),
    path("answering/<uuid:invitation_id>/", answering.answering, name="answering"),
    path("answering/<uuid:invitation_id>/about/", answering.answering_about, name="answering_about"),
    path("answering/<uuid:invitation_id>/page/<int:number>/", answering.answering_page, name="answering_page"),
    path("answering/<uuid:invitation_id>/answers/", answering.answering_save, name="answering_save"),
    path("answering/<uuid:invitation_id>/check/", answering.answering_check, name="answering_check"),
    path("answering/<uuid:invitation_id>/done/", answering.answering_done, name="answering_done"),
    # Release and results
]
