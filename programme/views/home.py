"""Where everybody lands: the place where their own work is."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.views.decorators.http import require_safe

from programme.permissions import is_administrator, may_create_programmes
from programme.queries.programmes import installation, programme_lines


@require_safe
def home(request: HttpRequest) -> HttpResponse:
    """Administrators to their page, people of one programme into it, everybody else to their list."""
    if is_administrator(request.user):
        return _administration(request)
    lines = programme_lines(request.user)
    if len(lines) == 1:
        return redirect("dashboards:overview", programme_id=lines[0].programme.pk)
    return _programmes(request, lines)


@require_safe
def programme_list(request: HttpRequest) -> HttpResponse:
    """All programmes of somebody, also where there is only one: the way to set up the next."""
    return _programmes(request, programme_lines(request.user))


def _programmes(request: HttpRequest, lines: list) -> HttpResponse:
    today = timezone.localdate()
    context = {
        "running": [line for line in lines if not line.has_ended(today)],
        "ended": [line for line in lines if line.has_ended(today)],
        "may_create": may_create_programmes(request.user),
    }
    return render(request, "programme/programme_list.html", context)


def _administration(request: HttpRequest) -> HttpResponse:
    context = {
        "lines": programme_lines(request.user),
        "installation": installation(),
        "may_create": may_create_programmes(request.user),
    }
    return render(request, "programme/administration.html", context)
