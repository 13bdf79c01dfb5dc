from datetime import timedelta

import pytest

from assessments.enums import WavePoint, WaveState
from assessments.models.waves import Wave
from assessments.services.wave_plans import plan_waves
from assessments.services.waves import WaveProblem
from programme.models.deliveries import Delivery
from tests.factories.assessments import NOW, make_instrument

pytestmark = pytest.mark.django_db
CLOSES = {
    WavePoint.BASELINE: NOW + timedelta(days=21),
    WavePoint.MIDPOINT: NOW + timedelta(days=150),
    WavePoint.END: NOW + timedelta(days=300),
}


def plan(cast, **changes):
    facts = {"title": "How we work", "teams": [cast.managers, cast.executives], "closes": CLOSES, "purpose": "To see."}
    facts |= {"instrument_version": make_instrument(), "goal": 80, "reminder_days": [7], "threshold": 6}
    return plan_waves(cast.programme, actor=cast.facilitator, **{**facts, **changes})


def test_three_drafts_of_the_same_questionnaire(cast):
    waves = plan(cast)

    assert [(wave.title, wave.point, wave.closes_at) for wave in waves] == [
        ("How we work: baseline", "baseline", CLOSES[WavePoint.BASELINE]),
        ("How we work: midpoint", "midpoint", CLOSES[WavePoint.MIDPOINT]),
        ("How we work: end", "end", CLOSES[WavePoint.END]),
    ]
    assert {(wave.instrument_version_id, wave.state, wave.goal, wave.threshold) for wave in waves} == {
        (make_instrument().pk, WaveState.DRAFT, 80, 6)
    }
    assert all(set(wave.teams.all()) == {cast.managers, cast.executives} for wave in waves)


def test_nobody_is_mailed(cast):
    plan(cast)

    assert Delivery.objects.count() == 0


def test_teams_may_come_one_at_a_time(cast):
    assert [wave.teams.count() for wave in plan(cast, teams=iter([cast.managers]))] == [1, 1, 1]


def test_all_or_nothing(cast):
    with pytest.raises(WaveProblem):
        plan(cast, threshold=2)

    assert Wave.objects.count() == 0
