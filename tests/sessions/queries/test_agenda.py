from datetime import time

import pytest

from sessions.queries.agenda import agenda_lines


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
