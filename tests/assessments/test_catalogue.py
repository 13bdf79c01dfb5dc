"""The instruments that ship: complete, balanced, labelled, and ours."""

from pathlib import Path

import pytest

import assessments
from assessments.definitions import Kind, Licence, dump, from_json, parse, to_json

CATALOGUE = Path(assessments.__file__).parent / "catalogue"
SHIPPED = {path.stem: parse(path.read_text(encoding="utf-8")) for path in CATALOGUE.glob("*.yaml")}
QUESTIONNAIRES = [d for d in SHIPPED.values() if d.kind is not Kind.LICENSED_RESULTS]
LICENSED = [d for d in SHIPPED.values() if d.kind is Kind.LICENSED_RESULTS]

# The names and clusters the licensed provider publishes (BPS test review); plain labels, nothing more is held.
STRENGTHSCOPE = {
    "Emotional": {"Courage", "Emotional Control", "Enthusiasm", "Optimism", "Resilience", "Self-confidence"},
    "Relational": {
        "Collaboration",
        "Compassion",
        "Developing Others",
        "Empathy",
        "Leading",
        "Persuasiveness",
        "Relationship Building",
    },
    "Thinking": {"Common Sense", "Creativity", "Critical Thinking", "Detail Orientation", "Strategic Mindedness"},
    "Execution": {"Decisiveness", "Efficiency", "Flexibility", "Initiative", "Results Focus", "Self-improvement"},
}


def key_of(definition):
    return definition.key


def reversed_items(definition, scale):
    return sum(item.reverse for item in definition.items_of(scale.key))


def test_all_instruments_ship():
    assert set(SHIPPED) == {
        "work_strengths",
        "team_dimensions",
        "partnership_check",
        "working_relationships",
        "session_feedback",
        "strengthscope_results",
        "five_dimensions_results",
        "five_dimensions_sums_results",
    }
    assert [name for name, definition in SHIPPED.items() if definition.key != name] == []


@pytest.mark.parametrize("definition", SHIPPED.values(), ids=key_of)
def test_instrument_survives_writing_and_storing(definition):
    assert parse(dump(definition)) == definition
    assert from_json(to_json(definition)) == definition


@pytest.mark.parametrize("definition", SHIPPED.values(), ids=key_of)
def test_instrument_says_that_it_is_not_validated(definition):
    assert definition.validated is False


@pytest.mark.parametrize("definition", QUESTIONNAIRES, ids=key_of)
def test_own_questionnaire_is_open_and_answered_online(definition):
    assert (definition.licence, definition.online, definition.trademark_notice) == (Licence.OPEN, True, "")
    assert all(len(page.items) <= 8 for page in definition.pages)
    assert all(scale.explanation and scale.subtitle for scale in definition.scales)
    texts = [item.text.casefold() for item in definition.items]
    assert len(set(texts)) == len(texts)


@pytest.mark.parametrize("definition", LICENSED, ids=key_of)
def test_licensed_layout_holds_names_only(definition):
    assert (definition.licence, definition.online) == (Licence.LICENSED_RESULTS_ONLY, False)
    assert definition.items == definition.pages == definition.response_scales == ()
    assert "not affiliated with or endorsed by" in definition.trademark_notice
    assert {(s.subtitle, s.explanation, s.at_best, s.overdrive) for s in definition.scales} == {("", "", "", "")}


def test_work_strengths_has_24_balanced_strengths():
    definition = SHIPPED["work_strengths"]

    assert (len(definition.scales), len(definition.items), len(definition.clusters)) == (24, 72, 4)
    assert {len(definition.items_of(scale.key)) for scale in definition.scales} == {3}
    assert {reversed_items(definition, scale) for scale in definition.scales} == {1, 2}
    assert sum(item.reverse for item in definition.items) == 36
    assert {sum(s.cluster == cluster for s in definition.scales) for cluster in definition.clusters} == {6}
    assert [len(page.items) for page in definition.pages] == [6] * 12
    assert all(scale.at_best and scale.overdrive for scale in definition.scales)
    assert definition.significant_count == 7


def test_no_page_of_work_strengths_asks_one_strength_twice():
    definition = SHIPPED["work_strengths"]

    for page in definition.pages:
        assert len({definition.item(key).scale for key in page.items}) == 6


def test_team_dimensions_has_five_balanced_dimensions_and_three_prompts():
    definition = SHIPPED["team_dimensions"]

    assert [s.key for s in definition.scales] == ["trust", "conflict", "commitment", "accountability", "results"]
    assert {len(definition.items_of(scale.key)) for scale in definition.scales} == {4}
    assert {reversed_items(definition, scale) for scale in definition.scales} == {2}
    assert [option.label for option in definition.response_scales[0].options] == [
        "Almost never",
        "Rarely",
        "Sometimes",
        "Often",
        "Almost always",
    ]
    bands = {tuple((band.name, band.starts_at) for band in scale.bands) for scale in definition.scales}
    assert bands == {(("To work on", 1.0), ("Growing", 3.0), ("Strong", 4.0))}
    assert definition.pages[-1].items == tuple(item.key for item in definition.text_items)
    assert [len(page.items) for page in definition.pages] == [5, 7, 8, 3]


def test_partnership_check_has_six_balanced_topics():
    definition = SHIPPED["partnership_check"]

    assert len(definition.scales) == 6
    assert {len(definition.items_of(scale.key)) for scale in definition.scales} == {4}
    assert {reversed_items(definition, scale) for scale in definition.scales} == {2}


def test_working_relationships_asks_how_often_and_how_well():
    definition = SHIPPED["working_relationships"]

    assert definition.kind is Kind.RELATIONSHIPS
    assert [item.scale for item in definition.rating_items] == ["frequency", "quality"]


def test_session_feedback_is_short():
    definition = SHIPPED["session_feedback"]

    assert [scale.key for scale in definition.scales] == ["usefulness", "relevance", "pace"]
    assert [item.key for item in definition.text_items] == ["keep", "change"]


def test_strengthscope_layout_has_the_published_names_and_clusters():
    definition = SHIPPED["strengthscope_results"]

    clusters = {
        cluster: {scale.name for scale in definition.scales if scale.cluster == cluster}
        for cluster in definition.clusters
    }
    assert clusters == STRENGTHSCOPE
    assert {(scale.minimum, scale.maximum, scale.decimals) for scale in definition.scales} == {(0.0, 10.0, 1)}
    assert definition.significant_count == 7
    assert [column.key for column in definition.extra_columns] == ["energy", "skill", "use"]


@pytest.mark.parametrize(
    ("key", "ends", "starts"),
    [
        ("five_dimensions_results", (1.0, 5.0), (1.0, 3.0, 4.0)),
        ("five_dimensions_sums_results", (3.0, 9.0), (3.0, 6.0, 8.0)),
    ],
)
def test_five_dimension_layouts_have_the_published_bands(key, ends, starts):
    definition = SHIPPED[key]

    assert len(definition.scales) == 5
    for scale in definition.scales:
        assert (scale.minimum, scale.maximum) == ends
        assert tuple(band.starts_at for band in scale.bands) == starts
