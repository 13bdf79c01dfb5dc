from datetime import timedelta

import pytest

from assessments.models.licensed_results import LicensedResult, ResultsImport
from assessments.queries.licensed_results import people_with_results, preview_import, results_of
from assessments.results.strengths import licensed_profile
from assessments.services.licensed_results import (
    confirm_import,
    discard_import,
    enter_result,
    undo_import,
    upload_results,
)
from programme.enums import AuditAction
from programme.lib.spreadsheets import SpreadsheetProblem, to_workbook
from programme.models.audit import AuditEntry
from tests.factories.assessments import NOW, make_licensed_instrument
from tests.factories.programme import make_member, make_user

HEAD = "E-mail;Courage;Calm;Common Sense;Self-belief;Significant;Remark"
PAT = "Pat.Participant@example.org;9,5;4;5;8.25;Courage, Self-belief;hello"


@pytest.fixture
def upload(cast):
    def make(*lines, head=HEAD, name="results.csv"):
        return upload_results(
            cast.programme,
            actor=cast.facilitator,
            instrument_version=make_licensed_instrument(),
            data="\n".join([head, *lines]).encode(),
            file_name=name,
        )

    return make


def states(found) -> list:
    return [(line.row, line.name, line.state) for line in preview_import(found).lines]


def problems(found) -> list:
    return [(problem.row, problem.column, problem.value) for problem in preview_import(found).problems]


def test_an_upload_saves_nothing_before_it_is_confirmed(upload):
    found = upload(PAT)

    assert states(found) == [(2, "Pat Participant", "new")]
    assert preview_import(found).columns.unknown == ["Remark"]
    assert not LicensedResult.objects.exists()
    assert not AuditEntry.objects.filter(action=AuditAction.RESULTS_IMPORTED).exists()


def test_confirm_saves_scores_unrounded_and_keeps_no_copy_of_the_file(cast, upload):
    found = upload(PAT)

    assert confirm_import(found, actor=cast.facilitator, at=NOW) == 1

    result = LicensedResult.objects.get(member=cast.participant_member)
    assert result.document["scores"] == {"courage": 9.5, "calm": 4, "common_sense": 5, "self_belief": 8.25}
    assert sorted(result.document["significant"]) == ["courage", "self_belief"]
    found.refresh_from_db()
    assert (found.table, found.confirmed_at) == ({}, NOW)
    entry = AuditEntry.objects.get(action=AuditAction.RESULTS_IMPORTED)
    assert entry.detail["people"] == 1
    assert "9.5" not in str(entry.detail)


def test_confirming_twice_saves_once(cast, upload):
    found = upload(PAT)
    stale = ResultsImport.objects.get(pk=found.pk)

    confirm_import(found, actor=cast.facilitator, at=NOW)

    assert confirm_import(stale, actor=cast.facilitator, at=NOW) == 0
    assert LicensedResult.objects.count() == 1


def test_the_same_file_again_is_unchanged_and_a_new_score_replaces(cast, upload):
    confirm_import(upload(PAT), actor=cast.facilitator, at=NOW)

    assert states(upload(PAT)) == [(2, "Pat Participant", "unchanged")]
    changed = upload(PAT.replace("9,5", "9,6"))
    assert states(changed) == [(2, "Pat Participant", "changed")]

    confirm_import(changed, actor=cast.facilitator, at=NOW + timedelta(hours=1))
    assert [result.document["scores"]["courage"] for result in results_of(cast.participant_member)] == [9.6]


def test_undo_brings_back_what_was_held_before(cast, upload):
    confirm_import(upload(PAT), actor=cast.facilitator, at=NOW)
    second = upload(PAT.replace("9,5", "2"))
    confirm_import(second, actor=cast.facilitator, at=NOW + timedelta(hours=1))

    assert undo_import(second, actor=cast.facilitator, at=NOW + timedelta(hours=2))
    assert not undo_import(second, actor=cast.facilitator, at=NOW + timedelta(hours=2))

    assert [result.document["scores"]["courage"] for result in results_of(cast.participant_member)] == [9.5]
    entry = AuditEntry.objects.get(action=AuditAction.RESULTS_IMPORT_UNDONE)
    assert entry.detail == {"people": 1}


def test_an_unconfirmed_upload_can_be_thrown_away_a_confirmed_one_not(cast, upload):
    waiting, done = upload(PAT), upload(PAT)
    confirm_import(done, actor=cast.facilitator, at=NOW)

    discard_import(waiting)
    discard_import(done)

    assert list(ResultsImport.objects.all()) == [done]


