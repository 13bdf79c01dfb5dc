"""The page of somebody who takes part: what is next, and what is theirs."""

from uuid import UUID

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils import timezone
from django.views.decorators.http import require_safe

from programme.dashboards.queries.mine import overdue, own_part
from programme.enums import Role
from programme.models.programmes import Programme
from programme.views.access import open_programme
from sessions.queries.dates import programme_today


@require_safe
def mine(request: HttpRequest, programme_id: UUID) -> HttpResponse:
    """One's own part, also for executives and facilitators who take part."""
    return participant_page(request, open_programme(request, programme_id, Role.PARTICIPANT))


def participant_page(request: HttpRequest, programme: Programme) -> HttpResponse:
    at = timezone.now()
    today = programme_today(programme, at=at)
    part = own_part(request.member, user=request.user, at=at)
    context = {
        "part": part,
        "today": today,
        "overdue": overdue(part.commitments, on=today),
        "has_ended": today > programme.ends_on,
        "has_other_page": request.member.roles[0] != Role.PARTICIPANT,
    }
    return render(request, "dashboards/participant.html", context)
