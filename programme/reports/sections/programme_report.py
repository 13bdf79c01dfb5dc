"""The programme report for the board: how it went, in one page and what stands behind it."""

from collections.abc import Sequence
from datetime import date, datetime

from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from assessments.models.waves import Wave
from assessments.queries.progress import participation
from assessments.results import WaveResults, finding
from programme.models.programmes import Programme
from programme.reports.blocks import WITHHELD, Block, Document, KeyFigure, KeyFigures, Listing, Table, Text
from programme.reports.models import Report
from programme.reports.sections.dimensions import numbers_table, organisation_figures
from programme.reports.sections.meanings import meanings
from programme.reports.sections.story import story
from programme.reports.sections.team_results import paragraphs
from programme.reports.sections.words import (
    day_words,
    listed,
    local_day,
    notice,
    people,
    programme_span,
    share,
    withheld_word,
)
from programme.templatetags.formatting import full_date, month_year
from sessions.queries.attendance import AttendanceShare, attendance_share
from sessions.queries.commitments import CommitmentCounts, commitment_counts
from sessions.queries.decisions import open_decisions


def programme_report(report: Report, trend: Sequence[WaveResults], waves: Sequence[Wave], *, at: datetime) -> Document:
    """`trend`: the released waves told of (none yet is fine). `waves`: all released waves, for participation."""
    programme, today = report.programme, local_day(at, report.programme)
    attendance, commitments = attendance_share(programme), commitment_counts(programme, today=today)
    asked = [
        _("%(title)s (by %(day)s)") % {"title": d.title, "day": full_date(d.due_on)} for d in open_decisions(programme)
    ]
    return Document(
        title=report.title,
        running=f"{report.title}, {full_date(today)}",
        eyebrow=programme_span(programme),
        heading=finding(trend[-1]) if trend else report.title,
        lead=[_lead(programme, attendance, today)],
        notice=notice(programme),
        foot=_foot(programme, trend, at),
        blocks=[
            *_key_figures(waves, attendance, commitments, len(asked)),
            *_results(trend),
            *_commentary(report),
            *([Listing(_("What we ask of the board"), asked, ordered=True)] if asked else []),
            story(programme, today=today),
            *_participation(waves),
            *_attendance(attendance),
            *_commitments(commitments),
            *_appendix(trend),
        ],
    )


def _lead(programme: Programme, attendance: AttendanceShare, today: date) -> str:
    organisations = [partner.organisation.name for partner in programme.partners.select_related("organisation")]
    teams = [team.name for team in programme.teams.all()]
    start = month_year(programme.starts_on)
    end = month_year(min(programme.ends_on, max(today, programme.starts_on)))
    when = _("In %(start)s") if start == end else _("Between %(start)s and %(end)s")
    span = {
        "when": when % {"start": start, "end": end},
        "who": listed(teams) or _("the people"),
        "organisations": listed(organisations),
    }
    words = _("%(when)s, %(who)s of %(organisations)s worked together in this programme.")
    if not organisations:
        words = _("%(when)s, %(who)s worked together in this programme.")
    met = ngettext("They met once.", "They met %(count)s times.", attendance.sessions) % {"count": attendance.sessions}
    return f"{words % span} {met}" if attendance.sessions else words % span


def _foot(programme: Programme, trend: Sequence[WaveResults], at: datetime) -> str:
    if trend:
        return _("Results released %(day)s") % {"day": day_words(trend[-1].released_at, programme)}
    return _("Compiled %(day)s") % {"day": day_words(at, programme)}


def _key_figures(
    waves: Sequence[Wave], attendance: AttendanceShare, commitments: CommitmentCounts, asked: int
) -> list[Block]:
    figures = []
    whole = participation(waves[-1]).whole if waves else None
    if whole and whole.shown and whole.invited:
        words = _("of %(people)s answered “%(title)s”") % {"people": people(whole.invited), "title": waves[-1].title}
        figures.append(KeyFigure(str(whole.finished), words))
    if attendance.overall.share is not None:
        words = ngettext(
            "average attendance at one session", "average attendance over %(count)s sessions", attendance.sessions
        )
        percent = f"{int(100 * attendance.overall.share + 0.5)}%"
        figures.append(KeyFigure(percent, words % {"count": attendance.sessions}))
    if commitments.total:
        words = _("of %(total)s commitments kept, %(overdue)s overdue")
        counts = {"total": commitments.total, "overdue": commitments.overdue}
        figures.append(KeyFigure(str(commitments.done), words % counts))
    if asked:
        figures.append(
            KeyFigure(str(asked), ngettext("decision asked of the board", "decisions asked of the board", asked))
        )
    return [KeyFigures(figures)] if figures else []


def _results(trend: Sequence[WaveResults]) -> list[Block]:
    if not trend:
        words = _("No results have been released yet. This report tells of sessions and commitments only.")
        return [Text(_("Results"), [words])]
    return organisation_figures(trend, title=_("How the team dimensions developed"))


def _commentary(report: Report) -> list[Block]:
    return [Text(_("What changed"), paragraphs(report.commentary))] if report.commentary.strip() else []


def _participation(waves: Sequence[Wave]) -> list[Block]:
    """Who answered, for groups that executives may see; the others are withheld."""
    rows = []
    for wave in waves:
        progress = participation(wave)
        for group in [progress.whole, *progress.organisations]:
            told = share(group.finished, group.invited) if group.shown else WITHHELD
            rows.append([wave.title, group.label, told])
    head = [_("Questionnaire"), _("Group"), _("Answered")]
    return [Table(_("Who answered"), head, rows, [2], withheld_word())] if rows else []


def _attendance(attendance: AttendanceShare) -> list[Block]:
    if not attendance.sessions:
        return []
    rows = [[row.organisation.short_name, share(row.there, row.marked)] for row in attendance.by_organisation]
    rows.append([_("Everybody"), share(attendance.overall.there, attendance.overall.marked)])
    source = _("Places taken of places marked in the registers of %(count)s sessions.") % {"count": attendance.sessions}
    return [Table(_("Who came"), [_("Organisation"), _("Attended")], rows, [1], withheld_word(), source)]


def _commitments(counts: CommitmentCounts) -> list[Block]:
    if not counts.total:
        return []
    rows = [[_("Done"), str(counts.done)], [_("Open"), str(counts.open)], [_("Overdue"), str(counts.overdue)]]
    return [Table(_("Commitments made in sessions"), [_("State"), _("Commitments")], rows, [1], withheld_word())]


def _appendix(trend: Sequence[WaveResults]) -> list[Block]:
    return [numbers_table(trend, title=_("The numbers")), meanings(trend[-1])] if trend else []
