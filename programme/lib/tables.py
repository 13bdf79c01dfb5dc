"""What is left of somebody's spreadsheet once it has been read: headings and rows of clean text, or a reason in words."""

import re
import unicodedata
from collections.abc import Iterable
from dataclasses import dataclass, field

from django.utils.translation import gettext as _

# A title or a note may stand above the headings; further down than this nobody looks for them.
LINES_BEFORE_HEADINGS = 10
CELL_CHARACTERS = 2_000
TABLE_CHARACTERS = 4_000_000

# Characters that show nothing, or that turn the reading direction of what follows.
_INVISIBLE = re.compile("[\u200b\u2060\ufeff\u202a-\u202e\u2066-\u2069]")
_CONTROL = re.compile("[\x00-\x1f\x7f-\x9f]")


class SpreadsheetProblem(Exception):
    """A file that cannot be read; `words` tells the person why, and how to mend it."""

    def __init__(self, words: str) -> None:
        super().__init__(words)
        self.words = words


@dataclass(frozen=True)
class Row:
    """One line with something in it. `number` is the row number the person's spreadsheet program shows."""

    number: int
    cells: list[str]


@dataclass(frozen=True)
class Table:
    """Headings and rows; every row has as many cells as there are headings. `notes` tell what was noticed on reading."""

    headers: list[str]
    rows: list[Row]
    notes: list[str] = field(default_factory=list)


def clean(text: str) -> str:
    """One line of text without invisible characters and spare spaces, in one Unicode spelling."""
    text = _INVISIBLE.sub("", unicodedata.normalize("NFC", text))
    return " ".join(_CONTROL.sub(" ", text).split())


def column_name(index: int) -> str:
    """The letters a spreadsheet program shows above a column: 0 is A, 25 is Z, 26 is AA."""
    letters = ""
    index += 1
    while index:
        index, rest = divmod(index - 1, 26)
        letters = chr(ord("A") + rest) + letters
    return letters


def build_table(
    lines: Iterable[tuple[int, list[str]]], *, max_rows: int, max_columns: int, notes: Iterable[str] = ()
) -> Table:
    """Makes a table of numbered lines. Stops reading as soon as a limit is passed."""
    filled = _filled_lines(lines, most=max_rows + LINES_BEFORE_HEADINGS + 1, max_columns=max_columns)
    if not filled:
        raise SpreadsheetProblem(
            _("The file is empty. The first row must hold headings, for example “Name” and “E-mail”.")
        )
    start = next((i for i, row in enumerate(filled[:LINES_BEFORE_HEADINGS]) if sum(map(bool, row.cells)) > 1), 0)
    if len(filled) - start - 1 > max_rows:
        words = _("The file holds more than %(rows)s rows. Split it into smaller files and import one after the other.")
        raise SpreadsheetProblem(words % {"rows": f"{max_rows:,}"})
    width = max(len(row.cells) for row in filled[start:])
    padded = [Row(row.number, row.cells + [""] * (width - len(row.cells))) for row in filled[start:]]
    notes = list(notes)
    if start:
        notes.append(
            _("Row %(row)s was taken for the headings; what stands above it was left out.") % {"row": padded[0].number}
        )
    return Table(headers=padded[0].cells, rows=padded[1:], notes=notes)


def _filled_lines(lines: Iterable[tuple[int, list[str]]], *, most: int, max_columns: int) -> list[Row]:
    filled: list[Row] = []
    characters = 0
    for number, cells in lines:
        row = Row(number, _without_empty_end(cells))
        if len(row.cells) > max_columns:
            words = _("Row %(row)s has more than %(columns)s columns. Take out the columns that are not needed.")
            raise SpreadsheetProblem(words % {"row": number, "columns": max_columns})
        if not row.cells:
            continue
        _refuse_long_cells(row)
        characters += sum(map(len, row.cells))
        if characters > TABLE_CHARACTERS:
            raise SpreadsheetProblem(_("The file holds too much text. Take out the columns that are not needed."))
        filled.append(row)
        if len(filled) > most:
            break
    return filled


def _without_empty_end(cells: list[str]) -> list[str]:
    cells = list(cells)
    while cells and not cells[-1]:
        cells.pop()
    return cells


def _refuse_long_cells(row: Row) -> None:
    for index, cell in enumerate(row.cells):
        if len(cell) > CELL_CHARACTERS:
            words = _("Row %(row)s, column %(column)s holds more than %(most)s characters. Shorten it.")
            where = {"row": row.number, "column": column_name(index), "most": f"{CELL_CHARACTERS:,}"}
            raise SpreadsheetProblem(words % where)
