from uuid import UUID

from django.http import HttpRequest, HttpResponse
from django.views.decorators.http import require_safe

from programme.dashboards.views.executive import executive_page
from programme.dashboards.views.facilitator import facilitator_page
from programme.dashboards.views.participant import participant_page
from programme.enums import Role
from programme.views.access import open_programme

PAGES = {
    Role.FACILITATOR: facilitator_page,
    Role.EXECUTIVE: executive_page,
    Role.PARTICIPANT: participant_page,
}


@require_safe
def overview(request: HttpRequest, programme_id: UUID) -> HttpResponse:
    """The first page of a programme: that of the most powerful role somebody holds there."""
    programme = open_programme(request, programme_id)
    return PAGES[request.member.roles[0]](request, programme)
