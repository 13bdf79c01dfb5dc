"""From answers to scores: keys, gaps, bands and what stands out."""

import math
from pathlib import Path

import numpy as np
import pytest

import assessments
from assessments.definitions import (
    Band,
    Definition,
    Item,
    ItemKind,
    Kind,
    Licence,
    Option,
    ResponseScale,
    Scale,
    ScoreMethod,
    parse,
)
from assessments.scoring import StandingOut, band, scale_scores, score_matrix, standing_out

CATALOGUE = Path(assessments.__file__).parent / "catalogue"
NA = math.nan


def shipped(key):
    return parse((CATALOGUE / f"{key}.yaml").read_text(encoding="utf-8"))


def questionnaire(items_each=4, reversed_each=2, *, points=5, names=("Ab", "Ba"), significant_count=0, **scale):
    """Scales with the given names; the first items of each are straight, the rest reversed."""
    items = [
        Item(f"{name}{number}", "x", scale=name, reverse=number >= items_each - reversed_each)
        for name in names
        for number in range(items_each)
    ]
    return Definition(
        key="q",
        version="1",
        name="Q",
        kind=Kind.QUESTIONNAIRE,
        owner="x",
        licence=Licence.OPEN,
        attribution="x",
        online=True,
        validated=False,
        scales=tuple(Scale(name, name, **scale) for name in names),
        items=(*items, Item("why", "Why?", kind=ItemKind.TEXT, optional=True)),
        response_scales=(ResponseScale("r", tuple(Option(value, str(value)) for value in range(1, points + 1))),),
        significant_count=significant_count,
    )


def named(*names):
    return questionnaire(1, 0, names=names, significant_count=2)


@pytest.mark.parametrize("constant", [1, 2, 3, 4, 5])
def test_same_answer_everywhere_gives_the_middle_of_balanced_scales(constant):
    answers = {item.key: constant for item in shipped("team_dimensions").rating_items}

    scores = scale_scores(shipped("team_dimensions"), answers)

    assert scores == dict.fromkeys(["trust", "conflict", "commitment", "accountability", "results"], 3.0)


@pytest.mark.parametrize("key", ["team_dimensions", "work_strengths", "partnership_check"])
def test_agreeing_with_one_side_and_refusing_the_other_gives_the_top(key):
    definition = shipped(key)
    best = {item.key: 1 if item.reverse else 5 for item in definition.rating_items}

    assert set(scale_scores(definition, best).values()) == {5.0}
    assert set(scale_scores(definition, {key: 6 - value for key, value in best.items()}).values()) == {1.0}


@pytest.mark.parametrize("constant", [1, 3, 5])
def test_published_96_items_with_balanced_keys_give_the_middle(constant):
    definition = questionnaire(names=tuple(f"S{number}" for number in range(24)))

    scores = score_matrix(definition, np.full((2, 96), constant))

    assert scores.shape == (2, 24)
    assert (scores == 3.0).all()


def test_reversed_answer_counts_from_the_other_end():
    definition = questionnaire(2, 1, points=6, names=("A",), maximum=6.0)

    assert scale_scores(definition, {"A0": 6, "A1": 1}) == {"A": 6.0}
    assert scale_scores(definition, {"A0": 6, "A1": 5}) == {"A": 4.0}


def test_each_person_and_scale_is_scored_apart():
    scores = score_matrix(questionnaire(), [[5, 5, 1, 1, 1, 1, 5, 5], [4, 3, 2, 1, 2, 2, 2, 3]])

    assert scores.tolist() == [[5.0, 1.0], [(4 + 3 + 4 + 5) / 4, (2 + 2 + 4 + 3) / 4]]


def test_gap_is_filled_by_the_mean_of_the_rest_down_to_the_minimum_share():
    definition = questionnaire()

    scores = score_matrix(definition, [[5, 4, 1, NA, 5, 4, NA, NA], [NA] * 8])

    assert scores[0, 0] == pytest.approx((5 + 4 + 5) / 3)
    assert np.isnan([scores[0, 1], *scores[1]]).all()


@pytest.mark.parametrize(("share", "answered", "scored"), [(1, 3, False), (1, 4, True), (0.5, 2, True), (0, 0, False)])
def test_minimum_share_decides(share, answered, scored):
    definition = questionnaire(4, 0, names=("A",), minimum_share=share)

    score = scale_scores(definition, {f"A{number}": 3 for number in range(answered)})["A"]

    assert score == (3.0 if scored else None)


def test_two_thirds_of_three_items_is_two_of_three():
    definition = questionnaire(3, 0, names=("A",), minimum_share=2 / 3)

    assert scale_scores(definition, {"A0": 4, "A1": 5}) == {"A": 4.5}


