"""Spreadsheets as people send them: every encoding and separator, and the files that must be refused in words."""

import codecs
import io
import tracemalloc
import zipfile

import openpyxl
import pytest

from programme.lib.spreadsheets import Row, SpreadsheetProblem, read_table, safe_cell, to_csv, to_workbook

LINES = [["Name", "E-mail"], ["Zoë O’Brien", "zoe@example.org"], ["Jo Bloggs", "jo@example.org"]]
ROWS = [Row(2, LINES[1]), Row(3, LINES[2])]


def as_text(delimiter=","):
    return "\r\n".join(delimiter.join(line) for line in LINES)


def workbook_of(lines, change=None):
    workbook = openpyxl.Workbook()
    for line in lines:
        workbook.active.append(line)
    if change:
        change(workbook)
    out = io.BytesIO()
    workbook.save(out)
    return out.getvalue()


def repacked(data, *, replace=None, add=None):
    """The same workbook with parts exchanged or added."""
    out = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(data)) as old, zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as new:
        for part in old.infolist():
            text = old.read(part)
            new.writestr(part.filename, (replace or {}).get(part.filename, lambda same: same)(text))
        for name, text in (add or {}).items():
            new.writestr(name, text)
    return out.getvalue()


def words_of(data, file_name="people.xlsx", **limits):
    with pytest.raises(SpreadsheetProblem) as caught:
        read_table(data, file_name=file_name, **limits)
    return caught.value.words


@pytest.mark.parametrize("delimiter", [",", ";", "\t"])
@pytest.mark.parametrize(
    "encode",
    [
        lambda text: text.encode(),
        lambda text: text.encode("utf-8-sig"),
        lambda text: text.encode("cp1252"),
        lambda text: text.encode("utf-16"),
        lambda text: codecs.BOM_UTF16_BE + text.encode("utf-16-be"),
        lambda text: text.encode("utf-16-le"),
        lambda text: text.encode("utf-16-be"),
    ],
)
def test_every_encoding_and_separator_reads_the_same(encode, delimiter):
    table = read_table(encode(as_text(delimiter)), file_name="People.CSV")

    assert (table.headers, table.rows, table.notes) == (LINES[0], ROWS, [])


def test_workbook_reads_the_same():
    table = read_table(workbook_of(LINES), file_name="people.xlsx")

    assert (table.headers, table.rows, table.notes) == (LINES[0], ROWS, [])


def test_separators_inside_cells_do_not_mislead():
    text = 'Name;Job title;E-mail\n"Bloggs, Jo";"Head, people, and places";jo@example.org\n'

    assert read_table(text.encode(), file_name="a.csv").rows == [
        Row(2, ["Bloggs, Jo", "Head, people, and places", "jo@example.org"])
    ]


def test_excels_separator_hint_is_obeyed():
    table = read_table(b"sep=;\r\nName;E-mail\r\nJo;jo@example.org\r\n", file_name="a.csv")

    assert (table.headers, table.rows) == (["Name", "E-mail"], [Row(3, ["Jo", "jo@example.org"])])


def test_spare_spaces_invisible_characters_and_empty_lines_go():
    text = "Name ,E-mail,,\n,,,\n \u00a0Jo\u200b  Bloggs\u202e , jo@example.org\u00a0,,\n"

    table = read_table(text.encode(), file_name="a.csv")

    assert (table.headers, table.rows) == (["Name", "E-mail"], [Row(3, ["Jo Bloggs", "jo@example.org"])])


def test_title_above_the_headings_is_left_out_and_told():
    table = read_table(b"People of the programme\n\nName,E-mail\nJo,jo@example.org\n", file_name="a.csv")

    assert (table.headers, table.rows) == (["Name", "E-mail"], [Row(4, ["Jo", "jo@example.org"])])
    assert table.notes == ["Row 3 was taken for the headings; what stands above it was left out."]


def test_rows_are_as_wide_as_the_widest():
    table = read_table(b"Name,E-mail\nJo\nBo,bo@example.org,more\n", file_name="a.csv")

    assert table.headers == ["Name", "E-mail", ""]
    assert [row.cells for row in table.rows] == [["Jo", "", ""], ["Bo", "bo@example.org", "more"]]


def test_unmatched_quotation_mark_is_refused_with_its_row():
    assert "row 3" in words_of(b'Name,E-mail\nJo,jo@example.org\n"Bo,bo@example.org\nCy,cy@example.org\n', "a.csv")


