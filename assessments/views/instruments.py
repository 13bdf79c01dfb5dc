"""The administrator's instruments: which there are, a new one with its preview, and each as a file."""

from uuid import UUID

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_safe

from assessments.definitions import dump
from assessments.forms.instruments import InstrumentForm
from assessments.models.instruments import InstrumentVersion
from assessments.queries.answering import minutes_needed
from assessments.queries.instruments import asked_pages
from assessments.services.instruments import InstrumentInUse, load_instrument
from programme.views.access import administrator_required


@require_safe
@administrator_required
def instrument_list(request: HttpRequest) -> HttpResponse:
    return render(request, "assessments/instrument_list.html", {"versions": InstrumentVersion.objects.with_use()})


@require_http_methods(["GET", "POST"])
@administrator_required
def instrument_new(request: HttpRequest) -> HttpResponse:
    """Every problem with its line, or a preview; only the preview's button loads it."""
    form = InstrumentForm(request.POST or None, request.FILES or None)
    if request.method != "POST" or not form.is_valid():
        return render(request, "assessments/instrument_new.html", {"form": form})
    if "load" in request.POST:
        try:
            version = load_instrument(form.cleaned_data["definition_text"], actor=request.user)
        except InstrumentInUse as problem:
            form.add_error(None, problem.words)
            return render(request, "assessments/instrument_new.html", {"form": form})
        messages.success(request, _("%(instrument)s is ready to use.") % {"instrument": version})
        return redirect("assessments:instrument_detail", instrument_id=version.pk)
    context = {"text": form.cleaned_data["definition_text"], **_shown(form.definition)}
    return render(request, "assessments/instrument_preview.html", context)


@require_safe
@administrator_required
def instrument_detail(request: HttpRequest, instrument_id: UUID) -> HttpResponse:
    version = get_object_or_404(InstrumentVersion.objects.with_use(), pk=instrument_id)
    return render(request, "assessments/instrument_detail.html", {"version": version, **_shown(version.definition)})


@require_safe
@administrator_required
def instrument_download(request: HttpRequest, instrument_id: UUID) -> HttpResponse:
    version = get_object_or_404(InstrumentVersion, pk=instrument_id)
    response = HttpResponse(dump(version.definition), content_type="application/yaml; charset=utf-8")
    response["Content-Disposition"] = f'attachment; filename="{version.key}-{_file_part(version.version)}.yaml"'
    return response


def _shown(definition) -> dict:
    return {"definition": definition, "pages": asked_pages(definition), "minutes": minutes_needed(definition)}


def _file_part(text: str) -> str:
    return "".join(sign if sign.isascii() and (sign.isalnum() or sign in ".-") else "-" for sign in text)
