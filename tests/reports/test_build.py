"""Compiling: what is told, what is never told, and what a killed compile leaves behind."""

import json
import re
from datetime import timedelta

import pytest
from django.utils import timezone

from assessments.models.releases import Release
from assessments.releasing.document import seal
from assessments.results import WITHHELD, CutKind, Score, wave_results
from programme.enums import AuditAction, JobKind, JobState
from programme.lib.jobs import JobCancelled, JobProblem
from programme.models.audit import AuditEntry
from programme.models.jobs import Job
from programme.reports.build import compile_report, document_of
from programme.reports.models import Report
from programme.services import jobs
from tests.factories.assessments import make_wave
from tests.factories.reports import compiled, make_report, pdf_of

SMALL = "NHS trust in Senior Managers"


def start(report):
    return jobs.start(JobKind.COMPILE_REPORT, subject_id=report.pk, programme=report.programme, actor=report.created_by)


def block(report, title):
    return next(block for block in report.document["blocks"] if block.get("title") == title)


def numbers_in(value):
    """Every number of a document, also those written in texts."""
    if isinstance(value, dict):
        return {number for inner in value.values() for number in numbers_in(inner)}
    if isinstance(value, list):
        return {number for inner in value for number in numbers_in(inner)}
    if isinstance(value, str):
        return {float(number) for number in re.findall(r"\d+\.\d+|\d+", value)}
    return {float(value)} if isinstance(value, (int, float)) and not isinstance(value, bool) else set()


def test_team_results_say_what_the_release_says(cast, story):
    results = wave_results(story.waves[2])
    report = compiled(make_report(cast, wave=story.waves[2], commentary="We talk more.\n\nWe meet\nmore."))

    figure = block(report, "The organisations side by side")
    trust = figure["rows"][0]
    assert [group["label"] for group in trust["groups"]] == ["Council", "NHS trust"]
    assert [group["mark"] for group in trust["groups"]] == ["circle", "diamond"]
    organisations = results.cuts_of(CutKind.ORGANISATION)
    assert [group["now"] for group in trust["groups"]] == [
        results.score("trust", cut.key).shown for cut in organisations
    ]
    assert len(trust["groups"][0]["history"]) == 3
    assert figure["waves"] == ["Baseline", "Midpoint", "End"]
    assert "not yet validated" in figure["source"]
    assert "Answers: Council 12 and NHS trust 8" in figure["source"]
    assert block(report, "What we make of it")["paragraphs"] == ["We talk more.", "We meet more."]
    whole = block(report, "Everybody together")
    assert whole["change_headings"] == ["Since the wave before", "Since baseline"]
    assert {row["groups"][0]["spread"] for row in whole["rows"]} <= {"close", "mixed", "split"}


def test_report_of_an_earlier_wave_does_not_know_later_ones(cast, story):
    report = compiled(make_report(cast, wave=story.waves[0]))

    figure = block(report, "The organisations side by side")
    assert (figure["waves"], figure["change_headings"]) == (["Baseline"], [])
    assert "Midpoint" not in json.dumps(report.document)


def test_withheld_groups_are_a_word_without_any_number(cast, story):
    for person in story.people[-2:]:
        assert person.team == cast.managers
    results = wave_results(story.waves[2])
    (small,) = [cut for cut in results.cuts if cut.label == SMALL]
    assert all(results.score(measure.key, small.key) is WITHHELD for measure in results.measures)

    # Only groups the release shows are left: a table in which everything is withheld is not printed at all.
    document = compiled(make_report(cast, wave=story.waves[2])).document

    shown = {
        number
        for wave in story.waves
        for results in [wave_results(wave)]
        for cut in results.cuts
        for measure in results.measures
        for score in [results.score(measure.key, cut.key)]
        if isinstance(score, Score)
        for number in (score.value, *(score.middle_half if isinstance(score.middle_half, tuple) else ()))
    }
    told = {
        number for part in document["blocks"] if part["kind"] == "dimensions" for number in numbers_in(part["rows"])
    }
    assert told <= shown


def test_one_withheld_cell_among_shown_ones_is_printed_as_the_word(cast, story):
    """A value taken out of the stored release is gone from every part of the document."""
    results = wave_results(story.waves[2])
    nhs = results.cuts_of(CutKind.ORGANISATION)[1]
    hide(story.waves[2], nhs.key, "trust")

    report = compiled(make_report(cast, wave=story.waves[2]))

    group = block(report, "The organisations side by side")["rows"][0]["groups"][1]
    assert (group["now"], group["history"][2], group["changes"]) == ("withheld", "withheld", ["withheld"])
    assert "End withheld" in group["alt"]
    row = next(row for row in block(report, "The numbers")["rows"] if row[:2] == ["Trust", "NHS trust"])
    assert row[4:] == ["withheld", "withheld", "withheld"]


def hide(wave, cut, measure):
    """Seals the release again with one value, and what was computed from it, withheld."""
    release = Release.objects.get(wave=wave)
    release.document["scores"][cut][measure] = None
    for against in release.document["changes"][cut][measure]:
        release.document["changes"][cut][measure][against] = None
    release.sha256 = seal(release.document)
    Release.objects.filter(pk=release.pk).update(document=release.document, sha256=release.sha256)


