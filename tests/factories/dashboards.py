"""Programmes with something of everything, for first pages."""

from collections.abc import Sequence
from datetime import datetime, timedelta
from uuid import uuid4

from django.utils import timezone

from assessments.enums import WavePoint, WaveState
from assessments.models.instruments import InstrumentVersion
from assessments.models.waves import Wave
from programme.enums import DeliveryPurpose, DeliveryState
from programme.models.deliveries import Delivery
from programme.models.members import Member
from programme.models.programmes import Programme
from programme.reports.models import Report, ReportKind
from sessions.enums import Attendance, Dimension
from tests.factories.assessments import NOW, invite, make_instrument, make_wave
from tests.factories.programme import Cast, make_member
from tests.factories.results import released_wave
from tests.factories.sessions import give_place, make_commitment, make_decision, make_session

_SCALES = "\n".join(f"  - {{key: {key}, name: {name}}}" for key, name in Dimension.choices)
_ITEMS = "\n".join(f"  - {{key: {key}1, text: We work on {key}., scale: {key}}}" for key in Dimension.values)

# One question for each of the five dimensions, so that a test chooses scores by choosing answers.
FIVE_QUESTIONS = f"""\
key: five_questions
version: "1.0"
name: Five questions
kind: questionnaire
owner: Common Ground project
licence: open
attribution: Written for the tests of Common Ground.
online: yes
introduction: Five questions about working together.
response_scales:
  - key: frequency
    options:
      - {{value: 1, label: Almost never}}
      - {{value: 2, label: Rarely}}
      - {{value: 3, label: Sometimes}}
      - {{value: 4, label: Often}}
      - {{value: 5, label: Almost always}}
scale_defaults:
  bands: [{{name: To work on, starts_at: 1}}, {{name: Growing, starts_at: 3}}, {{name: Strong, starts_at: 4}}]
scales:
{_SCALES}
items:
{_ITEMS}
"""


def five_questions() -> InstrumentVersion:
    return make_instrument(FIVE_QUESTIONS)


def running(cast: Cast) -> Programme:
    """The cast's programme, with today in its middle."""
    today = timezone.localdate()
    cast.programme.starts_on, cast.programme.ends_on = today - timedelta(days=300), today + timedelta(days=300)
    cast.programme.save()
    return cast.programme


def people_of_both(cast: Cast, council: int = 10, nhs: int = 10) -> list[Member]:
    """People of both organisations in one team."""
    return [
        make_member(cast.programme, organisation=organisation, team=cast.managers)
        for organisation, number in ((cast.council, council), (cast.nhs, nhs))
        for _ in range(number)
    ]


def answers(scores: dict[str, int], people: Sequence[Member]) -> dict[Member, dict[str, int]]:
    """Everybody answers one step to either side in turn, so that the mean is as given and nobody is unanimous."""
    return {
        member: {f"{key}1": min(5, max(1, value + (-1) ** place)) for key, value in scores.items()}
        for place, member in enumerate(people)
    }


def told_wave(
    programme: Programme, people: Sequence[Member], scores: dict[str, int], *, days: int = 0, **fields
) -> Wave:
    """A released wave of the five questions; `days` from the story's day."""
    fields.setdefault("point", WavePoint.BASELINE)
    return released_wave(programme, five_questions(), answers(scores, people), days=days, **fields)


def lost_mail(member: Member, *, at: datetime, state: DeliveryState = DeliveryState.FAILED, **fields) -> Delivery:
    return Delivery.objects.create(
        **{
            "programme": member.programme,
            "recipient": member.user,
            "purpose": DeliveryPurpose.WAVE_INVITATION,
            "subject_id": uuid4(),
            "occurrence": "first",
            "state": state,
            "due_at": at,
            "finished_at": at,
            "message_id": f"<{uuid4().hex}@example.org>",
            **fields,
        }
    )


def make_report(programme: Programme, **fields) -> Report:
    return Report.objects.create(
        **{
            "programme": programme,
            "kind": ReportKind.PROGRAMME,
            "title": "Half-year report",
            "compiled_at": NOW,
            "created_by": programme.created_by,
            **fields,
        }
    )


def fill(cast: Cast, number: int) -> None:
    """`number` of everything a first page shows, around now."""
    now, today = timezone.now(), timezone.localdate()
    days_off = (now - NOW).days
    programme = running(cast)
    people = people_of_both(cast, 5, 5)
    for place in range(number):
        released = told_wave(
            programme, people, dict.fromkeys(Dimension.values, 3), days=days_off - 30 * (number - place)
        )
        invite(released, cast.participant_member)
        for state in (WaveState.OPEN, WaveState.CLOSED, WaveState.DRAFT):
            wave = make_wave(
                programme, teams=[cast.managers], state=state, closes_at=now + timedelta(days=5), closed_at=now
            )
            for member in (*people, cast.participant_member, cast.executive_member):
                invite(wave, member)
        _meetings(cast, place)
        for member in (cast.participant_member, cast.executive_member):
            make_commitment(member, due_on=today - timedelta(days=1))
            make_commitment(member, due_on=today + timedelta(days=9))
        make_decision(programme, due_on=today + timedelta(days=3))
        make_report(programme)
        lost_mail(people[place], at=now)


def _meetings(cast: Cast, place: int) -> None:
    today = timezone.localdate()
    people = [cast.participant_member, cast.executive_member]
    make_session(cast.programme, date=today - timedelta(days=3 + place), people=people, teams=[cast.managers])
    make_session(cast.programme, date=today + timedelta(days=3 + place), people=people, teams=[cast.managers])
    held = make_session(cast.programme, date=today - timedelta(days=30 + place), teams=[cast.managers])
    give_place(held, cast.participant_member, attendance=Attendance.PRESENT)
