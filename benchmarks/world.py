"""Programmes of any size, with people who have answered a questionnaire."""

import random
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from functools import cache
from itertools import count

from allauth.account.models import EmailAddress
from django.db import transaction
from django.utils import timezone

from assessments.enums import WavePoint, WaveState
from assessments.models.instruments import InstrumentVersion
from assessments.models.invitations import WaveInvitation
from assessments.models.releases import Release
from assessments.models.responses import Answer, Response
from assessments.models.waves import Wave
from assessments.services.releases import compute_release, request_release
from assessments.services.waves import close_wave, create_wave, open_wave
from programme.enums import JobState, OrganisationKind
from programme.models.jobs import Job
from programme.models.members import Member
from programme.models.programmes import Programme
from programme.models.teams import Team
from programme.models.users import User
from programme.services.organisations import add_new_partner
from programme.services.programmes import create_programme
from programme.services.teams import add_team

BATCH = 2_000
_number = count(1)


@dataclass
class World:
    """One programme of two organisations and two teams."""

    facilitator: User
    programme: Programme
    teams: list[Team]
    people: list[Member]


def make_world(people: int) -> World:
    number = next(_number)
    facilitator = User.objects.create(email=f"facilitator{number}@example.org", may_create_programmes=True)
    EmailAddress.objects.create(user=facilitator, email=facilitator.email, primary=True, verified=True)
    programme = create_programme(
        actor=facilitator,
        at=timezone.now(),
        name=f"Programme {number}",
        aims="Work as one team.",
        starts_on=date(2020, 11, 2),
        ends_on=date(2022, 7, 5),
    )
    Programme.objects.filter(pk=programme.pk).update(privacy_text="Nobody sees your own answers.")
    programme.refresh_from_db()
    partners = [
        add_new_partner(programme, actor=facilitator, name=f"{name} {number}", short_name=name, kind=kind)
        for name, kind in (("Council", OrganisationKind.COUNCIL), ("NHS trust", OrganisationKind.NHS))
    ]
    teams = [add_team(programme, actor=facilitator, name=name) for name in ("Executives", "Senior Managers")]
    organisations = [partner.organisation for partner in partners]
    world = World(facilitator, programme, teams, [])
    world.people = _make_people(world, organisations, people)
    return world


def _make_people(world: World, organisations: Sequence, people: int) -> list[Member]:
    first = world.programme.pk.hex[:8]
    users = User.objects.bulk_create(
        (User(email=f"p{place}.{first}@example.org", name=f"Person {place}") for place in range(people)),
        batch_size=BATCH,
    )
    return Member.objects.bulk_create(
        (
            Member(
                programme=world.programme,
                user=user,
                name=user.name,
                organisation=organisations[place % 2],
                team=world.teams[place // 2 % 2],
                is_participant=True,
                joined_on=world.programme.starts_on,
            )
            for place, user in enumerate(users)
        ),
        batch_size=BATCH,
    )


def instrument(key: str) -> InstrumentVersion:
    return InstrumentVersion.objects.get(key=key)


def make_open_wave(world: World, key: str) -> Wave:
    """Open, with everybody of the programme invited by the product itself."""
    wave = _draft(world, key)
    open_wave(wave, actor=world.facilitator, at=timezone.now())
    wave.refresh_from_db()
    return wave


def _draft(world: World, key: str) -> Wave:
    return create_wave(
        world.programme,
        actor=world.facilitator,
        instrument_version=instrument(key),
        title=f"Questionnaire {next(_number)}",
        point=WavePoint.BASELINE,
        teams=world.teams,
        closes_at=timezone.now() + timedelta(days=14),
    )


@cache
def answered_world(people: int) -> tuple[World, Wave]:
    """An open wave of the team dimensions that everybody has answered; the same one for every benchmark."""
    world = make_world(people)
    return world, _answered_wave(world, "team_dimensions")


def released_world(people: int) -> tuple[World, Wave]:
    world, wave = answered_world(people)
    if wave.state == WaveState.OPEN:
        close_and_release(wave, actor=world.facilitator)
    return world, wave


def _answered_wave(world: World, key: str) -> Wave:
    """Rows are written in bulk: the waiting is not what is measured."""
    wave, now = _draft(world, key), timezone.now()
    Wave.objects.filter(pk=wave.pk).update(
        state=WaveState.OPEN, opened_at=now, privacy_text="Nobody sees your answers."
    )
    wave.refresh_from_db()
    with transaction.atomic():
        invitations = WaveInvitation.objects.bulk_create(
            (
                WaveInvitation(
                    wave=wave, member=member, organisation_id=member.organisation_id, team_id=member.team_id,
                    started_at=now, submitted_at=now,
                )
                for member in world.people
            ),
            batch_size=BATCH,
        )  # fmt: skip
        Response.objects.bulk_create(
            (Response(invitation=invitation, started_at=now, submitted_at=now) for invitation in invitations),
            batch_size=BATCH,
        )
        _answer_all(wave, invitations)
    return wave


def _answer_all(wave: Wave, invitations: Sequence[WaveInvitation]) -> None:
    chance, now = random.Random(7), timezone.now()  # noqa: S311  generated answers need a seed, not secrecy
    definition = wave.instrument_version.definition
    values = {
        item.key: [option.value for option in definition.response_scale_for(item).options]
        for item in definition.rating_items
    }
    for start in range(0, len(invitations), BATCH):
        Answer.objects.bulk_create(
            Answer(response_id=invitation.pk, item_key=key, value=chance.choice(options), saved_at=now)
            for invitation in invitations[start : start + BATCH]
            for key, options in values.items()
        )


def close_and_release(wave: Wave, *, actor: User) -> None:
    """As a facilitator and the worker do it, one after the other in this process."""
    close_wave(wave, actor=actor, at=timezone.now())
    job = request_release(wave, actor=actor, at=timezone.now())
    compute_release(job, lambda percent, step: None)
    wave.refresh_from_db()


def take_back(wave: Wave) -> None:
    """Forgets the release, so that the same wave can be measured again. The product itself cannot do that."""
    Release.objects.filter(wave=wave).delete()
    Job.objects.filter(subject_id=wave.pk).update(state=JobState.DONE)
    Wave.objects.filter(pk=wave.pk).update(state=WaveState.OPEN, closed_at=None, released_at=None)
    wave.refresh_from_db()
