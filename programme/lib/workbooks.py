"""Excel workbooks (.xlsx): looked at from outside first, then read row by row within limits.

A workbook is a zip of XML files written by a stranger. Nothing of it is unpacked before its sizes are known, and no
XML that declares entities of its own is read at all (defusedxml, which openpyxl uses when it is there, as it must be).
"""

import datetime
import io
import re
import zipfile
import zlib
from collections.abc import Iterator
from xml.etree.ElementTree import ParseError

import openpyxl
from django.core.exceptions import ImproperlyConfigured
from django.utils.translation import gettext as _
from openpyxl.cell.read_only import ReadOnlyCell
from openpyxl.utils.exceptions import InvalidFileException
from openpyxl.worksheet._read_only import ReadOnlyWorksheet

from programme.lib.tables import SpreadsheetProblem, Table, build_table, clean, column_name

if not openpyxl.DEFUSEDXML:
    raise ImproperlyConfigured("openpyxl must find defusedxml: uploaded workbooks are read with it.")

UNPACKED_BYTES = 20_000_000
PARTS = 200
# Ordinary sheets shrink ten- to fortyfold. Small files may shrink more and do no harm.
RATIO, RATIO_MATTERS_FROM = 150, 2_000_000
FORMULAS_NAMED = 5
# A sheet may be formatted far below its list; reading nothing costs time too.
EMPTY_ROWS_PER_ROW = 20

# Bounded, so that a sheet made to be slow is not.
_HIDDEN_ROW = re.compile(rb'<(?:\w{1,20}:)?row\b(?=[^<>]{0,400}\bhidden="(?:1|true)")[^<>]{0,400}?\br="(\d{1,7})"')
# What the readers of zip, XML and workbooks raise when a file is broken.
_BROKEN = (
    zipfile.BadZipFile, zlib.error, ParseError, InvalidFileException, KeyError, ValueError, TypeError, AttributeError,
    IndexError, EOFError, OSError, NotImplementedError, OverflowError,
)  # fmt: skip


def read_workbook(data: bytes, *, max_rows: int, max_columns: int) -> Table:
    """The first visible sheet as a table of text. Formulas are refused, hidden rows are told."""
    try:
        with zipfile.ZipFile(io.BytesIO(data)) as archive:
            _check_archive(archive)
            return _read_first_sheet(data, archive, max_rows=max_rows, max_columns=max_columns)
    except _BROKEN as problem:
        words = _("This workbook is damaged and cannot be read. Open it in your spreadsheet program and save it again.")
        raise SpreadsheetProblem(words) from problem


def _check_archive(archive: zipfile.ZipFile) -> None:
    parts = archive.infolist()
    names = {part.filename for part in parts}
    if any(part.flag_bits & 0x1 for part in parts):
        raise SpreadsheetProblem(_("This file is protected with a password. Save it without one and try again."))
    unpacked = sum(part.file_size for part in parts)
    packed = sum(part.compress_size for part in parts)
    blown_up = unpacked > RATIO_MATTERS_FROM and unpacked > RATIO * packed
    if len(parts) > PARTS or unpacked > UNPACKED_BYTES or blown_up:
        words = _("This workbook is too big to be a list. Copy the rows you need into a new workbook and save that.")
        raise SpreadsheetProblem(words)
    if not {"[Content_Types].xml", "xl/workbook.xml"} <= names:
        raise SpreadsheetProblem(
            _("This is not an Excel workbook, though its name says so. Save your list as .xlsx or CSV.")
        )
    if any(name.lower().endswith("vbaproject.bin") for name in names):
        raise SpreadsheetProblem(_("This workbook holds macros. Save it as “Excel workbook (.xlsx)” and try again."))
    _refuse_declarations(archive, parts)


def _refuse_declarations(archive: zipfile.ZipFile, parts: list[zipfile.ZipInfo]) -> None:
    """No spreadsheet program writes a document type declaration; who does wants to have entities expanded."""
    for part in parts:
        if part.filename.lower().endswith((".xml", ".rels")):
            text = archive.read(part).replace(b"\0", b"")  # the same in UTF-16
            if b"<!DOCTYPE" in text or b"<!ENTITY" in text:
                raise SpreadsheetProblem(
                    _("This workbook holds parts that no spreadsheet program writes, so it was not read.")
                )


def _read_first_sheet(data: bytes, archive: zipfile.ZipFile, *, max_rows: int, max_columns: int) -> Table:
    # data_only would show a formula's last result, if there is one: we want to see that it is a formula.
    workbook = openpyxl.load_workbook(io.BytesIO(data), read_only=True, data_only=False, keep_links=False)
    try:
        visible = [sheet for sheet in workbook.worksheets if sheet.sheet_state == "visible"]
        if not visible:
            raise SpreadsheetProblem(_("This workbook has no sheet that can be seen."))
        sheet = visible[0]
        notes = []
        if len(visible) > 1:
            notes.append(
                _("The sheet “%(sheet)s” was read; the other sheets were left out.") % {"sheet": clean(sheet.title)}
            )
        notes.extend(_hidden_rows_in_words(archive, sheet))
        lines = _lines(sheet, last_row=EMPTY_ROWS_PER_ROW * max_rows, max_columns=max_columns)
        return build_table(lines, max_rows=max_rows, max_columns=max_columns, notes=notes)
    finally:
        workbook.close()


def _lines(sheet: ReadOnlyWorksheet, *, last_row: int, max_columns: int) -> Iterator[tuple[int, list[str]]]:
    # A sheet says how big it is, and may be wrong about it.
    sheet.reset_dimensions()
    formulas: list[str] = []
    # One column more than allowed, so that a sheet that is too wide is noticed.
    for number, cells in enumerate(sheet.iter_rows(min_row=1, max_col=max_columns + 1), start=1):
        if number > last_row:
            words = _("The sheet goes on below row %(row)s. Delete the empty rows below your list, save and try again.")
            raise SpreadsheetProblem(words % {"row": f"{last_row:,}"})
        formulas.extend(f"{column_name(i)}{number}" for i, cell in enumerate(cells) if cell.data_type == "f")
        if len(formulas) >= FORMULAS_NAMED:
            break
        yield number, [_text_of(cell) for cell in cells]
    if formulas:
        _refuse_formulas(formulas[:FORMULAS_NAMED])


def _refuse_formulas(cells: list[str]) -> None:
    words = _(
        "These cells hold formulas: %(cells)s. Copy the sheet and paste it as values (“Paste special”, “Values”), "
        "then save and try again."
    )
    raise SpreadsheetProblem(words % {"cells": ", ".join(cells)})


def _text_of(cell: ReadOnlyCell) -> str:
    value = cell.value
    if value is None:
        return ""
    if isinstance(value, datetime.datetime):
        return value.date().isoformat() if value.time() == datetime.time() else value.isoformat(" ", "minutes")
    if isinstance(value, float):
        # 15 digits is what Excel keeps; more would show how 4.1 looks in binary.
        return f"{value:.15g}"
    return clean(str(value))


def _hidden_rows_in_words(archive: zipfile.ZipFile, sheet: ReadOnlyWorksheet) -> list[str]:
    """Says that hidden rows were read too: who filters a list may think they are not in it."""
    xml = archive.read(sheet._worksheet_path)  # noqa: SLF001  openpyxl tells nothing of hidden rows when reading in passing
    numbers = [match[1].decode() for match in _HIDDEN_ROW.finditer(xml)]
    if not numbers:
        return []
    named = ", ".join(numbers[:10]) + (" …" if len(numbers) > 10 else "")
    return [_("Rows hidden in your sheet were read too: %(rows)s.") % {"rows": named}]
