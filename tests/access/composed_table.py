"""Dashboards, reports, the demonstration's pages and sign-in pages."""

from django.core.files.base import ContentFile
from django.utils import timezone

from programme.enums import JobKind
from programme.services import jobs
from tests.access.rows import Row, by_role, everybody, nothing, programme_id
from tests.factories.reports import make_report


def report(cast):
    """A report that has been compiled and not been released; its file is not asked for."""
    return _report(cast)


def released_report(cast):
    return _report(cast, released_at=timezone.now())


def _report(cast, **fields):
    made = make_report(cast, compiled_at=timezone.now(), pdf=ContentFile(b"%PDF-1.7", name="report.pdf"), **fields)
    return {"programme_id": cast.programme.pk, "report_id": made.pk}


def job(cast):
    """Long work that waits for a worker."""
    made = jobs.start(
        JobKind.COMPILE_REPORT, subject_id=cast.programme.pk, programme=cast.programme, actor=cast.facilitator
    )
    return {"programme_id": cast.programme.pk, "job_id": made.pk}


def no_mail(cast):
    return {"key": "gone"}


ROWS: dict[str, Row] = {
    # For load balancers
    "health_live": Row(nothing, everybody(200)),
    "health_ready": Row(nothing, everybody(200)),
    # Long work
    "job": Row(job, by_role("login", 403, 200, 403, 403, 404)),
    # The demonstration's mail: nothing real, open to whoever can reach it
    "demo:mail_list": Row(nothing, everybody(200)),
    "demo:mail_detail": Row(no_mail, everybody(404)),
    # Reports: executives read what has been released to them
    "reports:report_list": Row(programme_id, by_role("login", 403, 200, 200, 403, 404)),
    "reports:report_create": Row(programme_id, by_role("login", 403, 200, 403, 403, 404)),
    "reports:report_detail": Row(released_report, by_role("login", 403, 200, 200, 403, 404)),
    "reports:report_change": Row(report, by_role("login", 403, 200, 403, 403, 404)),
    "reports:report_compile": Row(report, by_role("login", 403, 302, 403, 403, 404), method="post"),
    "reports:report_cancel": Row(report, by_role("login", 403, 302, 403, 403, 404), method="post"),
    "reports:report_release": Row(report, by_role("login", 403, 200, 403, 403, 404)),
    "reports:report_discard": Row(report, by_role("login", 403, 302, 403, 403, 404), method="post"),
    "reports:report_pdf": Row(released_report, by_role("login", 403, 200, 200, 403, 404)),
    # Dashboards; the cast's executive takes part as well, its facilitator does not
    "dashboards:overview": Row(programme_id, by_role("login", 200, 200, 200, 403, 404)),
    "dashboards:mine": Row(programme_id, by_role("login", 200, 403, 200, 403, 404)),
    "dashboards:executives": Row(programme_id, by_role("login", 403, 200, 200, 403, 404)),
}
