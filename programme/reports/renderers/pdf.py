"""A compiled report as a tagged PDF (PDF/UA-1), drawn by Typst from the document's JSON and nothing else."""

import json
from functools import cache
from pathlib import Path
from typing import Any

import typst
from django.utils.translation import gettext as _

from programme.reports.renderers.glyphs import covered, printable

TEMPLATES = Path(__file__).resolve().parent.parent / "typst"
FONTS = TEMPLATES / "fonts"


def render_pdf(document: dict[str, Any]) -> bytes:
    """Text stays text: Typst reads the JSON as data, and sees no file outside its own folder."""
    glyphs = covered(FONTS / "LiberationSans-Regular.ttf") & covered(FONTS / "LiberationSans-Bold.ttf")
    spoken = {
        "author": "Common Ground",
        "description": document["heading"],
        "page_words": _("Page %(page)s of %(pages)s"),
    }
    data = printable({**document, **spoken}, glyphs)
    return typst.compile(
        TEMPLATES / "report.typ",
        root=TEMPLATES,
        font_paths=_fonts(),
        sys_inputs={"document": json.dumps(data)},
        format="pdf",
        pdf_standards="ua-1",
    )


@cache
def _fonts() -> typst.Fonts:
    """Only ours, so that a report looks the same on every machine."""
    return typst.Fonts(include_system_fonts=False, include_embedded_fonts=False, font_paths=[FONTS])
