"""On track or at risk: each rule by itself, at its edge."""

from datetime import date, timedelta

import pytest

from assessments.enums import WaveState
from programme.dashboards.queries.board import board
from programme.dashboards.queries.moves import Moves
from programme.dashboards.queries.status import Status, programme_status
from programme.dashboards.queries.waves import programme_waves
from sessions.queries.attendance import AttendanceShare, Share
from sessions.queries.commitments import CommitmentCounts
from tests.factories.assessments import NOW, invite, make_wave
from tests.factories.dashboards import people_of_both, told_wave
from tests.factories.sessions import make_decision

TODAY = date(2022, 6, 7)
FIVE = ("trust", "conflict", "commitment", "accountability", "results")


@pytest.fixture
def judge(cast):
    """The status of the cast's programme with nothing known except what is given."""

    def status(
        *, today: date = TODAY, there: int = 0, marked: int = 0, done: int = 0, late: int = 0, **given
    ) -> Status:
        facts = {"waves": [], "decisions": [], "dimensions": None, **given}
        return programme_status(
            cast.programme,
            today=today,
            attendance=AttendanceShare(Share(there, marked), [], 1),
            commitments=CommitmentCounts(done, 0, late, None),
            **facts,
        )

    return status


def test_nothing_known_is_only_starting(judge):
    status = judge()

    assert status.word == "Starting"
    assert {check.holds for check in status.checks} == {None}


@pytest.mark.parametrize(("there", "word"), [(60, "On track"), (59, "At risk")])
def test_attendance(judge, there, word):
    assert judge(there=there, marked=100).word == word


@pytest.mark.parametrize(("late", "word"), [(1, "On track"), (2, "At risk")])
def test_one_commitment_in_four_may_be_overdue(judge, late, word):
    assert judge(done=4 - late, late=late).word == word


@pytest.mark.parametrize(("answered", "word"), [(6, "On track"), (5, "At risk")])
def test_latest_closed_questionnaire_reaches_its_goal(cast, judge, answered, word):
    wave = make_wave(cast.programme, state=WaveState.CLOSED, goal=75)
    for place, member in enumerate(people_of_both(cast, 4, 4)):
        invite(wave, member, submitted_at=wave.opened_at if place < answered else None)

    assert judge(waves=programme_waves(cast.programme, user=cast.executive)).word == word


def test_questionnaire_of_very_few_does_not_decide(cast, judge):
    wave = make_wave(cast.programme, state=WaveState.CLOSED)
    for member in people_of_both(cast, 2, 2):
        invite(wave, member)

    assert judge(waves=programme_waves(cast.programme, user=cast.executive)).word == "Starting"


@pytest.mark.parametrize(("due", "word"), [(TODAY, "On track"), (TODAY - timedelta(days=1), "At risk")])
def test_decision_must_not_be_overdue(cast, judge, due, word):
    assert judge(decisions=[make_decision(cast.programme, due_on=due)]).word == word


@pytest.mark.parametrize(("now", "word"), [(3, "On track"), (2, "At risk")])
def test_a_dimension_clearly_down_in_an_organisation_is_a_risk(cast, now, word):
    people = people_of_both(cast)
    told_wave(cast.programme, people, dict.fromkeys(FIVE, 3), days=-300)
    told_wave(cast.programme, people, {**dict.fromkeys(FIVE, 3), "trust": now}, days=-10, goal=75)
    found = board(cast.programme, member=cast.executive_member, user=cast.executive, at=NOW)

    assert found.status.word == word


def test_after_the_last_day_it_is_complete_whatever_is_open(judge):
    status = judge(today=date(2022, 7, 6), done=0, late=9)

    assert (status.word, status.state) == ("Complete", "ended")
    assert [check.holds for check in status.checks].count(False) == 1


def test_on_the_last_day_it_is_not_over(judge):
    assert judge(today=date(2022, 7, 5), there=9, marked=10).word == "On track"


def told(**names) -> Moves:
    facts = {"up": [], "down": [], "same": [], "fallen": [], "groups": 2, "of_dimensions": True, "total": 5, **names}
    moved = len(facts["up"]) + len(facts["down"]) + len(facts["same"])
    return Moves(**{"compared": moved, **facts})


SHORT, LONG = "Trust is up in both organisations.", "x" * 90


@pytest.mark.parametrize(
    ("moves", "found", "headline", "title"),
    [
        (
            told(up=["Trust"], same=["A", "B", "C", "D"]),
            SHORT,
            SHORT,
            "One of five dimensions grew in both organisations",
        ),
        (
            told(up=["Trust", "Conflict", "Commitment", "Results"], same=["Accountability"]),
            LONG,
            "Four of five dimensions are up in both organisations. Accountability has not moved.",
            "Trust, conflict, commitment and results grew",
        ),
        (
            told(up=["A", "B", "C", "D"], down=["Trust"], groups=3),
            LONG,
            "Four of five dimensions are up in every organisation. Trust is down.",
            "A, b, c and d grew",
        ),
        (
            told(up=["A", "B", "C", "D", "E"], groups=1),
            LONG,
            "All five dimensions are up.",
            "A, b, c, d and e grew",
        ),
        (told(same=["A", "B", "C", "D", "E"]), SHORT, SHORT, "None of the five dimensions grew in both organisations"),
        (told(up=["A"], compared=1), LONG, LONG, "Where the five dimensions stand"),
        (told(up=["A"], total=1, of_dimensions=False), SHORT, SHORT, "Where the topic stands"),
    ],
)
def test_headline_fits_on_one_line_and_the_figure_says_something_else(moves, found, headline, title):
    assert (moves.headline(found), moves.title(found)) == (headline, title)
