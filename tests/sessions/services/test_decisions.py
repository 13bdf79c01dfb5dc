from datetime import date

import pytest

from programme.enums import AuditAction, Role
from programme.models.audit import AuditEntry
from sessions.models.decisions import Decision
from sessions.queries.decisions import open_decisions
from sessions.services.decisions import AlreadyDecided, ask_decision, take_decision
from tests.factories.programme import make_member
from tests.factories.sessions import LONG_BEFORE, make_decision


def test_asked_decisions_wait_the_most_urgent_first(cast):
    later = ask_decision(cast.programme, actor=cast.facilitator, title="Later", due_on=date(2022, 7, 1))
    sooner = ask_decision(cast.programme, actor=cast.facilitator, title="Sooner", due_on=date(2022, 6, 1))

    assert list(open_decisions(cast.programme)) == [sooner, later]


def test_taken_decision_keeps_who_when_and_what(cast):
    asked = make_decision(cast.programme)

    take_decision(asked, member=cast.executive_member, outcome="The trust hosts it.", at=LONG_BEFORE)

    row = Decision.objects.get()
    assert (row.outcome, row.decided_by, row.decided_at) == ("The trust hosts it.", cast.executive_member, LONG_BEFORE)
    assert not open_decisions(cast.programme).exists()
    assert AuditEntry.objects.get(action=AuditAction.DECISION_TAKEN).actor_id == cast.executive.pk


def test_the_second_executive_is_told_who_was_first(cast):
    asked = make_decision(cast.programme)
    second = make_member(cast.programme, role=Role.EXECUTIVE)
    take_decision(Decision.objects.get(), member=cast.executive_member, outcome="Yes", at=LONG_BEFORE)

    with pytest.raises(AlreadyDecided, match="Eve Executive"):
        take_decision(asked, member=second, outcome="No", at=LONG_BEFORE)
    assert Decision.objects.get().outcome == "Yes"
