"""The progress of long work: a fragment that a page shows and asks for again."""

from uuid import UUID

from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.views.decorators.http import require_safe

from programme.enums import Role
from programme.models.jobs import Job
from programme.views.access import open_programme


@require_safe
def job(request: HttpRequest, programme_id: UUID, job_id: UUID) -> HttpResponse:
    programme = open_programme(request, programme_id, Role.FACILITATOR)
    found = get_object_or_404(Job.objects.visible_to(request.user), programme=programme, pk=job_id)
    return render(request, "programme/_job.html", {"job": found})
