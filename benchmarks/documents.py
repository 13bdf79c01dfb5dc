"""Compiled reports, from the queued job to the stored file, against Typst alone on documents of the same make."""

import json
from collections.abc import Iterator
from typing import Any

import typst
from django.utils import timezone

from assessments.models.waves import Wave
from benchmarks.figures import Figure, Missing
from benchmarks.measuring import side_by_side
from benchmarks.sizes import Sizes
from benchmarks.world import World, released_world
from programme.enums import JobKind
from programme.models.jobs import Job
from programme.reports.build import compile_report, document_of
from programme.reports.models import Report, ReportKind
from programme.reports.renderers.pdf import FONTS, TEMPLATES

BUDGET = 1.3
ROUNDS = 4


def measure(sizes: Sizes) -> Iterator[Figure | Missing]:
    world, wave = released_world(sizes.few)
    rounds = min(ROUNDS, sizes.documents)
    batch = sizes.documents // rounds
    # No document twice: Typst remembers what it has drawn.
    ours = [[_job(world, wave, f"A{part}-{number}") for number in range(batch)] for part in range(rounds)]
    floor = [[_data(world, wave, f"B{part}-{number}") for number in range(batch)] for part in range(rounds)]
    fonts = typst.Fonts(include_system_fonts=False, include_embedded_fonts=False, font_paths=[FONTS])
    took, least = side_by_side(lambda: _compile(ours.pop()), lambda: _typst_alone(floor.pop(), fonts), rounds=rounds)
    each = 1000 / batch
    yield Figure(f"{sizes.documents} report PDFs, CPU time of one", "ms", took * each, BUDGET, least * each)
    yield Missing("500 individual PDFs", "a person's own profile has no PDF; the reports above stand for them")


def _report(world: World, wave: Wave, name: str) -> Report:
    commentary = f"Group {name} has come a long way.\n\nIts next step is to say no earlier."
    return Report.objects.create(
        programme=world.programme, kind=ReportKind.TEAM_RESULTS, wave=wave, title=f"How group {name} works together",
        commentary=commentary, created_by=world.facilitator,
    )  # fmt: skip


def _job(world: World, wave: Wave, name: str) -> Job:
    return Job.objects.create(
        kind=JobKind.COMPILE_REPORT, subject_id=_report(world, wave, name).pk, programme=world.programme,
        requested_by=world.facilitator,
    )  # fmt: skip


def _data(world: World, wave: Wave, name: str) -> str:
    """What the floor draws: the same kind of document, ready as JSON."""
    document: dict[str, Any] = document_of(_report(world, wave, name), at=timezone.now()).entry()
    spoken = {
        "author": "Common Ground",
        "description": document["heading"],
        "page_words": "Page %(page)s of %(pages)s",
    }
    return json.dumps({**document, **spoken})


def _compile(queued: list[Job]) -> None:
    for job in queued:
        compile_report(job, lambda percent, step: None)


def _typst_alone(documents: list[str], fonts: typst.Fonts) -> None:
    for document in documents:
        typst.compile(
            TEMPLATES / "report.typ", root=TEMPLATES, font_paths=fonts, sys_inputs={"document": document},
            format="pdf", pdf_standards="ua-1",
        )  # fmt: skip
