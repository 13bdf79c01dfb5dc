"""Sheets for download around an import of people: the empty template, and a list with its problems written beside."""

from collections import defaultdict
from collections.abc import Sequence

from django.utils.translation import gettext as _

from programme.enums import Role
from programme.lib import people_columns as fields
from programme.lib.spreadsheets import to_csv, to_workbook
from programme.models.people_imports import PeopleImport
from programme.models.programmes import Programme
from programme.queries.people_imports import preview

SHEET_TYPES = {
    "csv": "text/csv; charset=utf-8",
    "xlsx": "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
}
_TEMPLATE_FIELDS = [fields.NAME, fields.EMAIL, fields.JOB_TITLE, fields.ORGANISATION, fields.TEAM, fields.ROLES]

Line = Sequence[str | int]


def template_sheet(programme: Programme, *, kind: str) -> bytes:
    """Headings to fill in, and how: on a sheet of its own, or in a CSV file in the line above the headings."""
    headings = [str(fields.LABELS[name]) for name in _TEMPLATE_FIELDS]
    notes = _notes(programme)
    if kind == "csv":
        # A line with one cell is taken for a title when the list comes back.
        return to_csv([[" ".join(f"{about}: {words}" for about, words in notes)], headings])
    return to_workbook({_("People"): [headings], _("How to fill this in"): [[_("Column"), _("What it holds")], *notes]})


def problem_sheet(people_import: PeopleImport, *, kind: str) -> bytes:
    """The sheet as it came, with one more column that says what to mend. It can be uploaded again as it is."""
    remarks = defaultdict(list)
    for remark in preview(people_import).remarks:
        remarks[remark.row].append(f"{remark.column}: {remark.words}")
    problem = _("Problem")
    headers, rows = people_import.table["headers"], people_import.table["rows"]
    # A list that was downloaded, mended and uploaded has the column already.
    width = len(headers) - 1 if headers[-1:] == [problem] else len(headers)
    lines: list[Line] = [[*headers[:width], problem]]
    lines += [[*cells[:width], " ".join(remarks[number])] for number, cells in rows]
    return to_csv(lines) if kind == "csv" else to_workbook({_("People"): lines})


def _notes(programme: Programme) -> list[tuple[str, str]]:
    organisations = ", ".join(
        partner.organisation.name for partner in programme.partners.select_related("organisation")
    )
    teams = ", ".join(team.name for team in programme.teams.all())
    roles = ", ".join(str(role.label) for role in Role)
    return [
        (str(fields.LABELS[fields.NAME]), _("One person a row, first name and surname.")),
        (str(fields.LABELS[fields.EMAIL]), _("Their own address; invitations go there.")),
        (str(fields.LABELS[fields.JOB_TITLE]), _("May stay empty.")),
        (str(fields.LABELS[fields.ORGANISATION]), organisations or _("The partner they work for.")),
        (str(fields.LABELS[fields.TEAM]), teams or _("The team they belong to in this programme.")),
        (str(fields.LABELS[fields.ROLES]), _("%(roles)s. Empty means participant.") % {"roles": roles}),
    ]
