"""Compiles a report: reads released results, writes the document, draws the PDF. Runs in a worker, safe to run twice."""

from collections.abc import Callable, Sequence
from datetime import datetime
from uuid import uuid4

from django.core.files.base import ContentFile
from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from assessments.models.waves import Wave
from assessments.results import ReleaseChanged, WaveResults, released_results, same_instrument
from programme.enums import AuditAction
from programme.lib.jobs import JobProblem
from programme.models.jobs import Job
from programme.models.programmes import Programme
from programme.reports.blocks import Document
from programme.reports.models import Report, ReportKind
from programme.reports.renderers.pdf import render_pdf
from programme.reports.sections.programme_report import programme_report
from programme.reports.sections.team_results import team_results
from programme.services.audit import record

# The programme report follows this questionnaire where it was used.
BOARD_INSTRUMENT = "team_dimensions"


def compile_report(job: Job, report: Callable[[int, str], None]) -> None:
    """The runner of COMPILE_REPORT jobs. The report's row points to a file only once it is whole."""
    found = Report.objects.select_related("programme", "wave__programme").filter(pk=job.subject_id).first()
    if found is None:
        raise JobProblem(_("This report was thrown away in the meantime."))
    at = timezone.now()
    report(10, _("Reading the released results"))
    document = document_of(found, at=at).entry()
    report(50, _("Drawing the PDF"))
    pdf = render_pdf(document)
    report(80, _("Putting it away"))
    _sweep(found)
    _store(found, document=document, pdf=pdf, at=at, job=job)


def document_of(report: Report, *, at: datetime) -> Document:
    try:
        released = released_results(report.programme)
    except ReleaseChanged as problem:
        words = _("A stored release no longer matches its seal, so nothing was compiled. Tell your administrator.")
        raise JobProblem(words) from problem
    if report.kind == ReportKind.PROGRAMME:
        return programme_report(report, _board_trend(released), _released_waves(report.programme), at=at)
    return team_results(report, _trend_up_to(report.wave, released), at=at)


def _trend_up_to(wave: Wave | None, released: Sequence[WaveResults]) -> list[WaveResults]:
    """The wave's own results and those of earlier waves of the same instrument version."""
    found = next((results for results in released if wave is not None and results.wave_id == wave.pk), None)
    if found is None:
        raise JobProblem(_("The results of this questionnaire have not been released yet. Release them first."))
    if not found.measures:
        raise JobProblem(_("This questionnaire gives no scores, so there is nothing to report."))
    trend = same_instrument(released, found.instrument_key, found.instrument_version)
    return trend[: trend.index(found) + 1]


def _board_trend(released: Sequence[WaveResults]) -> list[WaveResults]:
    scored = [results for results in released if results.measures]
    followed = same_instrument(scored, BOARD_INSTRUMENT)
    return followed or (same_instrument(scored, scored[-1].instrument_key) if scored else [])


def _released_waves(programme: Programme) -> list[Wave]:
    return list(Wave.objects.filter(programme=programme).released().order_by("closed_at"))


def _sweep(report: Report) -> None:
    """Removes what a compile that died half-way, or an earlier one, has left in the report's own folder."""
    storage, folder = report.pdf.storage, f"reports/{report.pk}"
    try:
        _folders, names = storage.listdir(folder)
    except FileNotFoundError:
        return
    for name in names:
        path = f"{folder}/{name}"
        if path != report.pdf.name:
            storage.delete(path)


def _store(report: Report, *, document: dict, pdf: bytes, at: datetime, job: Job) -> None:
    """A new file beside the old one; the row changes over in one transaction, and only then the old one goes."""
    old, storage = report.pdf.name, report.pdf.storage
    name = storage.save(f"reports/{report.pk}/{uuid4().hex}.pdf", ContentFile(pdf))
    with transaction.atomic():
        # A report that was released while it was being compiled stays as it was released.
        changed = Report.objects.filter(pk=report.pk, released_at=None).update(
            document=document, pdf=name, compiled_at=at
        )
        if changed:
            record(
                AuditAction.REPORT_COMPILED,
                actor=job.requested_by,
                programme=report.programme,
                subject=report,
                title=report.title,
            )
    outdated = old if changed else name
    if outdated:
        storage.delete(outdated)
