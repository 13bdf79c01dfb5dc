from datetime import timedelta

import pytest

from assessments.models.profile_shares import ProfileShare
from assessments.permissions import reason_against_profile
from assessments.services.profile_shares import share_profile, stop_sharing
from programme.enums import AuditAction
from programme.models.audit import AuditEntry
from tests.factories.assessments import NOW
from tests.factories.programme import make_member


@pytest.fixture
def owner(cast):
    return make_member(cast.programme, team=cast.managers)


def test_sharing_and_stopping_are_audited_once_each(owner):
    assert share_profile(owner, actor=owner.user, at=NOW)
    assert not share_profile(owner, actor=owner.user, at=NOW + timedelta(days=1))
    assert ProfileShare.objects.get().shared_at == NOW

    assert stop_sharing(owner, actor=owner.user)
    assert not stop_sharing(owner, actor=owner.user)

    actions = list(AuditEntry.objects.order_by("id").values_list("action", flat=True))
    assert actions == [AuditAction.PROFILE_SHARED, AuditAction.PROFILE_UNSHARED]


def test_another_profile_is_seen_only_while_it_is_shared_and_never_by_executives(cast, owner):
    facilitator = cast.programme.members.get(user=cast.facilitator)
    viewers = [facilitator, cast.participant_member, cast.executive_member]

    assert [bool(reason_against_profile(viewer, owner)) for viewer in viewers] == [True, True, True]
    share_profile(owner, actor=owner.user, at=NOW)
    assert [bool(reason_against_profile(viewer, owner)) for viewer in viewers] == [False, False, True]
    stop_sharing(owner, actor=owner.user)
    assert [bool(reason_against_profile(viewer, owner)) for viewer in viewers] == [True, True, True]


def test_everybody_sees_their_own(cast, owner):
    assert reason_against_profile(owner, owner) == ""
    assert reason_against_profile(cast.executive_member, cast.executive_member) == ""
