"""Three questionnaires planned in one step."""

from uuid import UUID

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from assessments.forms.wave_plans import WavePlanForm, usual_plan
from assessments.services.wave_plans import plan_waves
from programme.enums import Role
from programme.views.access import open_programme


@require_http_methods(["GET", "POST"])
def wave_plan(request: HttpRequest, programme_id: UUID) -> HttpResponse:
    programme = open_programme(request, programme_id, Role.FACILITATOR)
    now = timezone.now()
    form = WavePlanForm(request.POST or None, programme=programme, at=now, initial=usual_plan(programme, at=now))
    if request.method == "POST" and form.is_valid():
        plan_waves(programme, actor=request.user, **form.values())
        messages.success(request, _("Three drafts are saved. Nobody has been mailed: open each when its time comes."))
        return redirect("assessments:wave_list", programme_id=programme.pk)
    return render(request, "assessments/wave_plan.html", {"form": form})
