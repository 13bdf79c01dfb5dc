from datetime import time

import pytest

from sessions.queries.agenda import agenda_end, agenda_lines, agenda_with


@pytest.mark.parametrize(
    ("line", "expected"),
    [
        ("10am Welcome", (time(10), "Welcome")),
        ("9.30 Welcome, coffee", (time(9, 30), "Welcome, coffee")),
        ("14:00 - Break", (time(14), "Break")),
        ("10.15–10.45 What we promised", (time(10, 15), "What we promised")),
        ("10.15am to 10.45am: Pairs", (time(10, 15), "Pairs")),
        ("midday Lunch", (time(12), "Lunch")),
        ("Bring your diary", (None, "Bring your diary")),
        ("3 promises worth keeping", (None, "3 promises worth keeping")),
        ("25:00 Nonsense", (None, "25:00 Nonsense")),
        ("10am", (None, "10am")),
    ],
)
def test_a_line_gives_its_time_and_words(line, expected):
    assert agenda_lines(line) == [expected]


def test_empty_lines_are_left_out():
    assert agenda_lines("\r\n10am One\r\n\r\n11am Two\r\n") == [(time(10), "One"), (time(11), "Two")]


@pytest.mark.parametrize(
    ("agenda", "expected"),
    [
        ("", time(10)),
        ("10am to 10.20am Welcome", time(10, 20)),
        ("10am Welcome\n10.15–10.45 Pairs\n", time(10, 45)),
        ("10.15–10.45 Pairs\n10.45am Talk", None),
        ("Bring your diary", None),
    ],
)
def test_an_agenda_ends_where_its_last_line_says_so(agenda, expected):
    assert agenda_end(agenda, starts=time(10)) == expected


@pytest.mark.parametrize(
    ("agenda", "line"),
    [
        ("", "11.30am to midday Pairs (30 minutes)"),
        ("11.30am to midday Talk", "midday to 12.30pm Pairs (30 minutes)"),
        ("11.30am Talk", "Pairs (30 minutes)"),
        ("11pm to 11.45pm Talk", "Pairs (30 minutes)"),
    ],
)
def test_a_part_is_added_with_its_time_where_that_is_known(agenda, line):
    grown = agenda_with(agenda, "Pairs (30 minutes)", minutes=30, starts=time(11, 30))

    assert grown == f"{agenda}\n{line}".strip()
    assert agenda_lines(grown)[-1][1] == "Pairs (30 minutes)"


def test_parts_follow_one_another():
    agenda = agenda_with("", "Pairs (20 minutes)", minutes=20, starts=time(10))
    agenda = agenda_with(agenda, "Talk (15 minutes)", minutes=15, starts=time(10))

    assert agenda_lines(agenda) == [(time(10), "Pairs (20 minutes)"), (time(10, 20), "Talk (15 minutes)")]
    assert agenda_with(agenda, "Pairs (20 minutes)", minutes=20, starts=time(10)) == agenda
