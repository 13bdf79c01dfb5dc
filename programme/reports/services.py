"""Reports: started, compiled, changed, released to executives, taken out."""

from datetime import datetime

from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils.translation import gettext as _

from assessments.enums import WaveState
from assessments.models.waves import Wave
from programme.enums import AuditAction, DeliveryPurpose, JobKind
from programme.models.jobs import Job
from programme.models.members import Member
from programme.models.programmes import Programme
from programme.models.users import User
from programme.reports.models import Report, ReportKind
from programme.services import deliveries, jobs
from programme.services.audit import record


def create_report(
    programme: Programme, *, actor: User, kind: ReportKind, title: str, commentary: str = "", wave: Wave | None = None
) -> Report:
    """Writes the report's row and queues its compiling."""
    if kind == ReportKind.TEAM_RESULTS:
        if wave is None or wave.programme_id != programme.pk or wave.state != WaveState.RELEASED:
            raise ValidationError({"wave": _("Choose a questionnaire whose results have been released.")})
    else:
        wave = None
    report = Report(programme=programme, kind=kind, title=title, commentary=commentary, wave=wave, created_by=actor)
    report.full_clean(exclude=["document"])
    with transaction.atomic():
        report.save()
        start_compiling(report, actor=actor)
    return report


def start_compiling(report: Report, *, actor: User) -> Job:
    """Queues the compiling, or gives the job that is under way."""
    refuse_released(report)
    return jobs.start(JobKind.COMPILE_REPORT, subject_id=report.pk, programme=report.programme, actor=actor)


def change_report(report: Report, *, actor: User, title: str, commentary: str) -> Job:
    """New title or commentary, and the report compiled again."""
    refuse_released(report)
    report.title, report.commentary = title, commentary
    report.full_clean(exclude=["document"])
    with transaction.atomic():
        # What an executive has been given never changes under their hands.
        changed = Report.objects.filter(pk=report.pk, released_at=None).update(title=title, commentary=commentary)
        if not changed:
            raise _released()
        return start_compiling(report, actor=actor)


def executives_of(programme: Programme) -> list[Member]:
    """Who a released report goes to."""
    return list(programme.members.current().filter(is_executive=True).select_related("user"))


def release_report(report: Report, *, actor: User, at: datetime) -> int:
    """Gives a compiled report to the executives and mails each of them once; returns how many. Twice is once."""
    if Job.objects.active().filter(kind=JobKind.COMPILE_REPORT, subject_id=report.pk).exists():
        raise ValidationError(_("This report is being compiled. Release it when that has finished."))
    with transaction.atomic():
        ready = Report.objects.filter(pk=report.pk, released_at=None, compiled_at__isnull=False)
        if not ready.update(released_at=at):
            return 0
        report.released_at = at
        executives = executives_of(report.programme)
        for member in executives:
            deliveries.queue(
                member.user,
                purpose=DeliveryPurpose.REPORT_RELEASED,
                subject_id=report.pk,
                occurrence="first",
                programme=report.programme,
                due_at=at,
            )
        record(
            AuditAction.REPORT_RELEASED,
            actor=actor,
            programme=report.programme,
            subject=report,
            title=report.title,
            executives=len(executives),
        )
    return len(executives)


def record_export(report: Report, *, actor: User) -> None:
    """A PDF leaves the installation: who took which report."""
    record(
        AuditAction.EXPORTED, actor=actor, programme=report.programme, subject=report, title=report.title, format="pdf"
    )


def discard_report(report: Report) -> None:
    """Throws away a report nobody has been given."""
    refuse_released(report)
    name, storage = report.pdf.name, report.pdf.storage
    with transaction.atomic():
        gone, _rows = Report.objects.filter(pk=report.pk, released_at=None).delete()
    if gone and name:
        storage.delete(name)


def refuse_released(report: Report) -> None:
    if report.released_at is not None:
        raise _released()


def _released() -> ValidationError:
    return ValidationError(_("This report has been released, so it stays as it is. Make a new one to say more."))
