from django.urls import path

from programme.views import health, jobs

urlpatterns = [
    # Health
    path("health/live", health.live, name="health_live"),
    path("health/ready", health.ready, name="health_ready"),
    # Home, accounts, administration
    # Programme, set-up, organisations, teams
    # People
    # People import
    # Mail and activity
    # Jobs
    path("programmes/<uuid:programme_id>/jobs/<uuid:job_id>/", jobs.job, name="job"),
    path("programmes/<uuid:programme_id>/jobs/<uuid:job_id>/cancel/", jobs.job_cancel, name="job_cancel"),
]
