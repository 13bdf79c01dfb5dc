"""A programme with enough behind it that a report has something to tell, and something to withhold."""

import random
from datetime import date, timedelta

from assessments.enums import WavePoint
from assessments.models.instruments import InstrumentVersion
from assessments.models.waves import Wave
from programme.enums import JobKind
from programme.models.jobs import Job
from programme.reports.build import compile_report
from programme.reports.models import Report, ReportKind
from programme.services import jobs
from sessions.enums import Attendance, SessionMode
from tests.factories.programme import make_member
from tests.factories.results import released_wave
from tests.factories.sessions import make_commitment, make_decision, make_session

# One item a scale: a group's mean can be worked out in the head.
SCALES = ["trust", "conflict", "commitment", "accountability", "results"]


class Story:
    """Twelve people of the council, eight of the NHS trust (of whom two senior managers), three waves of answers."""

    def __init__(self, cast, instrument: InstrumentVersion) -> None:
        self.cast, self.instrument = cast, instrument
        places = (
            [(cast.council, cast.executives)] * 6
            + [(cast.council, cast.managers)] * 6
            + [(cast.nhs, cast.executives)] * 6
            + [(cast.nhs, cast.managers)] * 2
        )
        self.people = [make_member(cast.programme, organisation=org, team=team) for org, team in places]
        self.waves = [
            self._wave(WavePoint.BASELINE, "Baseline questionnaire", -500, 0),
            self._wave(WavePoint.MIDPOINT, "Midpoint questionnaire", -250, 1),
            self._wave(WavePoint.END, "End questionnaire", 0, 2),
        ]

    def _wave(self, point: WavePoint, title: str, days: int, round_number: int) -> Wave:
        chance = random.Random(7)
        keys = [item.key for item in self.instrument.definition.items if item.scale]
        reverse = {item.key for item in self.instrument.definition.items if item.reverse}
        answers = {}
        for person in self.people:
            given = {}
            for key in keys:
                value = min(5, max(1, chance.choice([2, 3, 3, 4]) + (chance.random() < 0.4 * round_number)))
                given[key] = 6 - value if key in reverse else value
            answers[person] = given
        return released_wave(self.cast.programme, self.instrument, answers, days=days, point=point, title=title)

    def add_meetings(self) -> None:
        for number, mode in enumerate([SessionMode.VIRTUAL, SessionMode.HYBRID, SessionMode.ROOM]):
            session = make_session(
                self.cast.programme,
                teams=[self.cast.executives],
                people=self.people[:6],
                date=date(2021, 2, 2) + timedelta(days=200 * number),
                mode=mode,
            )
            session.invitations.update(attendance=Attendance.PRESENT)
        make_commitment(self.people[0], done_on=date(2022, 5, 1))
        make_commitment(self.people[1], due_on=date(2022, 5, 1))
        make_decision(self.cast.programme)


def make_report(cast, *, wave: Wave | None = None, **fields) -> Report:
    return Report.objects.create(
        **{
            "programme": cast.programme,
            "kind": ReportKind.TEAM_RESULTS if wave else ReportKind.PROGRAMME,
            "wave": wave,
            "title": "How we work together",
            "created_by": cast.facilitator,
            **fields,
        }
    )


def compiled(report: Report) -> Report:
    """Compiled by the real runner, in this process."""
    job = jobs.start(JobKind.COMPILE_REPORT, subject_id=report.pk, programme=report.programme, actor=report.created_by)
    compile_report(job, lambda percent, step: None)
    Job.objects.filter(pk=job.pk).update(state="done", progress=100)
    report.refresh_from_db()
    return report


def pdf_of(report: Report) -> bytes:
    with report.pdf.open() as file:
        return file.read()