def test_numbers_and_dates_of_a_workbook_become_plain_text():
    def dates(workbook):
        workbook.epoch = openpyxl.utils.datetime.CALENDAR_MAC_1904
        workbook.active["C2"] = openpyxl.utils.datetime.from_excel(44562)

    data = workbook_of([["A", "B", "C", "D"], [4.1, 7, None, True]], dates)

    assert read_table(data, file_name="a.xlsx").rows == [Row(2, ["4.1", "7", "2022-01-01", "True"])]


def test_formulas_are_refused_by_cell():
    words = words_of(workbook_of([["Name", "E-mail"], ["Jo", '=CONCAT("jo@","example.org")'], ["=1+1", "x"]]))

    assert "B2, A3" in words
    assert "values" in words


def test_hidden_rows_are_read_and_told():
    def hide(workbook):
        workbook.active.row_dimensions[3].hidden = True

    table = read_table(workbook_of(LINES, hide), file_name="a.xlsx")

    assert table.rows == ROWS
    assert table.notes == ["Rows hidden in your sheet were read too: 3."]


def test_first_visible_sheet_is_read_and_the_others_told():
    def more(workbook):
        workbook.active.title = "People"
        workbook.create_sheet("Cover", 0).sheet_state = "hidden"
        workbook.create_sheet("Notes")
        workbook.active = 1

    table = read_table(workbook_of(LINES, more), file_name="a.xlsx")

    assert table.rows == ROWS
    assert table.notes == ["The sheet “People” was read; the other sheets were left out."]


def test_size_a_sheet_claims_is_not_believed():
    lie = {"xl/worksheets/sheet1.xml": lambda xml: xml.replace(b'ref="A1:B3"', b'ref="A1:A1"')}

    assert read_table(repacked(workbook_of(LINES), replace=lie), file_name="a.xlsx").rows == ROWS


@pytest.mark.parametrize(
    ("data", "file_name", "expected"),
    [
        (b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + b"\0" * 600, "a.xls", "old Excel file"),
        (b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + b"\0" * 600, "a.xlsx", "old Excel file"),
        (b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + "EncryptedPackage".encode("utf-16-le"), "a.xlsx", "password"),
        (b"PK\x03\x04", "a.xlsm", "macros"),
        (b"PK\x03\x04", "a.ods", "Save the list"),
        (b"%PDF-1.7 ...", "a.pdf", "must be an Excel workbook"),
        (b"PK\x03\x04", "a.docx", "must be an Excel workbook"),
        (b"\x89PNG\r\n\x1a\n....", "photo.csv", "something else"),
        (b"\x89PNG\r\n\x1a\n....", "photo.xlsx", "something else"),
        (b"%PDF-1.7 ...", "list.csv", "something else"),
        (b"<html><table></table>", "list.csv", "something else"),
        (b"PK\x03\x04", "list.csv", "something else"),
        (b"Name,E-mail\n", "list.xlsx", "something else"),
        (b"PK\x03\x04 and then nothing", "list.xlsx", "damaged"),
        (bytes(range(1, 256)) * 3 + b"\x81\0\0", "list.csv", "not plain text"),
        (b"Name", "list", "must be an Excel workbook"),
        (b" \n ", "list.csv", "empty"),
        (b",,,\n,,\n", "list.csv", "empty"),
    ],
)
def test_wrong_files_are_refused_in_words(data, file_name, expected):
    assert expected in words_of(data, file_name)


def test_word_document_renamed_is_refused():
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w") as archive:
        archive.writestr("[Content_Types].xml", "<Types/>")
        archive.writestr("word/document.xml", "<document/>")

    assert "not an Excel workbook" in words_of(out.getvalue())


def test_macros_are_refused_whatever_the_name():
    assert "macros" in words_of(repacked(workbook_of(LINES), add={"xl/vbaProject.bin": b"x"}))


def test_password_on_a_zip_part_is_refused():
    data = bytearray(workbook_of(LINES))
    at = data.find(b"PK\x01\x02")
    data[at + 8] |= 1

    assert "password" in words_of(bytes(data))


@pytest.mark.parametrize("encoding", ["utf-8", "utf-16"])
def test_declared_entities_are_refused(encoding):
    bomb = '<!DOCTYPE x [<!ENTITY a "boom">]>'
    with_bomb = {"xl/worksheets/sheet1.xml": lambda xml: (bomb + xml.decode().replace("Name", "&a;")).encode(encoding)}

    assert "no spreadsheet program writes" in words_of(repacked(workbook_of(LINES), replace=with_bomb))


