"""Team results of one released wave."""

from collections.abc import Sequence
from datetime import datetime

from django.utils.translation import gettext as _

from assessments.models.waves import Wave
from assessments.queries.progress import participation
from assessments.results import CutKind, WaveResults, finding
from programme.reports.blocks import Block, Document, Text
from programme.reports.models import Report
from programme.reports.sections.dimensions import (
    answered,
    groups_table,
    numbers_table,
    organisation_figures,
    whole_figures,
)
from programme.reports.sections.meanings import meanings
from programme.reports.sections.words import day_words, notice, people, programme_span, share


def team_results(report: Report, trend: Sequence[WaveResults], *, at: datetime) -> Document:
    """`trend`: the released waves of the same instrument version up to the report's own, which comes last."""
    results, programme = trend[-1], report.programme
    return Document(
        title=report.title,
        running=f"{report.title}, {day_words(at, programme)}",
        eyebrow=programme_span(programme),
        heading=finding(results),
        lead=[_lead(report.wave, results)],
        notice=notice(programme),
        foot=_("Results released %(day)s") % {"day": day_words(results.released_at, programme)},
        blocks=_blocks(report, trend),
    )


def _lead(wave: Wave, results: WaveResults) -> str:
    when = {"title": results.title, "day": day_words(results.closed_at, wave.programme)}
    whole = participation(wave).whole
    if whole.shown and whole.invited:
        counted = {**when, "share": share(whole.finished, whole.invited)}
        return _("%(share)s of those asked answered “%(title)s”, which closed on %(day)s.") % counted
    count = answered(results)
    if count is not None:
        return _("%(people)s answered “%(title)s”, which closed on %(day)s.") % {**when, "people": people(count)}
    return _("“%(title)s” closed on %(day)s.") % when


def _blocks(report: Report, trend: Sequence[WaveResults]) -> list[Block]:
    results = trend[-1]
    blocks: list[Block] = []
    if report.commentary.strip():
        blocks.append(Text(_("What we make of it"), paragraphs(report.commentary)))
    several = len(results.cuts_of(CutKind.ORGANISATION)) > 1
    if several:
        blocks += organisation_figures(trend, title=_("The organisations side by side"))
    blocks += whole_figures(trend, title=_("Everybody together"))
    blocks += groups_table(results, CutKind.TEAM, title=_("The teams"))
    blocks += groups_table(results, CutKind.ORGANISATION_TEAM, title=_("Each organisation in each team"))
    blocks.append(numbers_table(trend, title=_("The numbers")))
    return [*blocks, meanings(results)]


def paragraphs(text: str) -> list[str]:
    """What somebody typed, cut at empty lines; single line breaks do not count."""
    parts = text.replace("\r\n", "\n").split("\n\n")
    return [" ".join(part.split()) for part in parts if part.strip()]
