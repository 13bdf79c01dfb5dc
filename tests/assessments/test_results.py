"""What comes through the one door: values as shown, waves in order, a sentence, a person's own profile."""

import dataclasses

import pytest

from assessments.models.invitations import WaveInvitation
from assessments.results import (
    WITHHELD,
    Against,
    Bound,
    CutKind,
    Score,
    StrengthCount,
    finding,
    own_profile,
    released_results,
    same_instrument,
    trend,
    wave_results,
)
from programme.lib.charts import Change
from tests.assessments.releasing.test_compute import _strengths_text
from tests.factories.assessments import make_instrument, make_people
from tests.factories.results import ONE_QUESTION, released_wave


@pytest.fixture
def version(db):
    return make_instrument(ONE_QUESTION)


@pytest.fixture
def people(cast):
    council = make_people(cast.programme, 6, organisation=cast.council, team=cast.executives)
    return council + make_people(cast.programme, 6, organisation=cast.nhs, team=cast.executives)


def wave(cast, version, people, trust, results=3, **fields):
    """`trust` and `results`: one answer for everybody, or one for each organisation."""
    first, second = (value if isinstance(value, tuple) else (value, value) for value in (trust, results))
    answers = {
        member: {"t1": first[place >= 6], "r1": second[place >= 6]} for place, member in enumerate(people)
    }  # fmt: skip
    return released_wave(cast.programme, version, answers, **fields)


def test_withheld_is_one_value_and_holds_no_number():
    assert [vars(WITHHELD)[name] for name in ("_value_", "_name_")] == ["withheld", "WITHHELD"]
    assert not any(isinstance(value, (int, float)) for name, value in vars(WITHHELD).items() if name != "_sort_order_")


def test_a_score_shows_what_may_be_shown():
    exact = Score(4.1, Bound.EXACT, 12, "Strong", 1)

    assert exact.shown == "4.1"
    assert dataclasses.replace(exact, value=4.5, bound=Bound.OR_MORE).shown == "4.5 or more"
    assert dataclasses.replace(exact, value=1.5, bound=Bound.OR_LESS).shown == "1.5 or less"
    assert StrengthCount(2, Bound.OR_LESS).shown == "2 or fewer"
    assert StrengthCount(10, Bound.OR_MORE).shown == "10 or more"


def test_cuts_come_in_the_order_of_their_right_to_be_shown(cast, version):
    places = [(cast.council, cast.executives), (cast.nhs, cast.managers), (cast.council, cast.managers)]
    people = [m for o, t in places for m in make_people(cast.programme, 5, organisation=o, team=t)]
    found = wave_results(released_wave(cast.programme, version, {m: {"t1": 3, "r1": 3} for m in people}))

    assert [(cut.kind, cut.label, cut.mark) for cut in found.cuts] == [
        (CutKind.PROGRAMME, "Everybody", None),
        (CutKind.ORGANISATION, "Council", 0),
        (CutKind.ORGANISATION, "NHS trust", 1),
        (CutKind.TEAM, "Executives", None),
        (CutKind.TEAM, "Senior Managers", None),
        (CutKind.ORGANISATION_TEAM, "Council in Executives", 0),
        (CutKind.ORGANISATION_TEAM, "Council in Senior Managers", 0),
        (CutKind.ORGANISATION_TEAM, "NHS trust in Senior Managers", 1),
    ]


def test_bands_are_decided_before_rounding(cast, version):
    people = make_people(cast.programme, 50)
    answers = {member: {"t1": 2 if number < 2 else 3, "r1": 3} for number, member in enumerate(people)}

    score = wave_results(released_wave(cast.programme, version, answers)).score("trust")

    assert (score.value, score.band) == (3.0, "To work on")


def test_a_measure_or_group_that_was_not_there_is_none_and_not_withheld(cast, version, people):
    found = wave_results(wave(cast, version, people, 3))

    assert found.score("trust", "team-of-nobody") is None
    assert found.score("courage") is None
    assert found.movement("trust", Against.BASELINE) is None
    assert found.strength_counts() is None