def test_sum_counts_a_gap_as_the_mean_of_the_rest():
    definition = questionnaire(
        3, 0, points=3, names=("A",), score=ScoreMethod.SUM, minimum=3.0, maximum=9.0, minimum_share=0.6
    )

    assert scale_scores(definition, {"A0": 3, "A1": 2, "A2": 1}) == {"A": 6.0}
    assert scale_scores(definition, {"A0": 3, "A1": 2, "A2": None}) == {"A": 7.5}
    assert scale_scores(definition, {"A0": 3}) == {"A": None}


def test_text_answers_do_not_disturb():
    assert scale_scores(named("A"), {"A0": 4, "why": "because"}) == {"A": 4.0}


def test_licensed_layout_has_nothing_to_score():
    layout = shipped("strengthscope_results")

    assert set(scale_scores(layout, {}).values()) == {None}
    assert score_matrix(layout, np.empty((3, 0))).shape == (3, 24)


@pytest.mark.parametrize("values", [[[1, 2, 3]], [1] * 8, [[1] * 9]])
def test_wrong_number_of_answers_is_refused(values):
    with pytest.raises(ValueError, match="people × 8 items"):
        score_matrix(questionnaire(), values)


@pytest.mark.parametrize("value", [0, 6])
def test_answer_outside_the_options_is_refused(value):
    with pytest.raises(ValueError, match="outside the options"):
        scale_scores(questionnaire(), {"Ab0": value})


@pytest.mark.parametrize(
    ("key", "value", "name"),
    [
        ("five_dimensions_results", 2.99, "Low"),
        ("five_dimensions_results", 2.9999, "Low"),
        ("five_dimensions_results", 3.00, "Middle"),
        ("five_dimensions_results", 3.99, "Middle"),
        ("five_dimensions_results", 3.9996, "Middle"),
        ("five_dimensions_results", 4.00, "High"),
        ("five_dimensions_results", 3 * (1 - 1e-16), "Middle"),
        ("five_dimensions_sums_results", 5, "Low"),
        ("five_dimensions_sums_results", 6, "Middle"),
        ("five_dimensions_sums_results", 7, "Middle"),
        ("five_dimensions_sums_results", 8, "High"),
        ("team_dimensions", 2.96, "To work on"),
        ("team_dimensions", 5, "Strong"),
    ],
)
def test_band_is_decided_on_the_unrounded_value(key, value, name):
    assert band(shipped(key).scales[0], value).name == name


def test_no_band_without_a_value_or_bands():
    bands = (Band("Low", 1.0),)

    assert band(Scale("a", "A", bands=bands), None) is None
    assert band(Scale("a", "A", bands=bands), NA) is None
    assert band(Scale("a", "A", bands=bands), 0.5) is None
    assert band(Scale("a", "A"), 3.0) is None


def test_what_stands_out_is_listed_from_a_to_z():
    definition = named("Zest", "calm", "Bridging", "Order")

    found = standing_out(definition, {"Zest": 4.5, "calm": 3.0, "Bridging": 4.0, "Order": 2.0})

    assert found == StandingOut(keys=("Bridging", "Zest"), tied=())
    assert standing_out(definition, {"Zest": 4.5, "calm": 5.0, "Order": 2.0}) == StandingOut(("calm", "Zest"), ())


def test_tie_at_the_edge_prefers_nobody():
    definition = named("D", "C", "B", "A")

    assert standing_out(definition, {"D": 5, "C": 4, "B": 4, "A": 1}) == StandingOut(("D",), ("B", "C"))
    assert standing_out(definition, {"D": 4, "C": 4, "B": 4, "A": 4}) == StandingOut((), ("A", "B", "C", "D"))
    assert standing_out(definition, {"D": 4, "C": 4, "B": 3, "A": 3}) == StandingOut(("C", "D"), ())


def test_tie_holds_when_means_differ_in_the_last_bit_only():
    definition = named("C", "B", "A")

    assert standing_out(definition, {"C": 5, "B": 0.1 + 0.2, "A": 0.3}) == StandingOut(("C",), ("A", "B"))
    assert standing_out(definition, {"C": 0.3, "B": 0.1 + 0.2, "A": 0.3}) == StandingOut((), ("A", "B", "C"))


def test_unscored_scales_never_stand_out():
    definition = named("C", "B", "A")

    assert standing_out(definition, {"C": None, "B": 2.0, "A": None}) == StandingOut(("B",), ())
    assert standing_out(definition, {"C": None, "B": None, "A": None}) == StandingOut((), ())


def test_count_can_be_chosen_and_be_none():
    scores = {"A": 1, "B": 2, "C": 3}

    assert standing_out(named("A", "B", "C"), scores, 1) == StandingOut(("C",), ())
    assert standing_out(named("A", "B", "C"), scores, 0) == StandingOut((), ())
    assert standing_out(questionnaire(1, 0, names=("A", "B", "C")), scores) == StandingOut((), ())
