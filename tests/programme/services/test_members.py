from datetime import date
from uuid import uuid4

import pytest
from allauth.account.models import EmailAddress
from django.core.exceptions import ValidationError
from django.utils import timezone

from assessments.enums import WaveState
from assessments.services.links import invitation_for, mint_link
from programme.enums import AuditAction, DeliveryPurpose, DeliveryState, Role
from programme.models.audit import AuditEntry
from programme.models.deliveries import Delivery
from programme.models.members import Member
from programme.models.users import User
from programme.services import deliveries, members
from tests.factories.assessments import invite, make_wave
from tests.factories.programme import make_member, make_organisation, make_programme, make_team, make_user

NOW = timezone.now()


def add(cast, **fields) -> Member:
    fields = {
        "email": "jo@example.org",
        "name": "Jo",
        "roles": {Role.PARTICIPANT},
        "organisation": cast.council,
        **fields,
    }
    return members.add_member(cast.programme, actor=cast.facilitator, at=NOW, **fields)


def change(cast, member, **fields) -> Member:
    fields = {
        "email": member.email,
        "name": member.name,
        "roles": set(member.roles),
        "job_title": member.job_title,
        "organisation": member.organisation,
        "team": member.team,
        **fields,
    }
    return members.change_member(member, actor=cast.facilitator, at=NOW, **fields)


def invitations_to(user) -> int:
    return Delivery.objects.filter(recipient=user, purpose=DeliveryPurpose.ACCOUNT_INVITATION).count()


def test_a_participant_can_sign_in_by_code_and_gets_no_account_mail(cast):
    member = add(cast, email=" Jo@Example.ORG ", team=cast.managers)

    assert member.user.email == "jo@example.org"
    assert not member.user.has_usable_password()
    assert EmailAddress.objects.get(user=member.user).verified is True
    assert (member.organisation, member.team, member.roles) == (cast.council, cast.managers, [Role.PARTICIPANT])
    assert invitations_to(member.user) == 0


@pytest.mark.parametrize("role", [Role.FACILITATOR, Role.EXECUTIVE])
def test_a_role_that_sees_others_brings_one_account_invitation(cast, role):
    member = add(cast, roles={role})
    change(cast, member, roles={Role.FACILITATOR, Role.EXECUTIVE})

    assert invitations_to(member.user) == 1


def test_coming_back_brings_the_invitation_that_leaving_had_stopped(cast):
    member = add(cast, roles={Role.EXECUTIVE})
    members.end_membership(member, actor=cast.facilitator, at=NOW)
    members.bring_back(member, actor=cast.facilitator, at=NOW)

    states = sorted(Delivery.objects.filter(recipient=member.user).values_list("state", flat=True))
    assert states == ["cancelled", "pending"]


def test_gaining_a_role_later_brings_the_invitation_then(cast):
    member = add(cast)

    change(cast, member, roles={Role.PARTICIPANT, Role.EXECUTIVE})

    assert invitations_to(member.user) == 1


def test_somebody_known_elsewhere_keeps_everything_of_theirs(cast):
    known = make_user("jo@example.org", name="Josephine Known")
    elsewhere = make_member(make_programme(), user=known, name="Dr Known", job_title="Surgeon")

    member = add(cast, name="Jo Here", roles={Role.EXECUTIVE})

    known.refresh_from_db()
    elsewhere.refresh_from_db()
    assert member.user == known
    assert (known.name, elsewhere.name, elsewhere.job_title) == ("Josephine Known", "Dr Known", "Surgeon")
    assert (member.name, invitations_to(known)) == ("Jo Here", 0)


def test_another_proved_address_of_somebody_leads_to_the_same_account(cast):
    known = make_user("jo@home.example")
    EmailAddress.objects.create(user=known, email="jo@example.org", verified=True, primary=False)

    assert add(cast).user == known


def test_nobody_is_added_twice(cast):
    add(cast)

    with pytest.raises(ValidationError) as problem:
        add(cast, name="Jo again", email="JO@example.org")

    assert problem.value.message_dict == {"email": ["Jo has this address and is in the programme already."]}
    assert User.objects.filter(email__iexact="jo@example.org").count() == 1


def test_adding_somebody_who_left_brings_them_back(cast):
    member = add(cast)
    members.end_membership(member, actor=cast.facilitator, at=NOW)

    again = add(cast, name="Jo Back", team=cast.executives)

    assert (again.pk, again.left_on, again.name, again.team) == (member.pk, None, "Jo Back", cast.executives)


def test_organisation_and_team_must_be_of_this_programme(cast):
    with pytest.raises(ValidationError) as problem:
        add(cast, organisation=make_organisation(), team=make_team(make_programme()), roles=set())

    assert set(problem.value.message_dict) == {"organisation", "team", "roles"}
    assert not User.objects.filter(email="jo@example.org").exists()


def test_a_switched_off_account_cannot_join(cast):
    make_user("jo@example.org", is_active=False)

    with pytest.raises(ValidationError):
        add(cast)


def test_a_changed_role_is_audited_with_old_and_new(cast):
    member = add(cast)

    change(cast, member, roles={Role.EXECUTIVE, Role.PARTICIPANT}, job_title="Director")

    entry = AuditEntry.objects.get(action=AuditAction.ROLE_CHANGED)
    assert entry.detail == {"name": "Jo", "old": ["participant"], "new": ["executive", "participant"]}
    changed = AuditEntry.objects.get(action=AuditAction.MEMBER_CHANGED)
    assert changed.detail == {"name": "Jo", "job_title": {"old": "", "new": "Director"}}


