from uuid import UUID

from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from programme.enums import AuditAction, Role
from programme.models.programmes import Programme
from programme.queries.audit import audit_lines, entries
from programme.views.access import administrator_required, open_programme

ROWS = 50


@require_safe
@administrator_required
def audit_list(request: HttpRequest) -> HttpResponse:
    return _listed(request, None)


@require_safe
def programme_audit(request: HttpRequest, programme_id: UUID) -> HttpResponse:
    return _listed(request, open_programme(request, programme_id, Role.FACILITATOR))


def _listed(request: HttpRequest, programme: Programme | None) -> HttpResponse:
    action = request.GET.get("action", "")
    page = Paginator(entries(programme=programme, action=action), ROWS).get_page(request.GET.get("page"))
    context = {
        "page": page,
        "zone": programme.time_zone if programme else "",
        "lines": audit_lines(page.object_list),
        "action": action if action in AuditAction.values else "",
        "actions": AuditAction.choices,
    }
    return render(request, "programme/audit_list.html", context)
