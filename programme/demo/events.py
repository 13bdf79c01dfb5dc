"""What happens in the demonstration, each as the people would do it: by calling the product's services."""

from datetime import datetime, time, timedelta
from typing import Any

from allauth.account.models import EmailAddress

from assessments.definitions import Definition
from assessments.enums import WavePoint
from assessments.models.instruments import InstrumentVersion
from assessments.models.invitations import WaveInvitation
from assessments.models.waves import Wave
from assessments.services.releases import request_release
from assessments.services.responses import save_page, start_response, submit_response
from assessments.services.waves import close_wave, create_wave, open_wave
from programme.demo.answers import Answerer
from programme.demo.clock import living_at
from programme.demo.people import Person, everybody, passwords
from programme.demo.world import World
from programme.enums import OrganisationKind, Role
from programme.models.users import User
from programme.services import deliveries, jobs
from programme.services.members import add_member, end_membership
from programme.services.organisations import add_new_partner
from programme.services.programmes import change_promise, create_programme
from programme.services.teams import add_team
from sessions.enums import Attendance, SessionKind, SessionMode
from sessions.services.attendance import record_attendance
from sessions.services.commitments import complete_commitment, make_commitment
from sessions.services.decisions import ask_decision
from sessions.services.sessions import plan_session

PROMISE = (
    "Your facilitators and your managers cannot open your answers. People see results of groups only, and only when "
    "enough people answered. Taking part is up to you."
)


def set_up(story: dict[str, Any], people: dict[str, Any], answerer: Answerer, *, at: datetime) -> World:
    """Accounts, programme, partners and teams."""
    make_account(people["administrator"], is_administrator=True)
    facilitator = make_account(people["facilitator"], may_create_programmes=True)
    told = story["programme"]
    programme = create_programme(
        actor=facilitator, at=at, name=told["name"], aims=told["aims"], starts_on=told["starts_on"],
        ends_on=told["ends_on"], is_demonstration=True,
    )  # fmt: skip
    change_promise(programme, actor=facilitator, threshold=5, privacy_text=PROMISE)
    organisations = {
        key: add_new_partner(
            programme, actor=facilitator, **(row | {"kind": OrganisationKind(row["kind"])})
        ).organisation
        for key, row in people["organisations"].items()
    }
    teams = {name[0]: add_team(programme, actor=facilitator, name=name) for name in people["teams"]}
    second = people["second_facilitator"]
    add_member(
        programme, actor=facilitator, at=at, email=second["email"], name=second["name"], roles={Role.FACILITATOR},
        job_title=second["job_title"],
    )  # fmt: skip
    return World(story, answerer, facilitator, programme, organisations, teams, passwords())


def make_account(row: dict[str, str], **rights: bool) -> User:
    """Somebody who can sign in with the password that the demonstration prints."""
    user = User.objects.create_user(row["email"], row["password"], name=row["name"], **rights)
    EmailAddress.objects.create(user=user, email=user.email, primary=True, verified=True)
    return user


def join(world: World, at: datetime, *, person: Person) -> None:
    roles = {Role.PARTICIPANT, Role.EXECUTIVE} if person.is_executive else {Role.PARTICIPANT}
    world.members[person.email] = add_member(
        world.programme,
        actor=world.facilitator,
        at=at,
        email=person.email,
        name=person.name,
        roles=roles,
        job_title=person.job_title,
        organisation=world.organisations[person.organisation],
        team=world.teams["E" if person.is_executive else "S"],
    )
    if person.email in world.passwords:
        user = world.members[person.email].user
        user.set_password(world.passwords[person.email])
        user.save(update_fields=["password"])


def leave(world: World, at: datetime, *, person: Person) -> None:
    member = world.members[person.email]
    end_membership(member, actor=world.facilitator, at=at)
    member.refresh_from_db()


def plan(world: World, at: datetime, *, row: list[Any]) -> None:
    day, starts, ends, mode, teams, title, place = row
    world.sessions[day] = plan_session(
        world.programme,
        actor=world.facilitator,
        at=at,
        title=title,
        kind=SessionKind.REVIEW if "review" in title else SessionKind.WORKSHOP,
        mode=SessionMode(mode),
        date=day,
        starts=time.fromisoformat(starts),
        ends=time.fromisoformat(ends),
        place=place,
        link="" if mode == "room" else "https://meet.example.org/partnership",
        teams=_teams(world, teams),
        notify=False,
    )


def hold(world: World, at: datetime, *, row: list[Any]) -> None:
    """Takes the register: most came, a few sent apologies, now and then somebody did not come."""
    session = world.sessions[row[0]]
    present, apologies = 0.83, 0.7
    marks = {
        invitation.member_id: Attendance.PRESENT
        if world.answerer.takes_part(present)
        else (Attendance.APOLOGIES if world.answerer.takes_part(apologies) else Attendance.ABSENT)
        for invitation in session.invitations.order_by("member__user__email")
    }
    record_attendance(session, marks=marks, actor=world.facilitator)


