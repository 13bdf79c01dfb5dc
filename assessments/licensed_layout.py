"""How a licensed provider's table of results is laid out: headings to scales, cells to numbers. Pure, without models.

One row holds one person. Headings are compared without capitals, spaces, signs and words such as “score”, so that
“Common Sense (score)” and “common-sense” are the same column. The significant strengths may be named in one cell, in
several columns, or ticked in a column of each strength. What is not known is left out and told.
"""

import difflib
import re
import unicodedata
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

from django.utils.translation import gettext as _

from assessments.definitions import Definition, Scale

EMAIL = frozenset({"email", "emailaddress", "mail", "mailaddress", "workemail", "participantemail", "address"})
NAME = frozenset({"name", "fullname", "person", "participant", "participantname", "respondent", "employee"})
FIRST_NAME = frozenset({"firstname", "forename", "givenname"})
LAST_NAME = frozenset({"lastname", "surname", "familyname"})
# Words that say what kind of number a column holds, not which.
_EMPTY_WORDS = frozenset({"score", "scores", "sten", "stens", "result", "results", "value", "mean"})
_FLAG_WORDS = frozenset({"significant", "sig", "issignificant", "top7", "topseven", "significant7", "significantseven"})
_LIST_HEADING = re.compile(
    r"(significant|sig|top|standout|strengths?)(strengths?)?(7|seven)?(strengths?)?([0-9]{1,2})?"
)
_NAMES_APART = re.compile(r"[,;|/]+")
_NUMBER = re.compile(r"-?[0-9]+([.,][0-9]+)?")
_YES = frozenset({"yes", "y", "true", "x", "1", "✓", "✔", "significant", "sig"})
_NO = frozenset({"", "no", "n", "false", "0", "-", "–"})


@dataclass(frozen=True)
class CellProblem:
    """One thing to mend: the column's heading, what stands there, and how to mend it."""

    column: str
    value: str
    words: str


@dataclass
class Columns:
    """Where things stand in the table, by column index. `unknown` are headings left out, `problems` stop the import."""

    email: int | None = None
    name: int | None = None
    first_name: int | None = None
    last_name: int | None = None
    scores: dict[str, int] = field(default_factory=dict)
    extras: dict[tuple[str, str], int] = field(default_factory=dict)  # (extra column, scale)
    flags: dict[str, int] = field(default_factory=dict)
    lists: list[int] = field(default_factory=list)
    unknown: list[str] = field(default_factory=list)
    problems: list[CellProblem] = field(default_factory=list)

    @property
    def says_significant(self) -> bool:
        return bool(self.flags or self.lists)


def match_columns(headers: Sequence[str], definition: Definition) -> Columns:
    """Finds the person's columns and one column for each scale; every scale needs one."""
    columns = Columns()
    known = _known_headings(definition)
    for index, header in enumerate(headers):
        word = squeeze(header)
        if not word:
            continue
        if not _place_person(columns, word, index) and not _place_number(columns, known, word, index):
            columns.unknown.append(header)
    _tell_missing(columns, headers, definition)
    return columns


def read_document(
    cells: Sequence[str], headers: Sequence[str], columns: Columns, definition: Definition
) -> tuple[dict[str, Any], list[CellProblem]]:
    """One person's results as stored, and what has to be mended first; with problems the results are not to be used."""
    problems: list[CellProblem] = []
    document: dict[str, Any] = {"scores": {}, "significant": [], "extras": {}}
    for scale in definition.scales:
        index = columns.scores[scale.key]
        number, words = read_number(cells[index], scale.minimum, scale.maximum)
        if words:
            problems.append(CellProblem(headers[index], cells[index], words))
        document["scores"][scale.key] = number
    bounds = {column.key: column for column in definition.extra_columns}
    for (column, key), index in columns.extras.items():
        if not cells[index].strip():
            continue
        number, words = read_number(cells[index], bounds[column].minimum, bounds[column].maximum)
        if words:
            problems.append(CellProblem(headers[index], cells[index], words))
        document["extras"].setdefault(column, {})[key] = number
    document["significant"] = _read_significant(cells, headers, columns, definition, problems)
    return document, problems


def read_number(text: str, minimum: float, maximum: float) -> tuple[float | None, str]:
    """The number in a cell, with a decimal point or comma; or else words on how to mend it."""
    text = text.replace("\u00a0", "").replace(" ", "")
    bounds = {"low": f"{minimum:g}", "high": f"{maximum:g}"}
    if not text:
        return None, _("The score is missing. Enter a number from %(low)s to %(high)s.") % bounds
    if not _NUMBER.fullmatch(text):
        return None, _("This is not a number. Enter a number from %(low)s to %(high)s, for example 6.5.") % bounds
    number = float(text.replace(",", "."))
    if not minimum <= number <= maximum:
        return None, _("Scores go from %(low)s to %(high)s. Check the number.") % bounds
    return number, ""