def test_versions_are_never_joined(cast, version, people):
    newer = make_instrument(ONE_QUESTION.replace('version: "1.0"', 'version: "2.0"'))
    first = wave(cast, version, people, 3, days=-300)
    second = wave(cast, newer, people, 3, days=-200)
    third = wave(cast, newer, people, 4, days=-100)

    released = released_results(cast.programme)

    assert [found.wave_id for found in released] == [first.pk, second.pk, third.pk]
    assert [found.wave_id for found in trend(cast.programme, "one_question")] == [second.pk, third.pk]
    assert [found.wave_id for found in trend(cast.programme, "one_question", "1.0")] == [first.pk]
    assert same_instrument(released, "another") == []


@pytest.mark.parametrize(
    ("trust", "results", "sentence"),
    [
        (4, 3, "Trust is up in both organisations. Results has not moved."),
        (4, 4, "Trust and results are up in both organisations."),
        (2, 3, "Trust is down. Results has not moved."),
        (4, 2, "Trust is up in both organisations. Results is down."),
        (3, 3, "Trust and results have not moved."),
        ((4, 2), 3, "Trust moved differently in the organisations. Results has not moved."),
    ],
)
def test_the_finding_says_what_moved(cast, version, people, trust, results, sentence):
    wave(cast, version, people, 3, days=-100)

    found = wave_results(wave(cast, version, people, trust, results))

    assert finding(found) == sentence


def test_the_finding_of_a_first_wave_names_the_ends(cast, version, people):
    assert finding(wave_results(wave(cast, version, people, 4, 2))) == "Trust stands highest, results lowest."


def test_the_finding_of_a_withheld_result_gives_no_reason(cast, version, people):
    found = wave_results(wave(cast, version, people[:4], 4, 2))

    assert finding(found) == "These results are withheld to keep answers confidential."


def test_a_movement_is_a_word_with_its_people(cast, version, people):
    wave(cast, version, people, 3, days=-100)

    movement = wave_results(wave(cast, version, people, 4)).movement("trust", Against.BASELINE)

    assert (movement.words, movement.difference, movement.n, movement.joined, movement.left) == (
        Change.CLEARLY_UP, 1.0, 12, 0, 0,
    )  # fmt: skip


def test_strengths_are_counted_from_ten_people_and_never_named(cast):
    strengths = make_instrument(_strengths_text())
    people = make_people(cast.programme, 12)
    best = {"calm1": 5, "kind1": 4, "clear1": 2, "quick1": 1}

    nine = wave_results(released_wave(cast.programme, strengths, dict.fromkeys(people[:9], best)))
    twelve = wave_results(
        released_wave(
            cast.programme, strengths,
            {member: best if place < 6 else {**best, "quick1": 5, "kind1": 1} for place, member in enumerate(people)},
            days=9,
        )
    )  # fmt: skip

    assert nine.strength_counts() is WITHHELD
    assert {key: count.shown for key, count in twelve.strength_counts().items()} == {
        "calm": "10 or more", "kind": "6", "clear": "2 or fewer", "quick": "6",
    }  # fmt: skip
    assert [strength.name for strength in twelve.strengths] == ["Calm", "Kind", "Clear", "Quick"]


def test_an_own_profile_is_ordered_by_the_alphabet_and_says_what_stands_out(cast):
    strengths = make_instrument(_strengths_text())
    answers = {"calm1": 4, "kind1": 2, "clear1": 5, "quick1": 4}
    released = released_wave(cast.programme, strengths, {cast.participant_member: answers})

    profile = own_profile(WaveInvitation.objects.get(wave=released))

    assert [(name, [scale.name for scale in scales]) for name, scales in profile.clusters] == [
        ("Feeling", ["Calm", "Kind"]), ("Thinking", ["Clear", "Quick"]),
    ]  # fmt: skip
    assert (profile.standing_out, profile.tied) == (("clear",), ("calm", "quick"))
    assert {scale.key: scale.score for scale in profile.scales} == {
        "calm": 4.0,
        "clear": 5.0,
        "kind": 2.0,
        "quick": 4.0,
    }
