"""Where each app's pages hang. Every name here stands in the access table of tests/access."""

from django.apps import apps
from django.urls import include, path

import programme.config.checks  # noqa: F401  registers the checks

urlpatterns = [
    path("", include("programme.urls")),
    path("", include("assessments.urls")),
    path("", include("sessions.urls")),
    path("", include("programme.reports.urls")),
    path("", include("programme.dashboards.urls")),
    path("accounts/", include("allauth.urls")),
]
if apps.is_installed("programme.demo"):
    urlpatterns.append(path("demo/", include("programme.demo.urls")))