def test_saving_without_a_change_leaves_no_trace(cast):
    member = add(cast)
    before = AuditEntry.objects.count()

    change(cast, member)

    assert AuditEntry.objects.count() == before


def test_the_last_facilitator_stays_until_there_is_another(cast):
    last = cast.programme.members.get(user=cast.facilitator)

    with pytest.raises(ValidationError):
        members.end_membership(last, actor=cast.facilitator, at=NOW)
    with pytest.raises(ValidationError):
        change(cast, last, roles={Role.PARTICIPANT}, organisation=cast.council)
    add(cast, roles={Role.FACILITATOR}, organisation=None)
    members.end_membership(last, actor=cast.facilitator, at=NOW)

    last.refresh_from_db()
    assert last.left_on == timezone.localdate(NOW)


def test_a_facilitator_who_left_does_not_count(cast):
    other = add(cast, roles={Role.FACILITATOR}, organisation=None)
    members.end_membership(other, actor=cast.facilitator, at=NOW)

    with pytest.raises(ValidationError):
        members.end_membership(cast.programme.members.get(user=cast.facilitator), actor=cast.facilitator, at=NOW)


def test_leaving_stops_the_mail_of_this_programme_only(cast):
    member = add(cast)
    here = queued(member.user, cast.programme)
    there = queued(member.user, cast.other_programme)
    gone = queued(member.user, cast.programme)
    Delivery.objects.filter(pk=gone.pk).update(state=DeliveryState.SENT)

    members.end_membership(member, actor=cast.facilitator, at=NOW)

    states = dict(Delivery.objects.filter(recipient=member.user).values_list("pk", "state"))
    assert states == {here.pk: "cancelled", there.pk: "pending", gone.pk: "sent"}


def test_a_new_address_moves_the_mail_and_keeps_the_accounts_apart(cast):
    member = add(cast, email="wrong@example.org")
    old = member.user
    failed = queued(old, cast.programme)
    Delivery.objects.filter(pk=failed.pk).update(state=DeliveryState.FAILED, sent_to="wrong@example.org")
    elsewhere = queued(old, cast.other_programme)

    change(cast, member, email="Right@example.org")

    member.refresh_from_db()
    old.refresh_from_db()
    failed.refresh_from_db()
    elsewhere.refresh_from_db()
    assert (member.user.email, old.email, old.is_active) == ("right@example.org", "wrong@example.org", True)
    assert (failed.recipient, failed.sent_to, elsewhere.recipient) == (member.user, "wrong@example.org", old)
    assert Member.objects.filter(user=old).count() == 0


def test_an_address_of_somebody_else_in_the_programme_is_refused(cast):
    member = add(cast)

    with pytest.raises(ValidationError) as problem:
        change(cast, member, email=cast.participant.email)

    member.refresh_from_db()
    assert "email" in problem.value.message_dict
    assert member.email == "jo@example.org"


def test_bringing_back_undoes_a_leaving(cast):
    member = add(cast)
    members.end_membership(member, actor=cast.facilitator, at=NOW)

    members.bring_back(member, actor=cast.facilitator, at=NOW)

    member.refresh_from_db()
    assert (member.left_on, member.joined_on) == (None, timezone.localdate(NOW))


def test_joined_on_is_the_day_of_adding(cast):
    at = timezone.make_aware(timezone.datetime(2021, 6, 1, 9, 0))

    member = members.add_member(
        cast.programme, actor=cast.facilitator, at=at, email="x@example.org", name="X", roles={Role.FACILITATOR}
    )

    assert member.joined_on == date(2021, 6, 1)


def queued(user, programme) -> Delivery:
    return deliveries.queue(
        user, purpose=DeliveryPurpose.WAVE_INVITATION, subject_id=uuid4(), occurrence="first", programme=programme
    )


def test_links_mailed_before_end_when_somebody_leaves_or_gets_a_new_address(cast):
    wave = make_wave(cast.programme, teams=[cast.managers], state=WaveState.OPEN)
    leaver, mover, stayer = (add(cast, email=f"{name}@example.org", name=name) for name in ("lea", "moe", "stu"))
    tokens = {person: token_in(mint_link(invite(wave, person))) for person in (leaver, mover, stayer)}

    members.end_membership(leaver, actor=cast.facilitator, at=NOW)
    change(cast, mover, email="right@example.org")
    change(cast, stayer, name="Stu New")

    standing = [person for person, token in tokens.items() if invitation_for(token, at=NOW)]
    assert standing == [stayer]


def token_in(path) -> str:
    return path.strip("/").split("/")[-1]


def test_nobody_who_has_answered_is_given_another_mailbox_by_somebody_else(cast):
    member = add(cast)
    wave = make_wave(cast.programme, teams=[cast.managers], state=WaveState.OPEN)
    invite(wave, member, started_at=NOW)

    with pytest.raises(ValidationError) as problem:
        change(cast, member, email="facilitators.own@example.org")

    member.refresh_from_db()
    assert list(problem.value.message_dict) == ["email"]
    assert member.email == "jo@example.org"
    assert not User.objects.filter(email="facilitators.own@example.org").exists()
