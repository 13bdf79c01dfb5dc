"""From a closed questionnaire to released results: what will happen, the button, the work as it goes on."""

from uuid import UUID

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from assessments.enums import WaveState
from assessments.models.waves import Wave
from assessments.queries.progress import wave_progress
from assessments.services.releases import request_release
from assessments.services.waves import WaveProblem
from programme.enums import JobKind, JobState, Role
from programme.models.jobs import Job
from programme.views.access import open_programme


@require_http_methods(["GET", "HEAD", "POST"])
def wave_release(request: HttpRequest, programme_id: UUID, wave_id: UUID) -> HttpResponse:
    programme = open_programme(request, programme_id, Role.FACILITATOR)
    waves = Wave.objects.visible_to(request.user).select_related("instrument_version", "programme")
    wave = get_object_or_404(waves, programme=programme, pk=wave_id)
    if request.method == "POST":
        try:
            request_release(wave, actor=request.user, at=timezone.now())
        except WaveProblem as problem:
            messages.error(request, str(problem))
        return redirect("assessments:wave_release", programme_id=programme.pk, wave_id=wave.pk)
    job = Job.objects.visible_to(request.user).filter(kind=JobKind.RELEASE_WAVE, subject_id=wave.pk).first()
    if wave.state == WaveState.RELEASED:
        messages.success(request, _("The results are released."))
        return redirect("assessments:wave_results", programme_id=programme.pk, wave_id=wave.pk)
    running = job is not None and job.state in (JobState.QUEUED, JobState.RUNNING)
    context = {
        "wave": wave,
        "progress": wave_progress(wave),
        "job": job,
        "running": running,
        "may_release": wave.state == WaveState.CLOSED and not running,
    }
    return render(request, "assessments/result_release.html", context)
