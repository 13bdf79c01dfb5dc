"""The floor for saving an answer: what any Django site pays for one row, with nothing of this product around it.

The middleware of a fresh Django project, whose session in the database says who answers, as the standing link does
with us; Django's check of the form's token; a view that writes one row.
"""

import uuid
from collections.abc import Callable

from django.core.handlers.wsgi import WSGIHandler
from django.http import HttpRequest, HttpResponse
from django.test import override_settings
from django.urls import path
from django.utils import timezone
from django.views.decorators.http import require_POST

from assessments.models.responses import Answer

KEY = "place"
MIDDLEWARE = [
    "benchmarks.bare_site.own_addresses",
    "django.middleware.security.SecurityMiddleware",
    "django.contrib.sessions.middleware.SessionMiddleware",
    "django.middleware.common.CommonMiddleware",
    "django.middleware.csrf.CsrfViewMiddleware",
    "django.contrib.auth.middleware.AuthenticationMiddleware",
    "django.contrib.messages.middleware.MessageMiddleware",
    "django.middleware.clickjacking.XFrameOptionsMiddleware",
]


def own_addresses(get_response: Callable[[HttpRequest], HttpResponse]) -> Callable[[HttpRequest], HttpResponse]:
    """Gives this site's requests its own addresses, in the process of the product."""

    def respond(request: HttpRequest) -> HttpResponse:
        request.urlconf = "benchmarks.bare_site"
        return get_response(request)

    return respond


@require_POST
def save(request: HttpRequest, response_id: uuid.UUID) -> HttpResponse:
    if request.session.get(KEY) != str(response_id):
        return HttpResponse(status=404)
    Answer.objects.create(
        response_id=response_id,
        item_key=request.POST["question"],
        value=int(request.POST["answer"]),
        saved_at=timezone.now(),
    )
    return HttpResponse(status=204)


urlpatterns = [path("save/<uuid:response_id>/", save)]


def bare_site() -> WSGIHandler:
    with override_settings(MIDDLEWARE=MIDDLEWARE):
        return WSGIHandler()
