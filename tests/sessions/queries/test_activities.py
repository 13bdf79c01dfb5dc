"""What is suggested follows from what a page shows, and from nothing else."""

from collections import Counter

import pytest

from assessments.models.instruments import InstrumentVersion
from assessments.results import Withheld, wave_results
from sessions.enums import Dimension, SessionKind, SessionMode
from sessions.queries.activities import fitting_activities, session_for
from tests.factories.assessments import make_people
from tests.factories.dashboards import people_of_both, told_wave
from tests.factories.results import released_wave
from tests.factories.sessions import make_session

pytestmark = pytest.mark.django_db
PICTURE = {"trust": 4, "conflict": 3, "commitment": 4, "accountability": 2, "results": 4}


@pytest.fixture
def people(cast):
    return people_of_both(cast)


def suggested(results, key="programme", **options):
    return fitting_activities(results, results.cut(key), **options)


def test_two_for_the_lowest_and_one_for_the_next(cast, people):
    results = wave_results(told_wave(cast.programme, people, PICTURE))

    assert [each.focus.value for each in suggested(results)] == ["accountability", "accountability", "conflict"]


def test_another_picture_gives_other_activities(cast, people):
    results = wave_results(told_wave(cast.programme, people, {**PICTURE, "accountability": 4, "trust": 2}))

    assert Counter(each.focus.value for each in suggested(results)) == {"trust": 2, "conflict": 1}


@pytest.mark.parametrize("mode", list(SessionMode))
def test_only_what_suits_the_way_people_meet(cast, people, mode):
    results = wave_results(told_wave(cast.programme, people, PICTURE))
    found = suggested(results, mode=mode)

    assert len(found) == 3
    assert all(each.suits(mode) for each in found)


def test_nothing_for_a_group_whose_scores_are_withheld(cast):
    results = wave_results(told_wave(cast.programme, make_people(cast.programme, 3), PICTURE))

    assert all(isinstance(results.score(key), Withheld) for key in Dimension.values)
    assert suggested(results) == []


def test_a_group_that_is_shown_and_one_that_is_not(cast):
    few = make_people(cast.programme, 3, organisation=cast.nhs, team=cast.executives)
    many = make_people(cast.programme, 12, organisation=cast.council, team=cast.managers)
    results = wave_results(told_wave(cast.programme, [*few, *many], PICTURE))
    found = {cut.label: len(fitting_activities(results, cut)) for cut in results.cuts}
    shown = {cut.label: not isinstance(results.score("trust", cut.key), Withheld) for cut in results.cuts}

    assert {label: number > 0 for label, number in found.items()} == shown
    assert set(shown.values()) == {True, False}


def test_a_questionnaire_about_something_else_suggests_nothing(cast, instruments, people):
    version = _version("partnership_check")
    keys = [item.key for item in version.definition.items if item.kind != "text"]
    wave = released_wave(
        cast.programme, version, {member: dict.fromkeys(keys, 2 + n % 2) for n, member in enumerate(people)}
    )
    results = wave_results(wave)

    assert any(not isinstance(results.score(measure.key), Withheld) for measure in results.measures)
    assert suggested(results) == []


def test_strengths_get_activities_about_strengths(cast, instruments, people):
    version = _version("work_strengths")
    answers = {
        member: {item.key: 2 + (n + place) % 3 for place, item in enumerate(version.definition.items)}
        for n, member in enumerate(people)
    }
    results = wave_results(released_wave(cast.programme, version, answers))

    assert {each.focus.value for each in suggested(results)} == {"strengths"}
    assert len(suggested(results)) == 3


def test_activities_go_into_the_next_session_of_the_group(cast):
    talk = make_session(cast.programme, kind=SessionKind.ONE_TO_ONE)
    executives = make_session(cast.programme, teams=[cast.executives])
    both = make_session(cast.programme, teams=[cast.executives, cast.managers])
    sessions = [talk, executives, both]

    assert session_for(sessions) == executives
    assert session_for(sessions, team_id=cast.managers.pk) == both
    assert session_for([talk, executives], team_id=cast.managers.pk) is None
    assert session_for([executives, make_session(cast.programme)], team_id=cast.managers.pk) is not None


def _version(key):
    return InstrumentVersion.objects.get(key=key)