def test_each_problem_has_its_row_column_and_value_and_the_good_rows_are_saved(cast, upload):
    found = upload(
        "nobody@example.org;1;1;1;1;;",
        PAT,
        "eve.executive@example.org;11;;x;1;Courage, Cleverness;",
        PAT,
        ";1;1;1;1;;",
    )

    assert problems(found) == [
        (2, "E-mail", "nobody@example.org"),
        (4, "Courage", "11"),
        (4, "Calm", ""),
        (4, "Common Sense", "x"),
        (4, "Significant", "Cleverness"),
        (5, "E-mail", "Pat.Participant@example.org"),
        (6, "E-mail", ""),
    ]
    assert confirm_import(found, actor=cast.facilitator, at=NOW) == 1
    assert LicensedResult.objects.get().member == cast.participant_member


def test_wrong_headings_stop_the_import(cast, upload):
    found = upload("Pat;1", head="Name;Courage")

    preview = preview_import(found)
    assert preview.blocked
    assert [problem.row for problem in preview.problems] == [0, 0, 0]
    assert confirm_import(found, actor=cast.facilitator, at=NOW) == 0
    found.refresh_from_db()
    assert found.confirmed_at is None


def test_people_are_found_by_name_unless_two_have_it(cast, upload):
    head = HEAD.replace("E-mail", "Name")
    row = PAT.replace("Pat.Participant@example.org", "pat  PARTICIPANT")
    assert states(upload(row, head=head)) == [(2, "Pat Participant", "new")]

    make_member(cast.programme, user=make_user("pat2@example.org", name="Pat Participant"))
    found = upload(row, head=head)
    assert states(found) == [(2, "pat PARTICIPANT", "problem")]
    assert preview_import(found).problems[0].words.startswith("Several people have this name.")


def test_people_of_other_programmes_are_nobody_here(cast, upload):
    make_member(cast.other_programme, user=make_user("else@example.org"))

    assert problems(upload("else@example.org;1;1;1;1;;")) == [(2, "E-mail", "else@example.org")]


def test_workbooks_are_read_too(cast):
    lines = [line.split(";") for line in (HEAD, PAT)]
    found = upload_results(
        cast.programme,
        actor=cast.facilitator,
        instrument_version=make_licensed_instrument(),
        data=to_workbook({"Results": lines}),
        file_name="results.xlsx",
    )

    assert states(found) == [(2, "Pat Participant", "new")]


def test_a_file_that_cannot_be_read_is_refused_in_words(upload):
    with pytest.raises(SpreadsheetProblem):
        upload(PAT, name="results.pdf")
    assert not ResultsImport.objects.exists()


def test_enter_result_is_an_import_of_one_that_can_be_undone(cast):
    scores = {"courage": 9.0, "calm": 1.0, "common_sense": 2.0, "self_belief": 3.0}
    result = enter_result(
        cast.participant_member,
        actor=cast.facilitator,
        at=NOW,
        instrument_version=make_licensed_instrument(),
        scores=scores,
        significant=["self_belief", "courage"],
    )

    assert results_of(cast.participant_member) == [result]
    undo_import(result.results_import, actor=cast.facilitator, at=NOW)
    assert results_of(cast.participant_member) == []


def test_the_profile_lists_significant_strengths_a_to_z_never_by_score(cast):
    result = enter_result(
        cast.participant_member,
        actor=cast.facilitator,
        at=NOW,
        instrument_version=make_licensed_instrument(),
        scores={"courage": 1.0, "calm": 9.0, "common_sense": 2.0, "self_belief": 10.0},
        significant=["self_belief", "calm"],
    )

    profile = licensed_profile(result)

    assert profile.standing_out == ("calm", "self_belief")
    assert [scale.name for scale in profile.scales] == ["Calm", "Common Sense", "Courage", "Self-belief"]


@pytest.mark.parametrize("people", [1, 3])
def test_query_counts_do_not_grow_with_people(cast, upload, people, django_assert_num_queries):
    members = [make_member(cast.programme) for _ in range(people)]
    found = upload(*(f"{member.email};1;2;3;4;;" for member in members))

    with django_assert_num_queries(2):
        preview_import(found)
    confirm_import(found, actor=cast.facilitator, at=NOW)
    with django_assert_num_queries(2):
        assert len(people_with_results(cast.programme)) == people
