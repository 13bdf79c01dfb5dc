"""Reports: facilitators make and release them, executives read those released to them."""

import re

from django.contrib import messages
from django.core.exceptions import ValidationError
from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.http import content_disposition_header
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from assessments.models.waves import Wave
from programme.enums import JobKind, JobState, Role
from programme.models.jobs import Job
from programme.reports.forms import ReportChangeForm, ReportForm
from programme.reports.models import Report, ReportKind
from programme.reports.renderers.page import page_parts
from programme.reports.services import (
    change_report,
    create_report,
    discard_report,
    executives_of,
    record_export,
    release_report,
    start_compiling,
)
from programme.services import jobs
from programme.views.access import open_programme


@require_GET
def report_list(request, programme_id):
    programme = open_programme(request, programme_id, Role.FACILITATOR, Role.EXECUTIVE)
    reports = Report.objects.visible_to(request.user).filter(programme=programme).select_related("wave")
    context = {"reports": reports.defer("document"), "is_facilitator": request.member.is_facilitator}
    return render(request, "reports/report_list.html", context)


@require_http_methods(["GET", "POST"])
def report_create(request, programme_id):
    programme = open_programme(request, programme_id, Role.FACILITATOR)
    waves = Wave.objects.visible_to(request.user).filter(programme=programme).released().order_by("-closed_at")
    data = request.POST if request.method == "POST" else None
    form = ReportForm(data, waves=waves, initial=_initial(request, waves))
    if form.is_valid():
        try:
            report = create_report(programme, actor=request.user, **form.cleaned_data)
        except ValidationError as problem:
            form.add_error(None, problem)
        else:
            return _to_report(report)
    return render(request, "reports/report_form.html", {"form": form})


@require_GET
def report_detail(request, programme_id, report_id):
    report = _open_report(request, programme_id, report_id, Role.FACILITATOR, Role.EXECUTIVE)
    facilitator = request.member.is_facilitator
    context = {
        "report": report,
        "document": report.document,
        "parts": page_parts(report.document) if report.document else [],
        "is_facilitator": facilitator,
        "job": _unfinished_job(request, report) if facilitator else None,
    }
    return render(request, "reports/report_detail.html", context)


@require_http_methods(["GET", "POST"])
def report_change(request, programme_id, report_id):
    report = _open_report(request, programme_id, report_id, Role.FACILITATOR)
    if report.released_at:
        return _refused(
            request, report, _("This report has been released, so it stays as it is. Make a new one to say more.")
        )
    form = ReportChangeForm(request.POST if request.method == "POST" else None, instance=report)
    if form.is_valid():
        try:
            change_report(report, actor=request.user, **form.cleaned_data)
        except ValidationError as problem:
            form.add_error(None, problem)
        else:
            return _to_report(report)
    return render(request, "reports/report_change.html", {"form": form, "report": report})


@require_POST
def report_compile(request, programme_id, report_id):
    report = _open_report(request, programme_id, report_id, Role.FACILITATOR)
    try:
        start_compiling(report, actor=request.user)
    except ValidationError as problem:
        return _refused(request, report, problem.messages[0])
    return _to_report(report)


@require_POST
def report_cancel(request, programme_id, report_id):
    """Stops the compiling; what was compiled before stays."""
    report = _open_report(request, programme_id, report_id, Role.FACILITATOR)
    job = _unfinished_job(request, report)
    if job is not None:
        jobs.cancel(job, at=timezone.now())
    return _to_report(report)


@require_http_methods(["GET", "POST"])
def report_release(request, programme_id, report_id):
    report = _open_report(request, programme_id, report_id, Role.FACILITATOR)
    if not report.compiled_at or report.released_at:
        return _refused(request, report, _("Only a compiled report that has not been released yet can be released."))
    if request.method == "POST":
        try:
            count = release_report(report, actor=request.user, at=timezone.now())
        except ValidationError as problem:
            return _refused(request, report, problem.messages[0])
        told = ngettext(
            "Released. %(count)s executive is told by mail.", "Released. %(count)s executives are told by mail.", count
        )
        messages.success(request, told % {"count": count})
        return _to_report(report)
    context = {"report": report, "executives": executives_of(report.programme), "cancel_url": _url(report)}
    return render(request, "reports/report_release.html", context)


@require_POST
def report_discard(request, programme_id, report_id):
    report = _open_report(request, programme_id, report_id, Role.FACILITATOR)
    try:
        discard_report(report)
    except ValidationError as problem:
        return _refused(request, report, problem.messages[0])
    messages.success(request, _("“%(title)s” was thrown away.") % {"title": report.title})
    return redirect("reports:report_list", programme_id=programme_id)


@require_GET
def report_pdf(request, programme_id, report_id):
    """The PDF as a download, for those who may read the report at this moment."""
    report = _open_report(request, programme_id, report_id, Role.FACILITATOR, Role.EXECUTIVE)
    if not report.pdf:
        raise Http404
    with report.pdf.open() as file:
        response = HttpResponse(file.read(), content_type="application/pdf")
    response["Content-Disposition"] = content_disposition_header(True, f"{_file_name(report)}.pdf")
    record_export(report, actor=request.user)
    return response


def _open_report(request, programme_id, report_id, *roles):
    programme = open_programme(request, programme_id, *roles)
    reports = Report.objects.visible_to(request.user).select_related("programme", "wave")
    return get_object_or_404(reports, programme=programme, pk=report_id)


def _initial(request, waves):
    wave = next((wave for wave in waves if str(wave.pk) == request.GET.get("wave")), None)
    if wave is None:
        return {}
    return {"kind": ReportKind.TEAM_RESULTS, "wave": wave, "title": _("Team results: %(wave)s") % {"wave": wave.title}}


def _unfinished_job(request, report):
    """The latest compiling, while it has something to say: under way, failed or cancelled."""
    compiling = Job.objects.visible_to(request.user).filter(kind=JobKind.COMPILE_REPORT, subject_id=report.pk)
    job = compiling.order_by("-created_at").first()
    return None if job is None or job.state == JobState.DONE else job


def _file_name(report):
    """The title as a file may be called anywhere."""
    return re.sub(r'[\x00-\x1f/\\:*?"<>|]+', "-", report.title).strip(" .-") or "report"


def _url(report):
    return reverse("reports:report_detail", kwargs={"programme_id": report.programme_id, "report_id": report.pk})


def _to_report(report):
    return redirect(_url(report))


def _refused(request, report, words):
    messages.error(request, words)
    return _to_report(report)