def test_document_type_alone_is_refused():
    declared = {"xl/workbook.xml": lambda xml: b"<!DOCTYPE workbook>" + xml}

    assert "no spreadsheet program writes" in words_of(repacked(workbook_of(LINES), replace=declared))


@pytest.mark.parametrize(
    "add",
    [
        {"xl/media/zeros.bin": b"\0" * 21_000_000},
        {"xl/media/zeros.bin": b"\0" * 3_000_000},
        {f"xl/part{i}.xml": b"<x/>" for i in range(250)},
    ],
)
def test_zip_bombs_are_refused_before_unpacking(add):
    data = repacked(workbook_of(LINES), add=add)

    tracemalloc.start()
    words = words_of(data)
    _now, peak = tracemalloc.get_traced_memory()
    tracemalloc.stop()

    assert "too big" in words
    assert peak < 2_000_000


def test_shared_text_repeated_over_the_sheet_is_refused():
    long = "x" * 1_900
    data = to_workbook({"People": [["A"] * 40] + [[long] * 40 for _ in range(200)]})

    assert len(data) < 100_000
    assert "too much text" in words_of(data)


def test_file_over_two_megabytes_is_refused():
    assert "2.1 MB" in words_of(b"Name\n" + b"x" * 2_100_000, "a.csv")


def test_row_and_column_limits_stop_the_reading():
    many = "Name,E-mail\n" + "Jo,jo@example.org\n" * 2_001
    wide = ",".join("abcdefgh") + "\n"

    assert "more than 2,000 rows" in words_of(many.encode(), "a.csv")
    assert "more than 5 columns" in words_of(wide.encode(), "a.csv", max_columns=5)
    assert "more than 2 rows" in words_of(workbook_of([*LINES, ["Bo", "bo@example.org"]]), max_rows=2)
    assert "more than 1 columns" in words_of(workbook_of(LINES), max_columns=1)


def test_two_thousand_rows_are_just_allowed():
    lines = [["Name", "E-mail"], *([f"Person {i}", f"p{i}@example.org"] for i in range(2_000))]

    assert len(read_table(to_csv(lines), file_name="a.csv").rows) == 2_000
    assert len(read_table(to_workbook({"People": lines}), file_name="a.xlsx").rows) == 2_000


def with_rows(rows):
    """A workbook whose sheet holds these further rows of XML."""
    end = b"</sheetData>"
    return repacked(workbook_of(LINES), replace={"xl/worksheets/sheet1.xml": lambda xml: xml.replace(end, rows + end)})


def test_long_sheet_of_short_rows_is_refused_without_reading_it_all():
    row = '<row r="{0}"><c r="A{0}" t="inlineStr"><is><t>Person {0}</t></is></c></row>'
    data = with_rows("".join(row.format(number) for number in range(4, 150_000)).encode())
    assert len(data) < 2_000_000

    tracemalloc.start()
    words = words_of(data)
    _now, peak = tracemalloc.get_traced_memory()
    tracemalloc.stop()

    assert "more than 2,000 rows" in words
    assert peak < 60_000_000


def test_cell_in_the_millionth_row_is_refused_without_walking_there():
    assert "below row 40,000" in words_of(with_rows(b'<row r="1048576"><c r="A1048576"><v>1</v></c></row>'))


@pytest.mark.parametrize("start", ["=", "+", "-", "@", "\t=", "\r", "\0", " =", "＝"])
def test_cells_that_would_be_calculated_get_a_quote(start):
    assert safe_cell(f"{start}1+1") == f"'{start}1+1"


def test_ordinary_cells_stay():
    assert [safe_cell(text) for text in ["Jo", "a=b", "", "'x"]] == ["Jo", "a=b", "", "'x"]


def test_dangerous_text_survives_the_way_out_and_back():
    payloads = ["=cmd|' /C calc'!A0", "+44 1392", "-1+1", "@SUM(A1)", '=HYPERLINK("http://x")', "http://example.org"]
    lines = [["Name", "Note"], *([payload, "x"] for payload in payloads)]

    csv_back = read_table(to_csv(lines), file_name="a.csv")
    workbook_back = read_table(to_workbook({"People": lines}), file_name="a.xlsx")

    assert [row.cells[0] for row in csv_back.rows] == payloads
    assert [row.cells[0] for row in workbook_back.rows] == payloads
    raw = openpyxl.load_workbook(io.BytesIO(to_workbook({"People": lines})))["People"]
    assert {cell.data_type for cell in raw["A"]} == {"s"}
    assert to_csv(lines).decode("utf-8-sig").splitlines()[1].startswith("'=cmd")
