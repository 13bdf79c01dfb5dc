import re

import pytest

from sessions.activities import CATALOGUE, ActivityProblem, find_activity, library, parse_activities
from sessions.enums import ActivityMode, Focus, SessionMode

ENTRY = "- {key: one, title: One, minutes: 20, mode: any, focus: trust, icon: people, text: Do it.}\n"


def test_the_shipped_library_has_something_for_everything_in_every_mode():
    for focus in Focus:
        for mode in SessionMode:
            found = [each for each in library() if each.focus is focus and each.suits(mode)]
            assert len(found) >= 2, f"{focus} {mode}"
    assert len(library()) >= 15


def test_what_to_do_is_said_in_three_to_five_sentences():
    told = {each.key: len(re.findall(r"[.?](?=\s|$)", each.text)) for each in library()}

    assert {key: number for key, number in told.items() if not 3 <= number <= 5} == {}


def test_titles_are_told_apart_and_short():
    titles = [each.title for each in library()]

    assert len(set(titles)) == len(titles)
    assert max(map(len, titles)) <= 40


def test_icons_are_drawn_ones():
    drawn = set(re.findall(r'name == "(\w+)"', (CATALOGUE.parents[2] / "templates/components/icon.html").read_text()))

    assert {each.icon for each in library()} - {"tick"} <= drawn


def test_an_entry_is_read():
    (activity,) = parse_activities(ENTRY)

    assert (activity.title, activity.minutes, activity.mode, activity.focus) == (
        "One",
        20,
        ActivityMode.ANY,
        Focus.TRUST,
    )


def test_an_activity_is_found_by_its_key():
    assert find_activity("promise_round").title == "Promise round"
    assert find_activity("no_such_thing") is None


@pytest.mark.parametrize(
    ("mode", "suited"),
    [("any", ["virtual", "hybrid", "room"]), ("virtual", ["virtual"]), ("room", ["room"])],
)
def test_an_activity_suits_ways_of_meeting(mode, suited):
    (activity,) = parse_activities(ENTRY.replace("mode: any", f"mode: {mode}"))

    assert [each.value for each in SessionMode if activity.suits(each)] == suited


@pytest.mark.parametrize(
    ("old", "new", "words"),
    [
        ("- {", "x: {", "not a list"),
        ("title: One, ", "", "Entry 1 must have exactly these fields"),
        ("minutes: 20", "minutes: soon", "minutes must be a whole number"),
        ("minutes: 20", "minutes: 0", "minutes must be a whole number"),
        ("mode: any", "mode: moon", "moon"),
        ("focus: trust", "focus: tennis", "tennis"),
        ("icon: people", "icon: crown", "icon must be one of"),
        ("text: Do it.", 'text: ""', "must not be empty"),
    ],
)
def test_what_is_not_understood_is_refused(old, new, words):
    with pytest.raises(ActivityProblem, match=words):
        parse_activities(ENTRY.replace(old, new))


def test_the_same_key_twice_is_refused():
    with pytest.raises(ActivityProblem, match="more than once as a key: one"):
        parse_activities(ENTRY + ENTRY)