def test_release_that_was_tampered_with_is_not_reported(cast, story):
    release = Release.objects.get(wave=story.waves[2])
    release.document["scores"]["programme"]["trust"]["value"] = 4.9
    Release.objects.filter(pk=release.pk).update(document=release.document)

    with pytest.raises(JobProblem, match="no longer matches its seal"):
        compiled(make_report(cast, wave=story.waves[2]))


def test_unreleased_wave_is_refused_in_words(cast, story):
    with pytest.raises(JobProblem, match="not been released"):
        document_of(make_report(cast, wave=make_wave(cast.programme)), at=timezone.now())


def test_programme_report_tells_of_results_sessions_and_promises(cast, story):
    story.add_meetings()

    report = compiled(make_report(cast))

    figures = [f"{item['number']} {item['words']}" for item in report.document["blocks"][0]["items"]]
    assert figures == [
        "20 of 20 people answered “End questionnaire”",
        "100% average attendance over 3 sessions",
        "1 of 2 commitments kept, 1 overdue",
        "1 decision asked of the board",
    ]
    assert block(report, "What we ask of the board")["items"] == ["Host of the January follow-up (by 24 June 2022)"]
    assert ["End questionnaire", "NHS trust", "8 of 8 (100%)"] in block(report, "Who answered")["rows"]
    assert [mark["mode"] for mark in block(report, "How the programme went")["lanes"][0]["marks"]] == [
        "virtual",
        "hybrid",
        "room",
    ]
    assert len(block(report, "How the team dimensions developed")["rows"]) == 5


def test_programme_report_without_anything_yet_says_so(cast):
    report = compiled(make_report(cast, title="First report"))

    assert report.document["heading"] == "First report"
    assert "No results have been released yet" in block(report, "Results")["paragraphs"][0]
    assert pdf_of(report).startswith(b"%PDF")


def test_generated_answers_are_named_on_every_report(cast, story):
    assert compiled(make_report(cast, wave=story.waves[2])).document["notice"] == ""
    cast.programme.is_demonstration = True
    cast.programme.save()

    assert "generated" in compiled(make_report(cast)).document["notice"]


def test_compiling_again_replaces_the_file_and_leaves_one(cast, media):
    report = compiled(make_report(cast))
    first = report.pdf.name

    report = compiled(report)

    assert report.pdf.name != first
    assert [path.name for path in (media / "reports" / str(report.pk)).iterdir()] == [report.pdf.name.rsplit("/")[-1]]
    assert AuditEntry.objects.filter(action=AuditAction.REPORT_COMPILED).count() == 2


@pytest.mark.parametrize("killed_at", [10, 50, 80])
def test_compile_killed_half_way_leaves_nothing_and_is_run_again(cast, media, killed_at):
    report = make_report(cast)
    job = start(report)

    def die(percent, step):
        if percent == killed_at:
            raise SystemExit

    with pytest.raises(SystemExit):
        compile_report(job, die)
    report.refresh_from_db()
    assert (bool(report.pdf), report.document, report.compiled_at) == (False, {}, None)
    assert not media.exists()

    compile_report(job, lambda percent, step: None)
    report.refresh_from_db()
    assert pdf_of(report).endswith(b"%%EOF")


def test_half_a_file_of_a_dead_worker_is_swept_away(cast, media):
    report = make_report(cast)
    folder = media / "reports" / str(report.pk)
    folder.mkdir(parents=True)
    (folder / "half.pdf").write_bytes(b"%PDF-1.7 and then the power went")

    report = compiled(report)

    assert [path.name for path in folder.iterdir()] == [report.pdf.name.rsplit("/")[-1]]


def test_abandoned_job_is_run_again_by_the_worker(cast):
    """The row of a killed worker is queued again, and the next run finishes it."""
    report = make_report(cast)
    job = start(report)
    Job.objects.filter(pk=job.pk).update(state=JobState.RUNNING, attempts=1, claimed_until=timezone.now())

    jobs.recover_abandoned(at=timezone.now())
    jobs.run(job.pk)

    job.refresh_from_db()
    report.refresh_from_db()
    assert (job.state, job.progress, bool(report.pdf)) == (JobState.DONE, 100, True)


def test_cancelled_compile_changes_nothing(cast, media):
    report = make_report(cast)

    def cancelled(percent, step):
        raise JobCancelled

    with pytest.raises(JobCancelled):
        compile_report(start(report), cancelled)
    assert not media.exists()


def test_report_thrown_away_meanwhile_is_a_problem_in_words(cast):
    report = make_report(cast)
    job = start(report)
    Report.objects.all().delete()

    with pytest.raises(JobProblem, match="thrown away"):
        compile_report(job, lambda percent, step: None)


def test_report_released_while_it_is_compiled_again_stays_as_released(cast, media):
    report = compiled(make_report(cast))
    before = report.pdf.name
    job = start(report)

    def release_meanwhile(percent, step):
        Report.objects.filter(pk=report.pk).update(released_at=timezone.now())

    compile_report(job, release_meanwhile)

    report.refresh_from_db()
    assert report.pdf.name == before
    assert len(list((media / "reports" / str(report.pk)).iterdir())) == 1


@pytest.mark.parametrize(("days", "words"), [(0, "In "), (70, "Between ")])
def test_programme_report_does_not_stretch_its_first_month(cast, story, days, words):
    cast.programme.starts_on = timezone.localdate() - timedelta(days=days)
    cast.programme.ends_on = timezone.localdate() + timedelta(days=400)
    cast.programme.save()

    report = compiled(make_report(cast))

    assert report.document["lead"][0].startswith(words)
