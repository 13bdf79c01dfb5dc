"""An executive's first page: on one screen whether it works, and what is asked of them."""

from uuid import UUID

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils import timezone
from django.views.decorators.http import require_safe

from programme.dashboards.queries.board import board
from programme.enums import Role
from programme.models.programmes import Programme
from programme.views.access import open_programme


@require_safe
def executives(request: HttpRequest, programme_id: UUID) -> HttpResponse:
    """The executives' page by its own address, so that facilitators see what executives see."""
    return executive_page(request, open_programme(request, programme_id, Role.FACILITATOR, Role.EXECUTIVE))


def executive_page(request: HttpRequest, programme: Programme) -> HttpResponse:
    found = board(programme, member=request.member, user=request.user, at=timezone.now())
    return render(request, "dashboards/executive.html", {"board": found})
