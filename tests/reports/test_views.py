"""Reports in the browser."""

import pytest
from django.urls import reverse
from django.utils import timezone

from programme.enums import AuditAction, JobState
from programme.models.audit import AuditEntry
from programme.models.jobs import Job
from programme.reports.models import Report, ReportKind
from programme.services import jobs
from tests.factories.reports import compiled, make_report, pdf_of


@pytest.fixture
def browser(cast, client_for):
    return client_for(cast.facilitator)


def url(name, report):
    return reverse(f"reports:{name}", args=[report.programme_id, report.pk])


def list_url(cast):
    return reverse("reports:report_list", args=[cast.programme.pk])


def released(cast, **fields):
    report = compiled(make_report(cast, **fields))
    Report.objects.filter(pk=report.pk).update(released_at=timezone.now())
    report.refresh_from_db()
    return report


def test_first_visit_says_what_to_do(cast, browser):
    page = browser.get(list_url(cast)).content.decode()

    assert "No reports yet" in page
    assert reverse("reports:report_create", args=[cast.programme.pk]) in page


def test_new_report_is_compiled_in_the_background_and_shows_its_progress(cast, browser):
    response = browser.post(
        reverse("reports:report_create", args=[cast.programme.pk]),
        {"kind": "programme", "title": "Board report", "commentary": "We did well."},
        follow=True,
    )
    job = Job.objects.get()
    page = response.content.decode()
    assert "Waiting to start" in page
    assert f'data-progress-url="{reverse("job", args=[cast.programme.pk, job.pk])}"' in page

    jobs.run(job.pk)

    page = browser.get(url("report_detail", Report.objects.get())).content.decode()
    assert "data-progress-url" not in page
    assert "We did well." in page
    assert "Release to executives" in page


def test_failed_compile_says_why_and_can_be_tried_again(cast, browser):
    report = make_report(cast, kind=ReportKind.TEAM_RESULTS)
    job = jobs.start("compile_report", subject_id=report.pk, programme=cast.programme, actor=cast.facilitator)
    jobs.run(job.pk)
    page = browser.get(url("report_detail", report)).content.decode()
    assert "have not been released yet" in page

    browser.post(url("report_compile", report))

    assert Job.objects.filter(state=JobState.QUEUED, subject_id=report.pk).count() == 1


def test_compiling_can_be_cancelled(cast, browser):
    report = make_report(cast)
    job = jobs.start("compile_report", subject_id=report.pk, programme=cast.programme, actor=cast.facilitator)

    page = browser.post(url("report_cancel", report), follow=True).content.decode()

    job.refresh_from_db()
    assert job.state == JobState.CANCELLED
    assert "Cancelled." in page
    assert "Try again" in page


def test_team_results_without_a_questionnaire_are_refused(cast, browser, story):
    response = browser.post(
        reverse("reports:report_create", args=[cast.programme.pk]), {"kind": "team_results", "title": "Results"}
    )

    assert "Choose the questionnaire whose results the report is about" in response.content.decode()
    assert not Report.objects.exists()


def test_link_from_the_results_brings_its_questionnaire_along(cast, browser, story):
    wave = story.waves[2]

    form = browser.get(reverse("reports:report_create", args=[cast.programme.pk]), {"wave": wave.pk}).context["form"]

    assert (form.initial["wave"], form.initial["title"]) == (wave, "Team results: End questionnaire")


def test_page_and_pdf_hold_the_same_numbers(cast, browser, story):
    report = compiled(make_report(cast, wave=story.waves[2]))

    page = browser.get(url("report_detail", report)).content.decode()

    assert report.document["heading"] in page
    for block in report.document["blocks"]:
        if block["kind"] == "dimensions":
            assert all(f">{group['now']}</td>" in page for row in block["rows"] for group in row["groups"])
        if block["kind"] == "table":
            assert all(cell in page for row in block["rows"] for cell in row if cell != "withheld")


def test_executives_read_released_reports_only(cast, client_for):
    draft = compiled(make_report(cast, title="Not yet"))
    report = released(cast, title="For you")
    executive = client_for(cast.executive)

    page = executive.get(list_url(cast)).content.decode()

    assert ("For you" in page, "Not yet" in page) == (True, False)
    assert executive.get(url("report_detail", report)).status_code == 200
    assert executive.get(url("report_detail", draft)).status_code == 404
    assert executive.get(url("report_pdf", draft)).status_code == 404
    assert "Release to executives" not in executive.get(url("report_detail", report)).content.decode()


def test_pdf_is_a_download_with_a_proper_name_and_audited(cast, client_for):
    report = released(cast, title="Zoë’s “board” report/1")

    response = client_for(cast.executive).get(url("report_pdf", report))

    assert response.content == pdf_of(report)
    assert response["Content-Type"] == "application/pdf"
    disposition = response["Content-Disposition"]
    assert disposition.startswith("attachment; filename*=utf-8''")
    assert "Zo%C3%AB%E2%80%99s" in disposition
    assert disposition.endswith("report-1.pdf")
    assert response["X-Content-Type-Options"] == "nosniff"
    assert "no-store" in response["Cache-Control"]
    entry = AuditEntry.objects.get(action=AuditAction.EXPORTED)
    assert (entry.actor_id, entry.detail) == (cast.executive.pk, {"title": report.title, "format": "pdf"})


def test_pdf_before_the_first_compile_is_not_found(cast, browser):
    assert browser.get(url("report_pdf", make_report(cast))).status_code == 404


def test_right_to_download_ends_with_the_membership(cast, client_for):
    report = released(cast)
    cast.executive_member.left_on = cast.programme.ends_on
    cast.executive_member.save()

    assert client_for(cast.executive).get(url("report_pdf", report)).status_code == 404


def test_releasing_states_its_consequence_and_happens_once(cast, browser):
    report = compiled(make_report(cast))
    page = browser.get(url("report_release", report)).content.decode()
    assert "Release this report to 1 executive?" in page
    assert "Eve Executive" in page
    report.refresh_from_db()
    assert report.released_at is None

    told = browser.post(url("report_release", report), follow=True).content.decode()
    again = browser.post(url("report_release", report), follow=True).content.decode()

    assert "1 executive is told by mail" in told
    assert "Only a compiled report" in again


def test_released_report_offers_no_change(cast, browser):
    report = released(cast)

    response = browser.get(url("report_change", report), follow=True)

    assert "stays as it is" in response.content.decode()
    browser.post(url("report_discard", report))
    assert Report.objects.filter(pk=report.pk).exists()


def test_report_of_another_programme_is_not_found(cast, client_for):
    report = released(cast)

    smuggled = reverse("reports:report_detail", args=[cast.other_programme.pk, report.pk])

    assert client_for(cast.other_facilitator).get(smuggled).status_code == 404


def test_names_and_commentary_appear_as_text(cast, browser):
    report = compiled(make_report(cast, title="<script>x</script>", commentary="<img src=x onerror=y> {{7*7}}"))

    page = browser.get(url("report_detail", report)).content.decode()

    assert "<script>x" not in page
    assert "<img src=x" not in page
    assert "{{7*7}}" in page


@pytest.mark.parametrize("number", [1, 3])
def test_list_takes_as_many_queries_for_one_report_as_for_three(cast, browser, number, django_assert_num_queries):
    for _ in range(number):
        make_report(cast)

    with django_assert_num_queries(5):
        browser.get(list_url(cast))
