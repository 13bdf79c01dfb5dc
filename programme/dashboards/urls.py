from django.urls import path

from programme.dashboards.views import executive, overview, participant

app_name = "dashboards"

PROGRAMME = "programmes/<uuid:programme_id>/"

urlpatterns = [
    path(PROGRAMME, overview.overview, name="overview"),
    path(f"{PROGRAMME}mine/", participant.mine, name="mine"),
    path(f"{PROGRAMME}executives/", executive.executives, name="executives"),
]
