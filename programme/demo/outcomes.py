"""What the demonstration's people do with results: bring licensed ones, share profiles, report to the board."""

import csv
from datetime import datetime
from io import StringIO

import numpy as np

from assessments.enums import WavePoint
from assessments.models.instruments import InstrumentVersion
from assessments.models.waves import Wave
from assessments.services.licensed_results import confirm_import, upload_results
from assessments.services.profile_shares import share_profile
from programme.demo.world import World
from programme.reports.models import Report, ReportKind
from programme.reports.services import create_report, release_report
from programme.services import jobs

# Every third of those who take part holds results from a licensed provider, and two of three share their profile.
LICENSED_EVERY = 3
SHARED = 0.66


def bring_licensed_results(world: World, at: datetime) -> None:
    """The facilitator uploads a sheet of licensed strengths results."""
    version = InstrumentVersion.objects.get(key="strengthscope_results")
    scales = version.definition.scales
    sheet = StringIO()
    rows = csv.writer(sheet)
    rows.writerow(["E-mail", *[scale.name for scale in scales], "Significant 7"])
    for member in list(world.members.values())[::LICENSED_EVERY]:
        scores = np.clip(world.answerer.random.normal(5.5, 1.8, len(scales)), 0, 10)
        seven = sorted(scales[place].name for place in np.argsort(scores)[-version.definition.significant_count :])
        rows.writerow([member.user.email, *[f"{score:.1f}" for score in scores], "; ".join(seven)])
    upload = upload_results(
        world.programme,
        actor=world.facilitator,
        instrument_version=version,
        data=sheet.getvalue().encode(),
        file_name="strengths-january-2021.csv",
    )
    confirm_import(upload, actor=world.facilitator, at=at)


def share_profiles(world: World, at: datetime) -> None:
    for member in world.members.values():
        if world.answerer.takes_part(SHARED):
            share_profile(member, actor=member.user, at=at)


def report_on_the_team(world: World, at: datetime) -> None:
    wave = Wave.objects.get(programme=world.programme, point=WavePoint.END, instrument_version__key="team_dimensions")
    _report(
        world,
        at,
        kind=ReportKind.TEAM_RESULTS,
        wave=wave,
        title="How we work as a team, May 2022",
        commentary=(
            "Begin with what grew: ask each other for one moment since September when somebody disagreed and it helped. "
            "Then take the hardest one. Saying so when a promise slips has not moved in either organisation."
        ),
    )


def report_to_the_board(world: World, at: datetime) -> None:
    _report(
        world,
        at,
        kind=ReportKind.PROGRAMME,
        wave=None,
        title="Partnership Working Programme: closing report",
        commentary=(
            "The two teams set out as strangers on a screen and end in one room. Trust, open argument and commitment grew "
            "in both organisations. Holding each other to account did not, and the yearly follow-up should begin there."
        ),
    )


def _report(world: World, at: datetime, *, kind: ReportKind, wave: Wave | None, title: str, commentary: str) -> None:
    report = create_report(
        world.programme, actor=world.facilitator, kind=kind, title=title, commentary=commentary, wave=wave
    )
    for job_id in jobs.queued_ids():
        jobs.run(job_id)
    report = Report.objects.get(pk=report.pk)
    release_report(report, actor=world.facilitator, at=at)
