"""Spreadsheets in and out: one door for uploads, and downloads in which no cell turns into a formula."""

import csv
import io
from collections.abc import Iterable, Sequence
from pathlib import PurePath

import xlsxwriter
from django.utils.translation import gettext as _

from programme.lib.delimited import FORMULA_STARTS, read_delimited
from programme.lib.tables import Row, SpreadsheetProblem, Table, build_table, clean, column_name
from programme.lib.workbooks import read_workbook

__all__ = [
    "Row",
    "SpreadsheetProblem",
    "Table",
    "clean",
    "column_name",
    "read_table",
    "safe_cell",
    "to_csv",
    "to_workbook",
]

MAX_BYTES = 2_000_000

_OLE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
_BINARY = (b"%PDF", b"\x89PNG", b"\xff\xd8\xff", b"GIF8", b"{\\rtf", b"RIFF", b"\x1f\x8b", b"Rar!", b"7z\xbc\xaf")
_MARKUP = (b"<!doctype", b"<html", b"<?xml")


def read_table(data: bytes, *, file_name: str, max_rows: int = 2000, max_columns: int = 50) -> Table:
    """Reads an uploaded CSV file or Excel workbook into text; raises SpreadsheetProblem with words for the person.

    Size, kind and insides are checked before anything is parsed, so that memory and time stay bounded whatever comes.
    """
    if len(data) > MAX_BYTES:
        words = _(
            "The file is %(size)s MB. A list may be 2 MB at most: save only the rows and columns that are needed."
        )
        raise SpreadsheetProblem(words % {"size": f"{len(data) / 1_000_000:.1f}"})
    if not data.strip():
        raise SpreadsheetProblem(_("The file is empty."))
    ending = PurePath(file_name).suffix.lower()
    if ending not in (".csv", ".tsv", ".txt", ".xlsx"):
        raise SpreadsheetProblem(_unknown_kind(ending))
    _refuse_disguise(data, ending)
    if ending == ".xlsx":
        return read_workbook(data, max_rows=max_rows, max_columns=max_columns)
    return build_table(read_delimited(data), max_rows=max_rows, max_columns=max_columns)


def _unknown_kind(ending: str) -> str:
    if ending == ".xls":
        return _(
            "This is an old Excel file (.xls). Open it, choose “Save as” and “Excel workbook (.xlsx)”, then try again."
        )
    if ending in (".xlsm", ".xlsb"):
        return _("Workbooks with macros are not read. Save it as “Excel workbook (.xlsx)” and try again.")
    if ending in (".ods", ".numbers"):
        return _("Save the list as “Excel workbook (.xlsx)” or “CSV” in your spreadsheet program and try again.")
    return _("A list must be an Excel workbook (.xlsx) or a CSV file (.csv). This file ends in “%(ending)s”.") % {
        "ending": ending or _("nothing")
    }


def _refuse_disguise(data: bytes, ending: str) -> None:
    """Believes what a file is, not what it is called."""
    if data.startswith(_OLE):
        # An encrypted workbook is wrapped in the old container; the name of its only stream gives it away.
        if "EncryptedPackage".encode("utf-16-le") in data:
            raise SpreadsheetProblem(
                _("This workbook is protected with a password. Save it without one and try again.")
            )
        raise SpreadsheetProblem(_unknown_kind(".xls"))
    zipped = data.startswith(b"PK")
    other = data.startswith(_BINARY) or data[:200].lstrip(b"\xef\xbb\xbf \t\r\n").lower().startswith(_MARKUP)
    if other or zipped != (ending == ".xlsx"):
        words = _(
            "The name ends in “%(ending)s”, but the file is something else. Save your list as .xlsx or CSV and try again."
        )
        raise SpreadsheetProblem(words % {"ending": ending})


def safe_cell(text: str) -> str:
    """Text for a cell of a CSV file. What a spreadsheet program would take for a formula gets a quote in front."""
    return f"'{text}" if text.startswith(FORMULA_STARTS) or text.lstrip().startswith(FORMULA_STARTS) else text


def to_csv(lines: Iterable[Sequence[str | float | None]]) -> bytes:
    """A CSV file that Excel opens with the right letters: UTF-8 with a byte order mark."""
    out = io.StringIO(newline="")
    writer = csv.writer(out)
    for line in lines:
        writer.writerow([safe_cell(cell) if isinstance(cell, str) else cell for cell in line])
    return out.getvalue().encode("utf-8-sig")


def to_workbook(sheets: dict[str, Iterable[Sequence[str | float | None]]]) -> bytes:
    """An Excel workbook: sheet name to lines, of which the first holds the headings. Text stays text."""
    out = io.BytesIO()
    options = {"in_memory": True, "strings_to_formulas": False, "strings_to_urls": False, "strings_to_numbers": False}
    with xlsxwriter.Workbook(out, options) as workbook:
        bold = workbook.add_format({"bold": True, "text_wrap": True, "valign": "top"})
        plain = workbook.add_format({"text_wrap": True, "valign": "top"})
        for name, lines in sheets.items():
            sheet = workbook.add_worksheet(name)
            widths: dict[int, int] = {}
            for number, line in enumerate(lines):
                for index, cell in enumerate(line):
                    widths[index] = min(60, max(widths.get(index, 10), len(str(cell or "")) + 2))
                    sheet.write(number, index, cell, plain if number else bold)
            for index, width in widths.items():
                sheet.set_column(index, index, width)
            sheet.freeze_panes(1, 0)
    return out.getvalue()
