"""Text with one line a row: CSV as the spreadsheet programs of this world write it."""

import codecs
import csv
import io
import itertools
import re
from collections import Counter
from collections.abc import Iterator

from django.utils.translation import gettext as _

from programme.lib.tables import SpreadsheetProblem, clean

DELIMITERS = (",", ";", "\t")
FORMULA_STARTS = ("=", "+", "-", "@", "\t", "\r", "\n", "\0", "＝", "＋", "－", "＠")
# Excel's own hint in the first line, for example “sep=;”.
_HINT = re.compile(r"sep=(.)\s*\Z", re.IGNORECASE)


def decode(data: bytes) -> str:
    """Text in UTF-8 or UTF-16 with or without a byte order mark, or else in Windows-1252."""
    for mark, encoding in (
        (codecs.BOM_UTF8, "utf-8-sig"),
        (codecs.BOM_UTF16_LE, "utf-16"),
        (codecs.BOM_UTF16_BE, "utf-16"),
    ):
        if data.startswith(mark):
            return _decoded(data, [encoding])
    return _decoded(data, _encodings_without_mark(data))


def _encodings_without_mark(data: bytes) -> list[str]:
    start = data[:4000]
    # Western text in UTF-16 has a zero in every other byte; which one tells the byte order.
    if start[1::2].count(0) > len(start) / 4:
        return ["utf-16-le"]
    if start[0::2].count(0) > len(start) / 4:
        return ["utf-16-be"]
    return ["utf-8", "cp1252"]


def _decoded(data: bytes, encodings: list[str]) -> str:
    for encoding in encodings:
        try:
            text = data.decode(encoding)
        except UnicodeDecodeError:
            continue
        if "\0" not in text:
            return text
    raise SpreadsheetProblem(
        _(
            "This file is not plain text. In your spreadsheet program choose “Save as” and the type “CSV UTF-8” or “.xlsx”."
        )
    )


def read_delimited(data: bytes) -> Iterator[tuple[int, list[str]]]:
    """Numbered lines of a CSV file; the separator is found by looking."""
    text = decode(data)
    first_line = text.splitlines()[0] if text else ""
    hint = _HINT.match(first_line)
    delimiter = hint[1] if hint else _guess_delimiter(text)
    reader = csv.reader(io.StringIO(text, newline=""), delimiter=delimiter, strict=True)
    number = 0
    try:
        for number, cells in enumerate(reader, start=1):
            if not (hint and number == 1):
                yield number, [_cell(text) for text in cells]
    except csv.Error as problem:
        words = _('The quotation marks in row %(row)s do not match. A cell that begins with " must end with one.')
        raise SpreadsheetProblem(words % {"row": number + 1}) from problem


def _cell(text: str) -> str:
    text = clean(text)
    # Our own downloads put a quote before what a spreadsheet program would calculate; it comes off on the way back.
    return text[1:] if text.startswith("'") and text[1:].startswith(FORMULA_STARTS) else text


def _guess_delimiter(text: str) -> str:
    """The separator that cuts most of the first lines into the same number of cells, the more cells the better."""

    def evenness(delimiter: str) -> tuple[int, int]:
        reader = csv.reader(io.StringIO(text, newline=""), delimiter=delimiter)
        try:
            widths = Counter(len(cells) for cells in itertools.islice(reader, 20) if len(cells) > 1)
        except csv.Error:
            return (0, 0)
        return (max(widths.values()), max(widths)) if widths else (0, 0)

    return max(DELIMITERS, key=evenness)
