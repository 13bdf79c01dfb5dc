"""Licensed providers' results: what an upload would change, and whose results are held."""

from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass, field
from functools import cached_property
from uuid import UUID

from django.db.models import QuerySet
from django.utils.translation import gettext as _

from assessments.licensed_layout import Columns, match_columns, read_document
from assessments.models.instruments import InstrumentVersion
from assessments.models.licensed_results import LicensedResult, ResultsImport
from programme.models.members import Member
from programme.models.programmes import Programme


@dataclass(frozen=True)
class Problem:
    """One line to mend in the file. `row` is the number the spreadsheet program shows; 0 is the whole file."""

    row: int
    column: str
    value: str
    words: str


@dataclass(frozen=True)
class Line:
    """One person's results in an upload. `state` is new, changed, unchanged or problem."""

    row: int
    name: str
    state: str
    member: Member | None = None
    document: dict | None = None


@dataclass(frozen=True)
class Preview:
    """What confirming an upload would do. Nothing of it is saved yet."""

    columns: Columns
    lines: list[Line] = field(default_factory=list)
    problems: list[Problem] = field(default_factory=list)

    @cached_property
    def counts(self) -> dict[str, int]:
        return Counter(line.state for line in self.lines)

    @property
    def to_save(self) -> list[Line]:
        return [line for line in self.lines if line.state in ("new", "changed")]

    @property
    def blocked(self) -> bool:
        """Whether the headings themselves are wrong, so that no row can be read."""
        return bool(self.columns.problems)


def preview_import(results_import: ResultsImport) -> Preview:
    """Reads the kept upload against the people and results of today."""
    definition = results_import.instrument_version.definition
    headers, rows = results_import.table["headers"], results_import.table["rows"]
    columns = match_columns(headers, definition)
    if columns.problems:
        problems = [Problem(0, found.column, found.value, found.words) for found in columns.problems]
        return Preview(columns, problems=problems)
    people = _PeopleOfFile(results_import.programme)
    held = results_held(results_import.programme, results_import.instrument_version)
    preview = Preview(columns)
    for row, cells in rows:
        member, found = people.find(cells, headers, columns)
        document, wrong = read_document(cells, headers, columns, definition)
        problems = [Problem(row, problem.column, problem.value, problem.words) for problem in wrong]
        if found is not None:
            problems.insert(0, Problem(row, *found))
        preview.problems.extend(problems)
        name = member.name if member else _person_words(cells, columns)
        if problems:
            preview.lines.append(Line(row, name, "problem"))
        else:
            preview.lines.append(Line(row, name, _state(held.get(member.pk), document), member, document))
    return preview


def results_held(programme: Programme, version: InstrumentVersion | None = None) -> dict:
    """Member key → that person's latest result, of one instrument version if given."""
    results = current_results().filter(results_import__programme=programme)
    if version is not None:
        results = results.filter(results_import__instrument_version=version)
    return {result.member_id: result for result in results}


def results_of(member: Member) -> list[LicensedResult]:
    """A person's latest result of each instrument, newest instrument first."""
    latest = {result.results_import.instrument_version_id: result for result in current_results().filter(member=member)}
    return list(latest.values())[::-1]


@dataclass(frozen=True)
class Holding:
    """That results of somebody are held: which and since when, never what they say."""

    member: Member
    results: list[LicensedResult]
    shared: bool


def people_with_results(programme: Programme) -> list[Holding]:
    """Everybody of the programme whose results are held, by name."""
    held: dict[UUID, dict[UUID, LicensedResult]] = {}
    for result in current_results().filter(results_import__programme=programme):
        held.setdefault(result.member_id, {})[result.results_import.instrument_version_id] = result
    people = Member.objects.filter(pk__in=held).select_related("profile_share").order_by("name", "pk")
    return [
        Holding(member, list(held[member.pk].values()), shared=hasattr(member, "profile_share")) for member in people
    ]


def current_results() -> QuerySet[LicensedResult]:
    """Saved ones, oldest first: the last of somebody's is the one that holds. Undoing an import deletes its results."""
    confirmed = LicensedResult.objects.filter(results_import__confirmed_at__isnull=False)
    return confirmed.select_related("results_import__instrument_version").order_by("results_import__confirmed_at", "pk")


def _state(held: LicensedResult | None, document: dict) -> str:
    if held is None:
        return "new"
    return "unchanged" if held.document == document else "changed"


def _person_words(cells: list[str], columns: Columns) -> str:
    indexes = [columns.name, columns.first_name, columns.last_name, columns.email]
    return " ".join(cells[index] for index in indexes if index is not None and cells[index]) or "–"


class _PeopleOfFile:
    """Finds the members a file speaks of: by e-mail address, or else by a name only one person has."""

    def __init__(self, programme: Programme) -> None:
        people = list(Member.objects.current().filter(programme=programme).select_related("user"))
        self.by_email = {member.email.casefold(): member for member in people}
        self.by_name: dict[str, list[Member]] = {}
        for member in people:
            self.by_name.setdefault(_plain(member.name), []).append(member)
        self.rows: set = set()

    def find(
        self, cells: list[str], headers: list[str], columns: Columns
    ) -> tuple[Member | None, tuple[str, str, str] | None]:
        """The member, and column, value and words of what is wrong with saying who it is."""
        member, column, value = self._look_up(cells, headers, columns)
        if member is None:
            return None, (column, value, self._unknown_words(column, value, columns))
        if member.pk in self.rows:
            return member, (column, value, _("This person stands in the file twice. Keep one of the rows."))
        self.rows.add(member.pk)
        return member, None

    def _look_up(self, cells: list[str], headers: list[str], columns: Columns) -> tuple[Member | None, str, str]:
        if columns.email is not None and cells[columns.email]:
            address = cells[columns.email].strip()
            return self.by_email.get(address.casefold()), headers[columns.email], address
        if columns.name is not None:
            column, name = headers[columns.name], cells[columns.name]
        else:
            column, name = headers[columns.last_name or 0], self._joined(cells, [columns.first_name, columns.last_name])
        same = self.by_name.get(_plain(name), [])
        return (same[0] if len(same) == 1 else None), column, name

    def _unknown_words(self, column: str, value: str, columns: Columns) -> str:
        if not value.strip():
            return _("This row does not say whose results it holds. Enter the person's e-mail address or name.")
        if len(self.by_name.get(_plain(value), [])) > 1:
            return _("Several people have this name. Add a column “E-mail” with the person's address.")
        return _("Nobody of this programme is called so. Correct it, or add the person under “People” first.")

    @staticmethod
    def _joined(cells: list[str], indexes: Iterable[int | None]) -> str:
        return " ".join(cells[index].strip() for index in indexes if index is not None)


def _plain(name: str) -> str:
    return " ".join(name.casefold().split())
