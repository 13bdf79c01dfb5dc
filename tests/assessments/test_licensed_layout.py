"""Reading a provider's table: headings in any order and spelling, decimals with a comma, one problem a cell."""

import pytest

from assessments.definitions import parse
from assessments.licensed_layout import match_columns, read_document, read_number, squeeze
from assessments.services.instruments import CATALOGUE
from tests.factories.assessments import LICENSED_RESULTS

DEFINITION = parse(LICENSED_RESULTS)
STRENGTHS = ["Courage", "Calm", "Common Sense", "Self-belief"]


def read(headers, cells):
    columns = match_columns(headers, DEFINITION)
    assert columns.problems == []
    return read_document(cells, headers, columns, DEFINITION)


@pytest.mark.parametrize(
    ("heading", "scale"),
    [
        ("Common Sense", "common_sense"),
        ("COMMON SENSE (score)", "common_sense"),
        ("common-sense", "common_sense"),
        ("Common  sense® sten", "common_sense"),
        ("Self belief", "self_belief"),
        ("SelfBelief", "self_belief"),
    ],
)
def test_a_heading_is_known_in_many_spellings(heading, scale):
    assert match_columns([heading], DEFINITION).scores == {scale: 0}


def test_columns_may_stand_in_any_order_and_unknown_ones_are_told():
    columns = match_columns(["Calm", "Shoe size", "E-mail address", *STRENGTHS[2:], "Courage", "", "Job"], DEFINITION)

    assert columns.scores == {"calm": 0, "common_sense": 3, "self_belief": 4, "courage": 5}
    assert (columns.email, columns.unknown, columns.problems) == (2, ["Shoe size", "Job"], [])


def test_missing_headings_are_told_with_what_might_be_meant():
    columns = match_columns(["First name", "Surname", "Corage", "Calm", "Self belief"], DEFINITION)

    assert (columns.first_name, columns.last_name) == (0, 1)
    assert [(problem.column, problem.words) for problem in columns.problems] == [
        ("Courage", "No column has this heading. Is it “Corage”? Rename that column to “Courage”."),
        ("Common Sense", "No column has this heading. Add a column “Common Sense”."),
    ]


def test_a_table_must_say_whose_results_it_holds():
    columns = match_columns(["First name", *STRENGTHS], DEFINITION)

    assert [problem.words for problem in columns.problems] == [
        "No column says whose results these are. Add a column “E-mail” or “Name”."
    ]


def test_two_columns_of_one_scale_are_a_problem():
    assert len(match_columns(["Name", *STRENGTHS, "Calm score"], DEFINITION).problems) == 1


@pytest.mark.parametrize(
    ("text", "number"), [("6.5", 6.5), ("6,5", 6.5), (" 7 ", 7.0), ("10", 10.0), ("0", 0.0), ("7\u00a0,25", 7.25)]
)
def test_numbers_have_a_point_or_a_comma(text, number):
    assert read_number(text, 0, 10) == (number, "")


@pytest.mark.parametrize("text", ["", "high", "6.5.1", "1,000,000", "10.1", "-0.1", "nan", "inf", "1e1", "٣"])
def test_what_is_no_score_is_told_and_not_guessed(text):
    number, words = read_number(text, 0, 10)

    assert number is None
    assert words.strip()


def test_problems_name_column_value_and_remedy():
    _document, problems = read(["Name", *STRENGTHS], ["Pat", "11", "x", "", "5"])

    assert [(problem.column, problem.value) for problem in problems] == [
        ("Courage", "11"),
        ("Calm", "x"),
        ("Common Sense", ""),
    ]
    assert problems[0].words == "Scores go from 0 to 10. Check the number."
    assert problems[2].words == "The score is missing. Enter a number from 0 to 10."


SIGNIFICANT_WAYS = {
    "named in one cell": (["Significant 2"], ["Self belief, COURAGE"]),
    "semicolons": (["Significant strengths"], ["Courage; Self-belief"]),
    "a column each": (["Significant 1", "Significant 2"], ["Courage", "Self-belief"]),
    "ticked": (["Courage significant", "Significant: Self-belief", "Calm (sig)"], ["yes", "X", "no"]),
}


@pytest.mark.parametrize("way", SIGNIFICANT_WAYS)
def test_significant_strengths_may_be_marked_in_several_ways(way):
    headers, cells = SIGNIFICANT_WAYS[way]
    document, problems = read(["Name", *STRENGTHS, *headers], ["Pat", "9", "5", "5", "9", *cells])

    assert problems == []
    assert sorted(document["significant"]) == ["courage", "self_belief"]


@pytest.mark.parametrize(
    ("cell", "words"),
    [
        ("Courage", "Marked as significant: 1. The provider marks 2."),
        ("Courage, Calm, Self-belief", "Marked as significant: 3. The provider marks 2."),
        ("Courage, Charm", "This is not a name of a scale. Check its spelling."),
    ],
)
def test_wrong_significant_strengths_are_told(cell, words):
    _document, problems = read(["Name", *STRENGTHS, "Significant"], ["Pat", "9", "5", "5", "9", cell])

    assert [problem.words for problem in problems] == [words]


def test_further_numbers_are_optional_and_checked():
    headers = ["Name", *STRENGTHS, "Courage energy", "Energy: Calm"]

    document, problems = read(headers, ["Pat", "9", "5", "5", "9", "7,5", ""])
    assert (document["extras"], problems) == ({"energy": {"courage": 7.5}}, [])

    _document, problems = read(headers, ["Pat", "9", "5", "5", "9", "11", "3"])
    assert [problem.column for problem in problems] == ["Courage energy"]


@pytest.mark.parametrize("path", sorted(CATALOGUE.glob("*results.yaml")), ids=lambda path: path.stem)
def test_every_shipped_layout_reads_a_table_with_its_own_names(path):
    definition = parse(path.read_text("utf-8"))
    headers = ["E-mail", *(scale.name for scale in definition.scales)]

    columns = match_columns(headers, definition)

    assert columns.problems == []
    assert list(columns.scores) == [scale.key for scale in definition.scales]


def test_a_scale_may_be_called_results():
    assert squeeze("Results") == squeeze("results score") == "results"
