"""A questionnaire on paper: to read, to think over, for large print. It carries no name and is handed to nobody."""

from uuid import UUID

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from assessments.definitions import Kind
from assessments.queries.instruments import asked_pages
from assessments.views.waves import open_wave_page


@require_safe
def wave_paper(request: HttpRequest, programme_id: UUID, wave_id: UUID) -> HttpResponse:
    programme, wave = open_wave_page(request, programme_id, wave_id)
    definition = wave.instrument_version.definition
    context = {
        "wave": wave,
        "definition": definition,
        "pages": asked_pages(definition),
        "has_texts": bool(definition.text_items),
        "about_each_team": definition.kind is Kind.RELATIONSHIPS,
        "privacy_text": wave.privacy_text or programme.privacy_text,
    }
    return render(request, "assessments/wave_paper.html", context)
