"""Programmes, partners and teams."""

from datetime import date

import pytest
from django.core.exceptions import ValidationError
from django.utils import timezone

from programme.enums import AuditAction, OrganisationKind, Role
from programme.models.audit import AuditEntry
from programme.models.organisations import Organisation
from programme.models.teams import Team
from programme.queries.setup import setup_steps
from programme.services import organisations, programmes, teams
from sessions.models.sessions import Session
from tests.factories.programme import make_member, make_organisation, make_programme, make_team, make_user

NOW = timezone.now()


def create(actor, **fields):
    fields = {"name": "P", "aims": "", "starts_on": date(2026, 1, 5), "ends_on": date(2027, 1, 5), **fields}
    return programmes.create_programme(actor=actor, at=NOW, **fields)


def test_the_creator_is_the_first_facilitator(db):
    actor = make_user(may_create_programmes=True)

    programme = create(actor)

    member = programme.members.get()
    assert (member.user, member.roles, member.name) == (actor, [Role.FACILITATOR], actor.name)
    assert AuditEntry.objects.get(action=AuditAction.PROGRAMME_CREATED).programme_id == programme.pk


def test_a_programme_cannot_end_before_it_starts(db):
    with pytest.raises(ValidationError):
        create(make_user(), ends_on=date(2026, 1, 4))


def test_a_change_is_audited_with_what_was_there(cast):
    programmes.change_promise(cast.programme, actor=cast.facilitator, threshold=8, privacy_text="New words.")

    entry = AuditEntry.objects.get(action=AuditAction.PROGRAMME_CHANGED)
    assert entry.detail["threshold"] == {"old": "5", "new": "8"}


def test_the_threshold_cannot_go_under_4(cast):
    with pytest.raises(ValidationError):
        programmes.change_promise(cast.programme, actor=cast.facilitator, threshold=3, privacy_text="Words.")

    cast.programme.refresh_from_db()
    assert cast.programme.threshold == 5


def test_partners_take_the_next_place_and_are_there_once(cast):
    charity = make_organisation("Harbour Helpers")

    first = organisations.add_partner(cast.programme, actor=cast.facilitator, organisation=charity)
    second = organisations.add_partner(cast.programme, actor=cast.facilitator, organisation=charity)

    assert (first, first.position) == (second, 2)


def test_a_partner_moves_up_by_one(cast):
    charity = organisations.add_new_partner(
        cast.programme, actor=cast.facilitator, name="Helpers", short_name="Helpers", kind=OrganisationKind.CHARITY
    )

    organisations.move_partner_up(charity, actor=cast.facilitator)

    names = [partner.organisation.short_name for partner in cast.programme.partners.all()]
    assert names == ["Council", "Helpers", "NHS trust"]


def test_the_first_partner_stays_first(cast):
    organisations.move_partner_up(cast.programme.partners.first(), actor=cast.facilitator)

    assert [partner.position for partner in cast.programme.partners.all()] == [0, 1]


def test_a_partner_with_people_cannot_be_removed(cast):
    with pytest.raises(ValidationError):
        organisations.remove_partner(cast.programme.partners.get(organisation=cast.nhs), actor=cast.facilitator)

    assert cast.programme.partners.count() == 2


def test_removing_an_unused_partner_keeps_the_organisation(cast):
    charity = organisations.add_partner(
        cast.programme, actor=cast.facilitator, organisation=make_organisation("Helpers")
    )

    organisations.remove_partner(charity, actor=cast.facilitator)

    assert cast.programme.partners.count() == 2
    assert Organisation.objects.filter(name="Helpers").exists()


def test_a_team_with_people_or_sessions_cannot_be_removed(cast):
    planned = make_team(cast.programme, "Planned")
    session = Session.objects.create(
        programme=cast.programme,
        title="S",
        date=date(2026, 1, 5),
        starts="10:00",
        ends="11:00",
        created_by=cast.facilitator,
    )
    session.teams.add(planned)

    for team in (cast.managers, planned):
        with pytest.raises(ValidationError):
            teams.remove_team(team, actor=cast.facilitator)

    assert Team.objects.filter(programme=cast.programme).count() == 3


def test_an_empty_team_can_be_renamed_and_removed(cast):
    team = teams.add_team(cast.programme, actor=cast.facilitator, name="Steering")
    teams.rename_team(team, actor=cast.facilitator, name="Steering group")
    teams.remove_team(team, actor=cast.facilitator)

    assert [team.name for team in cast.programme.teams.all()] == ["Executives", "Senior Managers"]


def test_steps_of_an_empty_programme_are_open(db):
    programme = make_programme(aims="", privacy_text="")

    assert [(step.done, step.status) for step in setup_steps(programme)] == [
        (False, "now"), (False, ""), (False, ""), (False, ""), (False, ""),
    ]  # fmt: skip


def test_steps_of_the_cast_are_done_until_somebody_has_no_team(cast):
    assert all(step.done for step in setup_steps(cast.programme))

    make_member(cast.programme, organisation=cast.council)

    people = setup_steps(cast.programme)[3]
    assert (people.done, people.status, people.hint) == (False, "now", "1 person has no team or no organisation yet.")
