"""Who gets a report, when, and how often they are told."""

import pytest
from django.core.exceptions import ValidationError
from django.utils import timezone

from programme.enums import AuditAction, DeliveryPurpose, JobKind, Role
from programme.models.audit import AuditEntry
from programme.models.deliveries import Delivery
from programme.models.jobs import Job
from programme.reports.mail import write_report_released
from programme.reports.models import Report, ReportKind
from programme.reports.services import change_report, create_report, discard_report, release_report, start_compiling
from tests.factories.assessments import make_wave
from tests.factories.programme import make_member, make_programme
from tests.factories.reports import compiled, make_report


def release(report, cast):
    return release_report(report, actor=cast.facilitator, at=timezone.now())


def test_creating_a_report_queues_its_compiling(cast):
    report = create_report(cast.programme, actor=cast.facilitator, kind=ReportKind.PROGRAMME, title="Board report")

    job = Job.objects.get()
    assert (job.kind, job.subject_id, job.requested_by) == (JobKind.COMPILE_REPORT, report.pk, cast.facilitator)


def test_team_results_need_a_released_questionnaire_of_this_programme(cast):
    for wave in (None, make_wave(cast.programme), make_wave(make_programme(), state="released")):
        with pytest.raises(ValidationError) as caught:
            create_report(
                cast.programme, actor=cast.facilitator, kind=ReportKind.TEAM_RESULTS, title="Results", wave=wave
            )
        assert "wave" in caught.value.message_dict
    assert not Report.objects.exists()


def test_compiling_asked_for_twice_is_one_job(cast):
    report = make_report(cast)

    assert start_compiling(report, actor=cast.facilitator) == start_compiling(report, actor=cast.facilitator)
    assert Job.objects.count() == 1


def test_releasing_mails_every_executive_once(cast):
    make_member(cast.programme, role=Role.EXECUTIVE)
    make_member(cast.programme, role=Role.EXECUTIVE, left_on=cast.programme.ends_on)
    report = compiled(make_report(cast))

    assert release(report, cast) == 2
    assert release(Report.objects.get(pk=report.pk), cast) == 0

    mails = Delivery.objects.filter(purpose=DeliveryPurpose.REPORT_RELEASED)
    assert mails.filter(subject_id=report.pk).count() == mails.count() == 2
    entry = AuditEntry.objects.get(action=AuditAction.REPORT_RELEASED)
    assert entry.detail == {"title": report.title, "executives": 2}


def test_only_what_has_been_compiled_can_be_released(cast):
    report = make_report(cast)
    assert release(report, cast) == 0

    compiled(report)
    start_compiling(report, actor=cast.facilitator)
    with pytest.raises(ValidationError, match="being compiled"):
        release(report, cast)
    assert not Delivery.objects.exists()


def test_released_report_is_never_changed(cast):
    report = compiled(make_report(cast))
    stale = Report.objects.get(pk=report.pk)
    release(report, cast)

    for attempt in (report, stale):
        with pytest.raises(ValidationError, match="stays as it is"):
            change_report(attempt, actor=cast.facilitator, title="Other", commentary="")
    with pytest.raises(ValidationError, match="stays as it is"):
        discard_report(report)
    report.refresh_from_db()
    assert report.title == "How we work together"


def test_new_commentary_compiles_again(cast):
    report = compiled(make_report(cast))

    change_report(report, actor=cast.facilitator, title="New", commentary="Better.")

    assert Job.objects.active().filter(subject_id=report.pk).count() == 1
    assert "Better." in str(compiled(report).document)


def test_thrown_away_report_takes_its_file_along(cast, media):
    report = compiled(make_report(cast))

    discard_report(report)

    assert not list(media.rglob("*.pdf"))
    assert not Report.objects.exists()


def test_mail_tells_where_to_read_and_carries_no_result(cast, settings):
    settings.SITE_URL = "https://ground.example.org"
    report = compiled(make_report(cast, title="Results <b>of</b> us"))
    release(report, cast)

    message = write_report_released(Delivery.objects.get())

    url = f"https://ground.example.org/programmes/{cast.programme.pk}/reports/{report.pk}/"
    assert message.subject == "Ready to read: Results <b>of</b> us"
    assert message.text.startswith("Dear Eve Executive,")
    assert url in message.text
    assert url in message.html
    assert "<b>of</b>" not in message.html


def test_no_mail_to_somebody_who_is_no_longer_an_executive(cast):
    report = compiled(make_report(cast))
    release(report, cast)
    cast.executive_member.is_executive = False
    cast.executive_member.save()

    assert write_report_released(Delivery.objects.get()) is None
