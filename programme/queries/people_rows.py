"""One line of an uploaded list, read as a person: pure text in, a person and remarks out."""

import re
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field

from django.core.exceptions import ValidationError
from django.core.validators import validate_email
from django.utils.translation import gettext as _

from programme.enums import Role
from programme.lib import people_columns as fields
from programme.lib.addresses import likely_meant, normalised
from programme.lib.tables import Row, column_name

_ROLE_WORDS = {
    Role.FACILITATOR: "facilitator facilitators coach consultant",
    Role.EXECUTIVE: "executive executives exec sponsor executivesponsor sro",
    Role.PARTICIPANT: "participant participants member attendee delegate takespart",
}
_ROLE_BY_WORD = {word: role for role, words in _ROLE_WORDS.items() for word in words.split()}
# “Jo Bloggs <jo@example.org>”, as mail programs copy it.
_WITH_NAME = re.compile(r".*<\s*([^<>\s]+)\s*>\s*\Z")
# “Bloggs, Jo”, as staff lists write it; what follows the comma may also be a title of honour.
_SURNAME_FIRST = re.compile(r"([^,]+),\s*([^,]+)")
_AFTER_NAMES = {"phd", "dphil", "msc", "bsc", "mba", "jr", "sr", "junior", "senior"}


@dataclass(frozen=True)
class Remark:
    """Something to tell about one cell. `stops` keeps the person out until it is mended; else it is worth a look."""

    row: int
    column: str
    value: str
    words: str
    stops: bool = True


@dataclass(frozen=True)
class RemarkGroup:
    """The same remark on several rows, told once. `value` is empty where the cells differ."""

    rows: list[int]
    column: str
    value: str
    words: str

    @property
    def row_words(self) -> str:
        """“2–5, 9”."""
        runs: list[list[int]] = []
        for row in self.rows:
            if runs and row == runs[-1][-1] + 1:
                runs[-1].append(row)
            else:
                runs.append([row])
        return ", ".join(f"{run[0]}–{run[-1]}" if len(run) > 1 else str(run[0]) for run in runs)


def grouped(remarks: Iterable[Remark]) -> list[RemarkGroup]:
    """Remarks that say the same of the same column become one, in the order of their first rows."""
    groups: dict[tuple[str, str], list[Remark]] = {}
    for remark in remarks:
        groups.setdefault((remark.column, remark.words), []).append(remark)
    return [
        RemarkGroup(
            sorted({r.row for r in same}), column, same[0].value if len({r.value for r in same}) == 1 else "", words
        )
        for (column, words), same in groups.items()
    ]


@dataclass
class ListedPerson:
    """What the list says of one person. Empty text and no roles mean: the list says nothing of it."""

    row: Row
    name: str
    email: str
    job_title: str
    organisation: str
    team: str
    roles: frozenset[Role]
    remarks: list[Remark] = field(default_factory=list)

    @property
    def has_problem(self) -> bool:
        return any(remark.stops for remark in self.remarks)


