"""The matrix of teams as tables: one for each organisation that answered, its teams as rows, all others as columns."""

from collections.abc import Sequence
from dataclasses import dataclass
from uuid import UUID

from django.utils.translation import gettext as _

from assessments.presenting.figures import change_value, changes_of
from assessments.results import (
    Place,
    Relation,
    Relationships,
    Score,
    Share,
    TotalShare,
    WaveResults,
    Withheld,
    relationships_of,
)
from programme.lib.charts import Change, percent
from programme.templatetags.components import CHANGE_WORDS

Since = list[tuple[str, Change | Withheld]]
Line = list[str]


@dataclass(frozen=True)
class RelationCell:
    """What one team says about another; `relation` is None within one organisation."""

    relation: Relation
    since: Since

    @property
    def is_withheld(self) -> bool:
        return isinstance(self.relation.density, Withheld)

    @property
    def width(self) -> str:
        """How long the bar is; empty where nothing is shown."""
        density = self.relation.density
        return percent(density.value / 100) if isinstance(density, Share) else ""

    @property
    def quality(self) -> Score | None:
        return self.relation.quality if isinstance(self.relation.quality, Score) else None


@dataclass(frozen=True)
class RelationTable:
    """What one organisation's teams say."""

    organisation: str
    mark: int | None
    columns: list[Place]
    rows: list[tuple[Place, list[RelationCell]]]


@dataclass(frozen=True)
class TotalFigure:
    """One number about everybody."""

    label: str
    share: Share | Withheld
    since: Since


@dataclass(frozen=True)
class RelationshipsPage:
    relationships: Relationships
    totals: list[TotalFigure]
    tables: list[RelationTable]
    contact: str

    @property
    def people(self) -> int | None:
        """How many answered, where a number about everybody is shown."""
        return next((total.share.n for total in self.totals if isinstance(total.share, Share)), None)


def relationships_page(results: WaveResults, own: tuple[UUID | None, UUID | None] | None) -> RelationshipsPage | None:
    """`own`: the organisation and team of a reader who sees no other team's answers; None for all of them."""
    found = relationships_of(results)
    if found is None:
        return None
    rows = found.places if own is None else found.rows_of(*own)
    contact = found.contact[:1].lower() + found.contact[1:]
    share = _("of people work with another organisation %(contact)s or more often") % {"contact": contact}
    density = _("of all contacts there could be between people and teams are there")
    return RelationshipsPage(
        relationships=found,
        totals=[_total(results, share, found.crossing), _total(results, density, found.density)],
        tables=_tables(results, found, rows),
        contact=contact,
    )


def relationship_lines(results: WaveResults, page: RelationshipsPage) -> list[Line]:
    """The same as lines of a sheet: a heading, everybody, and a line for each cell the page shows."""
    since = [heading for _against, heading in changes_of(results)]
    heading = [_("People of"), _("About"), _("In contact"), _("People"), *since]
    heading += [page.relationships.quality_name, _("Band"), _("People"), *since]
    lines = [heading]
    lines += [
        [_("Everybody"), total.label, *_share_line(total.share), *_since_line(total.since, len(since))]
        for total in page.totals
    ]
    for table in page.tables:
        for row, cells in table.rows:
            for column, cell in zip(table.columns, cells, strict=True):
                lines.append([row.label, column.label, *_cell_line(results, cell)])
    return lines


def _total(results: WaveResults, label: str, total: TotalShare) -> TotalFigure:
    since = [
        (heading, change_value(total.changes[against]))
        for against, heading in changes_of(results)
        if against in total.changes
    ]
    return TotalFigure(label, total.share, since)


def _tables(results: WaveResults, found: Relationships, rows: Sequence[Place]) -> list[RelationTable]:
    tables = []
    for organisation in dict.fromkeys(row.organisation_id for row in rows):
        mine = [row for row in rows if row.organisation_id == organisation]
        columns = [place for place in found.places if place.organisation_id != organisation]
        if columns:
            drawn = [(row, [_cell(results, found.relation(row, column)) for column in columns]) for row in mine]
            tables.append(RelationTable(mine[0].organisation, mine[0].mark, columns, drawn))
    return tables


def _cell(results: WaveResults, relation: Relation) -> RelationCell:
    since = [
        (heading, change_value(relation.density_changes[against]))
        for against, heading in changes_of(results)
        if against in relation.density_changes
    ]
    return RelationCell(relation, since)


def _cell_line(results: WaveResults, cell: RelationCell) -> Line:
    relation, against = cell.relation, [each for each, _heading in changes_of(results)]
    quality = relation.quality
    numbers = [quality.shown, quality.band, str(quality.n)] if isinstance(quality, Score) else [_withheld()] * 3
    return [
        *_share_line(relation.density),
        *(_change(change_value(relation.density_changes.get(each))) for each in against),
        *numbers,
        *(_change(change_value(relation.quality_changes.get(each))) for each in against),
    ]


def _share_line(share: Share | Withheld) -> Line:
    return [share.shown, str(share.n)] if isinstance(share, Share) else [_withheld()] * 2


def _since_line(since: Since, columns: int) -> Line:
    return [_change(change) for _heading, change in since] + [_change(None)] * (columns - len(since))


def _change(change: Change | Withheld | None) -> str:
    if isinstance(change, Withheld):
        return _withheld()
    return str(_("Not compared") if change is None else CHANGE_WORDS[change])


def _withheld() -> str:
    return str(_("Withheld"))