def promise(world: World, at: datetime, *, row: list[Any]) -> None:
    on, owner, text, dimension, due, _done = row
    world.promises[text] = make_commitment(
        world.programme,
        actor=world.facilitator,
        owner=_owner(world, owner),
        text=text,
        due_on=due,
        dimension=dimension,
        session=world.sessions[on],
    )


def keep_promise(world: World, at: datetime, *, row: list[Any]) -> None:
    complete_commitment(world.promises[row[2]], actor=world.facilitator, at=at)


def run_wave(world: World, at: datetime, *, row: list[Any], number: int, share: float) -> None:
    """A whole wave: opened, answered over its days, closed, released."""
    title, point, instrument, _opens, closes = row
    closing = datetime.combine(closes, time(17), at.tzinfo)
    wave = _open(world, at, title=title, point=WavePoint(point), instrument=instrument, closes_at=closing)
    deliveries.send_due(at=at)
    _answer(world, wave, share=share, number=number, first=at + timedelta(hours=3), last=closing)
    with living_at(closing):
        close_wave(wave, at=closing)
        wave.refresh_from_db()
        job = request_release(wave, actor=world.facilitator, at=closing)
        jobs.run(job.pk)


def look_back(world: World, at: datetime) -> None:
    """Today: a questionnaire that is open, a session to come, decisions that wait. Something to do in each role."""
    title, point, instrument = world.story["follow_up_wave"]
    closing = datetime.combine(at.date() + timedelta(days=12), time(17), at.tzinfo)
    wave = _open(world, at, title=title, point=WavePoint(point), instrument=instrument, closes_at=closing)
    _answer(world, wave, share=0.4, number=2, first=at, last=at)
    day = at.date() + timedelta(days=24 - at.weekday())
    plan_session(
        world.programme, actor=world.facilitator, at=at, title="Yearly follow-up, both teams", kind=SessionKind.REVIEW,
        mode=SessionMode.HYBRID, date=day, starts=time(9, 30), ends=time(12), place="Harbour Room, Civic Centre",
        link="https://meet.example.org/partnership", teams=list(world.teams.values()),
    )  # fmt: skip
    make_commitment(
        world.programme,
        actor=world.facilitator,
        owner=_owner(world, 12),
        text="Bring one story of working together to the follow-up",
        due_on=day,
        dimension="results",
    )
    for decision, detail, days in world.story["decisions"]:
        due = at.date() + timedelta(days=days)
        ask_decision(world.programme, actor=world.facilitator, title=decision, detail=detail, due_on=due)


def _open(world: World, at: datetime, *, title: str, point: WavePoint, instrument: str, closes_at: datetime) -> Wave:
    wave = create_wave(
        world.programme,
        actor=world.facilitator,
        instrument_version=InstrumentVersion.objects.get(key=instrument),
        title=title,
        point=point,
        teams=list(world.teams.values()),
        closes_at=closes_at,
        purpose="Your answers shape what we work on in the next sessions.",
    )
    open_wave(wave, actor=world.facilitator, at=at)
    wave.refresh_from_db()
    return wave


def _answer(world: World, wave: Wave, *, share: float, number: int, first: datetime, last: datetime) -> None:
    """Some of the invited answer, spread over the days between `first` and `last`."""
    invitations = WaveInvitation.objects.filter(wave=wave).select_related(
        "wave__instrument_version", "wave__programme", "member__user", "organisation"
    )
    takers = [row for row in invitations.order_by("member__user__email") if world.answerer.takes_part(share)]
    for place, invitation in enumerate(takers):
        moment = first + (last - timedelta(minutes=30) - first) * place / max(len(takers), 1) if last > first else first
        with living_at(moment):
            start_response(invitation, at=moment)
            save_page(invitation, answers=_answers(world, invitation, number), at=moment)
            submit_response(invitation, at=moment)


def _answers(world: World, invitation: WaveInvitation, number: int) -> dict[str, int | str]:
    definition = invitation.wave.instrument_version.definition
    email = invitation.member.user.email
    ratings = world.answerer.ratings(definition, person=email, means=_means(world, definition, invitation, number))
    comments = {
        item.key: text
        for item in definition.text_items
        if (text := world.answerer.some(world.story["comments"], share=0.45))
    }
    return ratings | comments


def _means(world: World, definition: Definition, invitation: WaveInvitation, number: int) -> dict[str, float]:
    if definition.key == "work_strengths":
        scales = [scale.key for scale in definition.scales]
        return world.answerer.strength_means(scales, person=invitation.member.user.email)
    key = next(name for name, row in world.organisations.items() if row.pk == invitation.organisation_id)
    return {scale: means[key][number] for scale, means in world.story["dimensions"].items()}


def _teams(world: World, letters: str) -> list[Any]:
    return [world.teams[letter] for letter in letters.replace("M", "S")]


def _owner(world: World, place: int) -> Any:
    return world.members[everybody()[place].email]