class ListReader:
    """Reads rows with the columns somebody chose; knows how to name a cell in a remark."""

    def __init__(self, headers: Sequence[str], columns: Mapping[str, int]) -> None:
        self.headers = headers
        self.columns = {name: index for name, index in columns.items() if index < len(headers)}
        self.headed = max((i for i, header in enumerate(headers) if header), default=-1) + 1

    def read(self, row: Row) -> ListedPerson:
        said = {name: row.cells[index] for name, index in self.columns.items()}
        parts = [said.get(fields.FIRST_NAME, ""), said.get(fields.LAST_NAME, "")]
        name = _as_spoken(said.get(fields.NAME, "")) or " ".join(filter(None, parts))
        person = ListedPerson(
            row=row,
            name=name,
            email=_address_in(said.get(fields.EMAIL, "")),
            job_title=said.get(fields.JOB_TITLE, ""),
            organisation=said.get(fields.ORGANISATION, ""),
            team=said.get(fields.TEAM, ""),
            roles=frozenset(),
        )
        self._check_width(person)
        self._check_email(person)
        self._check_lengths(person)
        self._read_roles(person, said.get(fields.ROLES, ""))
        return person

    def remark(
        self, person: ListedPerson, name: str, words: str, *, value: str | None = None, stops: bool = True
    ) -> None:
        """Notes something about one of the person's cells."""
        index = self._column_of(name)
        header = self.headers[index] if index is not None else ""
        column = header or (_("column %s") % column_name(index) if index is not None else str(fields.LABELS[name]))
        if value is None:
            value = person.row.cells[index] if index is not None else ""
        person.remarks.append(Remark(person.row.number, column, value, words, stops))

    def _column_of(self, name: str) -> int | None:
        if name == fields.NAME and name not in self.columns:
            name = fields.LAST_NAME if fields.LAST_NAME in self.columns else fields.FIRST_NAME
        return self.columns.get(name)

    def _check_width(self, person: ListedPerson) -> None:
        for index, cell in enumerate(person.row.cells[self.headed :], start=self.headed):
            if cell:
                words = _(
                    "This cell stands under no heading, so the row may have slipped. Put text that holds a comma into "
                    "quotation marks, or take the cell out."
                )
                person.remarks.append(Remark(person.row.number, _("column %s") % column_name(index), cell, words))

    def _check_email(self, person: ListedPerson) -> None:
        if not person.email:
            self.remark(person, fields.EMAIL, _("The e-mail address is missing. Everybody needs their own."))
            return
        try:
            validate_email(person.email)
        except ValidationError:
            words = _("This is not an e-mail address. It should look like name@example.org.")
            self.remark(person, fields.EMAIL, words)
            return
        meant = likely_meant(person.email)
        if meant:
            words = _("Did you mean %(address)s? It will be used as it stands.") % {"address": meant}
            self.remark(person, fields.EMAIL, words, stops=False)

    def _check_lengths(self, person: ListedPerson) -> None:
        limits = {
            fields.NAME: 200,
            fields.JOB_TITLE: 200,
            fields.ORGANISATION: 200,
            fields.TEAM: 120,
            fields.EMAIL: 254,
        }
        for name, most in limits.items():
            if len(getattr(person, name)) > most:
                self.remark(person, name, _("This is longer than %(most)s characters. Shorten it.") % {"most": most})

    def _read_roles(self, person: ListedPerson, text: str) -> None:
        roles, unknown = read_roles(text)
        person.roles = roles
        if unknown:
            words = _(
                "“%(word)s” is not a role here. Use facilitator, executive or participant, or leave the cell empty."
            )
            self.remark(person, fields.ROLES, words % {"word": unknown})


def read_roles(text: str) -> tuple[frozenset[Role], str]:
    """The roles named in a cell, and the first word that names none."""
    roles = set()
    for part in re.split(r"[,;/&+|]|\band\b", text.lower()):
        word = re.sub(r"[\W_]+", "", part)
        if not word:
            continue
        if word not in _ROLE_BY_WORD:
            return frozenset(), part.strip()
        roles.add(_ROLE_BY_WORD[word])
    return frozenset(roles), ""


def looks_like_roles(cells: Sequence[str]) -> bool:
    """Whether most of a column's cells are words for roles in a programme; an empty column may become one."""
    said = [cell for cell in cells if cell]
    return not said or sum(not read_roles(cell)[1] for cell in said) * 2 > len(said)


def _as_spoken(name: str) -> str:
    """“Bloggs, Jo” is Jo Bloggs; “Jo Bloggs, MBE” stays."""
    found = _SURNAME_FIRST.fullmatch(name)
    if found is None:
        return name
    last, first = found[1].strip(), found[2].strip()
    honour = first == first.upper() or first.lower().rstrip(".") in _AFTER_NAMES
    return name if honour and last != last.upper() else f"{first} {last}"


def _address_in(text: str) -> str:
    named = _WITH_NAME.match(text)
    text = named[1] if named else text
    return normalised(text.removeprefix("mailto:"))
