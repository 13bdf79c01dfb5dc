import pytest

from programme.enums import AuditAction
from programme.models.audit import AuditEntry
from programme.models.deliveries import Delivery
from sessions.activities import find_activity
from sessions.enums import SessionState
from sessions.services.activities import AgendaClosed, add_activity
from tests.factories.sessions import DAY_AFTER, LONG_BEFORE, make_session

pytestmark = pytest.mark.django_db


@pytest.fixture
def activity():
    return find_activity("promise_round")


def test_an_activity_stands_on_the_agenda_with_its_minutes(cast, activity):
    session = make_session(cast.programme, agenda="10am to 10.15am Welcome")

    assert add_activity(session, activity=activity, actor=cast.facilitator, at=LONG_BEFORE)

    session.refresh_from_db()
    assert session.agenda == "10am to 10.15am Welcome\n10.15am to 10.35am Promise round (20 minutes)"
    entry = AuditEntry.objects.get(action=AuditAction.SESSION_CHANGED)
    assert (entry.actor_id, entry.subject_id) == (cast.facilitator.pk, str(session.pk))
    assert entry.detail["activity"] == "Promise round"


def test_nobody_is_mailed_and_calendars_stay(cast, activity):
    session = make_session(cast.programme, people=[cast.participant_member])

    add_activity(session, activity=activity, actor=cast.facilitator, at=LONG_BEFORE)

    session.refresh_from_db()
    assert (session.sequence, Delivery.objects.count()) == (0, 0)


def test_pressing_twice_adds_once(cast, activity):
    session = make_session(cast.programme)

    added = [add_activity(session, activity=activity, actor=cast.facilitator, at=LONG_BEFORE) for _ in range(2)]

    session.refresh_from_db()
    assert added == [True, False]
    assert session.agenda.count("Promise round") == 1
    assert AuditEntry.objects.filter(action=AuditAction.SESSION_CHANGED).count() == 1


def test_an_agenda_changed_meanwhile_is_kept(cast, activity):
    """The row in hand is older than what another facilitator has just saved."""
    session = make_session(cast.programme)
    type(session).objects.filter(pk=session.pk).update(agenda="10am to 10.30am Welcome")

    add_activity(session, activity=activity, actor=cast.facilitator, at=LONG_BEFORE)

    session.refresh_from_db()
    assert session.agenda.startswith("10am to 10.30am Welcome\n10.30am to 10.50am")


@pytest.mark.parametrize(("state", "at"), [(SessionState.CANCELLED, LONG_BEFORE), (SessionState.PLANNED, DAY_AFTER)])
def test_a_session_that_is_over_or_off_stays_as_it_is(cast, activity, state, at):
    session = make_session(cast.programme, state=state)

    with pytest.raises(AgendaClosed):
        add_activity(session, activity=activity, actor=cast.facilitator, at=at)

    session.refresh_from_db()
    assert session.agenda == ""