def significant_problem(keys: Sequence[str], definition: Definition) -> str:
    """Words against a choice of significant scales of the wrong size; empty when it is right or none is given."""
    if not keys or len(set(keys)) == definition.significant_count:
        return ""
    words = _("Marked as significant: %(found)s. The provider marks %(count)s.")
    return words % {"found": len(set(keys)), "count": definition.significant_count}


def squeeze(text: str) -> str:
    """A heading or name as it is compared: letters and digits only, without accents, capitals and empty words."""
    plain = unicodedata.normalize("NFKD", text).casefold().replace("®", "").replace("™", "")
    words = re.findall(r"[a-z0-9]+", "".join(sign for sign in plain if not unicodedata.combining(sign)))
    telling = [word for word in words if word not in _EMPTY_WORDS]
    return "".join(telling or words[:1])  # a scale may itself be called “Results”


def _known_headings(definition: Definition) -> dict[str, tuple[str, str, str]]:
    """Squeezed heading → (what it is: score, extra or flag; extra column; scale)."""
    known = {}
    for scale in definition.scales:
        for name in {squeeze(scale.name), squeeze(scale.key)}:
            known[name] = ("score", "", scale.key)
            for column in definition.extra_columns:
                for both in (name + squeeze(column.name), squeeze(column.name) + name):
                    known.setdefault(both, ("extra", column.key, scale.key))
            for flag in _FLAG_WORDS:
                for both in (name + flag, flag + name):
                    known.setdefault(both, ("flag", "", scale.key))
    return known


def _place_person(columns: Columns, word: str, index: int) -> bool:
    for attribute, words in (("email", EMAIL), ("name", NAME), ("first_name", FIRST_NAME), ("last_name", LAST_NAME)):
        if word in words:
            if getattr(columns, attribute) is None:
                setattr(columns, attribute, index)
                return True
            return False
    return False


def _place_number(columns: Columns, known: Mapping[str, tuple[str, str, str]], word: str, index: int) -> bool:
    kind, column, scale = known.get(word, ("", "", ""))
    if kind == "score":
        if scale in columns.scores:
            columns.problems.append(CellProblem(word, "", _("Two columns hold this score. Delete one of them.")))
        columns.scores.setdefault(scale, index)
    elif kind == "extra":
        columns.extras.setdefault((column, scale), index)
    elif kind == "flag":
        columns.flags.setdefault(scale, index)
    elif _LIST_HEADING.fullmatch(word):
        columns.lists.append(index)
    else:
        return False
    return True


def _tell_missing(columns: Columns, headers: Sequence[str], definition: Definition) -> None:
    if columns.email is None and columns.name is None and None in (columns.first_name, columns.last_name):
        words = _("No column says whose results these are. Add a column “E-mail” or “Name”.")
        columns.problems.append(CellProblem(_("E-mail"), "", words))
    for scale in definition.scales:
        if scale.key not in columns.scores:
            columns.problems.append(CellProblem(scale.name, "", _missing_words(scale, columns.unknown)))


def _missing_words(scale: Scale, unknown: Sequence[str]) -> str:
    squeezed = {squeeze(header): header for header in unknown}
    close = difflib.get_close_matches(squeeze(scale.name), list(squeezed), n=1, cutoff=0.75)
    if close:
        words = _("No column has this heading. Is it “%(header)s”? Rename that column to “%(name)s”.")
        return words % {"header": squeezed[close[0]], "name": scale.name}
    return _("No column has this heading. Add a column “%(name)s”.") % {"name": scale.name}


def _read_significant(
    cells: Sequence[str], headers: Sequence[str], columns: Columns, definition: Definition, problems: list[CellProblem]
) -> list[str]:
    names = {squeeze(name): scale.key for scale in definition.scales for name in (scale.name, scale.key)}
    found: list[str] = []
    for index in columns.lists:
        for name in filter(None, (part.strip() for part in _NAMES_APART.split(cells[index]))):
            if squeeze(name) in names:
                found.append(names[squeeze(name)])
            else:
                words = _("This is not a name of a scale. Check its spelling.")
                problems.append(CellProblem(headers[index], name, words))
    for key, index in columns.flags.items():
        answer = cells[index].strip().casefold()
        if answer in _YES:
            found.append(key)
        elif answer not in _NO:
            problems.append(CellProblem(headers[index], cells[index], _("Enter “yes”, or leave the cell empty.")))
    found = list(dict.fromkeys(found))
    against = significant_problem(found, definition)
    if against and not problems:
        where = headers[columns.lists[0]] if columns.lists else _("Significant")
        problems.append(CellProblem(where, ", ".join(definition.scale(key).name for key in found), against))
    return found
