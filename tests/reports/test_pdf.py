"""The PDF as another program reads it: tagged, in English, with a title, with the same values as the page."""

import io

import pypdf
import pytest

from assessments.results import CutKind, wave_results
from programme.reports.renderers.glyphs import covered, printable
from programme.reports.renderers.pdf import FONTS, render_pdf
from tests.factories.reports import compiled, make_report, pdf_of
from tests.reports.test_build import hide, numbers_in

PAYLOADS = ["#strong[x]", "$a^2$", "\\u{41}", "<script>alert(1)</script>", "*bold*", "{{7*7}}", '"quotes"', "= Heading"]


def reader(data):
    return pypdf.PdfReader(io.BytesIO(data))


def text_of(data):
    return " ".join(" ".join(page.extract_text() for page in reader(data).pages).split())


def structure(data):
    """Every tag of the structure tree with its alternative text."""
    found = []

    def walk(node):
        node = node.get_object() if hasattr(node, "get_object") else node
        if isinstance(node, list):
            for child in node:
                walk(child)
        elif isinstance(node, dict):
            if "/S" in node:
                found.append((node["/S"], node.get("/Alt")))
            if "/K" in node:
                walk(node["/K"])

    walk(reader(data).trailer["/Root"]["/StructTreeRoot"])
    return found


@pytest.fixture
def report(cast, story):
    story.add_meetings()
    return compiled(make_report(cast, wave=story.waves[2], title="Zoë’s results", commentary="We talk more."))


def test_pdf_is_tagged_titled_and_english(report):
    root = reader(pdf_of(report)).trailer["/Root"]

    assert root["/MarkInfo"]["/Marked"] == True  # noqa: E712
    assert root["/Lang"] == "en-GB"
    assert root["/ViewerPreferences"]["/DisplayDocTitle"] == True  # noqa: E712
    assert reader(pdf_of(report)).metadata.title == "Zoë’s results"
    assert b"<pdfuaid:part>1</pdfuaid:part>" in root["/Metadata"].get_data()


def test_structure_has_headings_tables_and_described_figures(report):
    tags = structure(pdf_of(report))

    kinds = [kind for kind, _alt in tags]
    assert {"/H1", "/H2", "/Table", "/TH", "/TD", "/Figure"} <= set(kinds)
    assert kinds.index("/H1") < kinds.index("/H2")
    described = [alt for kind, alt in tags if kind == "/Figure"]
    assert all(described)
    assert any(alt.startswith("Trust, Council: Baseline ") for alt in described)


def test_board_report_describes_its_timeline(cast, story):
    story.add_meetings()

    tags = structure(pdf_of(compiled(make_report(cast))))

    assert any(alt and "1 virtual, 1 hybrid and 1 in the room" in alt for _kind, alt in tags)


def test_every_number_of_the_document_stands_in_the_text(report):
    text = text_of(pdf_of(report))

    for block in report.document["blocks"]:
        if block["kind"] == "dimensions":
            assert all(group["now"] in text for row in block["rows"] for group in row["groups"])
        if block["kind"] == "table":
            assert all(cell in text for row in block["rows"] for cell in row if cell != "withheld")
    assert "We talk more." in text
    assert "Page 1 of" in text


def test_withheld_value_stands_nowhere_in_the_pdf(cast, story):
    """The hidden value is unlike all others, so it cannot be there by chance."""
    hidden = "3.6"
    report = compiled(make_report(cast, wave=story.waves[2]))
    trust = report.document["blocks"][0]["rows"][0]["groups"][1]
    assert (trust["label"], trust["now"]) == ("NHS trust", hidden)
    assert f"End {hidden}" in str(structure(pdf_of(report)))
    hide(story.waves[2], wave_results(story.waves[2]).cuts_of(CutKind.ORGANISATION)[1].key, "trust")

    report = compiled(report)

    text = text_of(pdf_of(report))
    assert "NHS trust Withheld" in text
    alts = [alt for kind, alt in structure(pdf_of(report)) if kind == "/Figure"]
    assert not [alt for alt in alts if alt.startswith("Trust, NHS trust")]
    trust = report.document["blocks"][0]["rows"][0]["groups"][1]
    assert float(hidden) not in numbers_in(trust["history"][2:]) | numbers_in(trust["now"])


@pytest.mark.parametrize("payload", PAYLOADS)
def test_text_is_never_read_as_markup(cast, payload):
    report = compiled(make_report(cast, title=payload, commentary=payload))

    assert reader(pdf_of(report)).metadata.title == payload
    assert text_of(pdf_of(report)).replace(" ", "").count(payload.replace(" ", "")) >= 2


def test_letters_the_font_lacks_do_not_stop_a_report(cast):
    report = compiled(make_report(cast, title="Łódź 😀 中文", commentary="Ça va\u200d\ufe0f \u202eevil \x07"))

    text = text_of(pdf_of(report))
    assert "Łódź ? ??" in text
    assert "Ça va" in text


def test_glyphs_of_the_font_are_known():
    glyphs = covered(FONTS / "LiberationSans-Regular.ttf")

    assert {ord(char) for char in "aZéŁΩЖ£€–“”…"} <= glyphs
    assert not glyphs & {0x1F600, 0x4E2D}
    assert printable({"a": ["x😀", 3, None, True]}, glyphs) == {"a": ["x?", 3, None, True]}


def test_same_document_gives_the_same_words_whatever_is_installed(report):
    """Only the fonts that come with the product are used."""
    fonts = {
        font["/BaseFont"].split("+")[-1]
        for page in reader(render_pdf(report.document)).pages
        for font in (ref.get_object() for ref in page["/Resources"]["/Font"].values())
    }

    assert fonts == {"LiberationSans", "LiberationSans-Bold"}
