"""Where mail can be followed: in one programme (and mended there), and over the whole installation."""

from urllib.parse import urlencode
from uuid import UUID

from django.contrib import messages
from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST, require_safe

from programme.enums import DeliveryState, Role
from programme.models.deliveries import Delivery
from programme.models.programmes import Programme
from programme.queries.deliveries import counts_by_state, delivery_lines, total
from programme.services import deliveries
from programme.views.access import administrator_required, open_programme

ROWS = 50


@require_safe
def delivery_list(request: HttpRequest, programme_id: UUID) -> HttpResponse:
    programme = open_programme(request, programme_id, Role.FACILITATOR)
    found = Delivery.objects.visible_to(request.user).filter(programme=programme)
    return _listed(request, found, programme)


@require_safe
@administrator_required
def delivery_list_all(request: HttpRequest) -> HttpResponse:
    return _listed(request, Delivery.objects.visible_to(request.user), None)


@require_POST
def delivery_resend(request: HttpRequest, programme_id: UUID, delivery_id: UUID) -> HttpResponse:
    programme = open_programme(request, programme_id, Role.FACILITATOR)
    if deliveries.resend(_delivery(request, programme, delivery_id), actor=request.user, at=timezone.now()):
        messages.success(request, _("The mail is queued again."))
    else:
        messages.info(request, _("This mail is on its way already."))
    return _back(request, programme)


@require_POST
def delivery_stop(request: HttpRequest, programme_id: UUID, delivery_id: UUID) -> HttpResponse:
    programme = open_programme(request, programme_id, Role.FACILITATOR)
    if deliveries.stop(_delivery(request, programme, delivery_id), actor=request.user, at=timezone.now()):
        messages.success(request, _("The mail is stopped. It can be sent later from this page."))
    else:
        messages.info(request, _("This mail had left already."))
    return _back(request, programme)


def _listed(request: HttpRequest, found, programme: Programme | None) -> HttpResponse:
    counts = counts_by_state(found)
    numbers = {line.state: line.count for line in counts}
    state = request.GET.get("state", "")
    shown = found.filter(state=state) if state in DeliveryState.values else found
    page = Paginator(shown.select_related("recipient"), ROWS).get_page(request.GET.get("page"))
    context = {
        "counts": counts,
        "total": total(counts),
        "trouble": numbers[DeliveryState.FAILED],
        "unconfirmed": numbers[DeliveryState.UNCONFIRMED],
        "state": state if state in DeliveryState.values else "",
        "page": page,
        "zone": programme.time_zone if programme else "",
        "lines": delivery_lines(page.object_list, programme=programme),
    }
    return render(request, "programme/delivery_list.html", context)


def _delivery(request: HttpRequest, programme: Programme, delivery_id: UUID) -> Delivery:
    return get_object_or_404(Delivery.objects.visible_to(request.user), programme=programme, pk=delivery_id)


def _back(request: HttpRequest, programme: Programme) -> HttpResponse:
    """To the list as the person had narrowed it."""
    state = request.POST.get("state", "")
    url = reverse("delivery_list", kwargs={"programme_id": programme.pk})
    return redirect(f"{url}?{urlencode({'state': state})}" if state in DeliveryState.values else url)
