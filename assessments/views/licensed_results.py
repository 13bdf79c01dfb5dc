"""A facilitator's way with a licensed provider's results: upload, preview, confirm, undo, or type in."""

from uuid import UUID

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from assessments.forms.licensed_results import ChooseForm, ScoresForm, UploadForm
from assessments.models.instruments import InstrumentVersion
from assessments.models.licensed_results import ResultsImport
from assessments.queries.licensed_results import people_with_results, preview_import
from assessments.services.licensed_results import (
    confirm_import,
    discard_import,
    enter_result,
    undo_import,
    upload_results,
)
from programme.enums import Role
from programme.lib.spreadsheets import SpreadsheetProblem, to_csv
from programme.models.members import Member
from programme.models.programmes import Programme
from programme.views.access import open_programme

ASK_OR_DO = ["GET", "POST"]


@require_safe
def licensed_result_list(request: HttpRequest, programme_id: UUID) -> HttpResponse:
    programme = open_programme(request, programme_id, Role.FACILITATOR)
    imports = ResultsImport.objects.visible_to(request.user).filter(programme=programme)
    context = {
        "people": people_with_results(programme),
        "waiting": imports.filter(confirmed_at=None).select_related("instrument_version", "uploaded_by"),
        "imports": imports.exclude(confirmed_at=None).with_counts().select_related("instrument_version", "uploaded_by"),
        **_instruments(),
    }
    return render(request, "assessments/licensed_result_list.html", context)


@require_http_methods(ASK_OR_DO)
def licensed_result_upload(request: HttpRequest, programme_id: UUID) -> HttpResponse:
    programme = open_programme(request, programme_id, Role.FACILITATOR)
    form = UploadForm(request.POST or None, request.FILES or None)
    if request.method == "POST" and form.is_valid():
        try:
            version = form.cleaned_data["instrument_version"]
            upload = upload_results(programme, actor=request.user, instrument_version=version, **form.upload())
        except SpreadsheetProblem as problem:
            form.add_error("file" if form.cleaned_data.get("file") else "pasted", problem.words)
        else:
            return _to_import(upload)
    return render(request, "assessments/licensed_result_upload.html", {"form": form, **_instruments()})


@require_http_methods(ASK_OR_DO)
def licensed_import_detail(request: HttpRequest, programme_id: UUID, import_id: UUID) -> HttpResponse:
    """What the upload would change, line by line; confirming saves it. Afterwards what it did."""
    _programme, upload = _open_import(request, programme_id, import_id)
    if request.method == "POST":
        people = confirm_import(upload, actor=request.user, at=timezone.now())
        words = ngettext("The results of %(n)s person are saved.", "The results of %(n)s people are saved.", people)
        messages.success(request, words % {"n": people} if people else _("There was nothing new to save."))
        return redirect("assessments:licensed_result_list", programme_id=programme_id)
    if upload.confirmed_at:
        return redirect("assessments:licensed_result_list", programme_id=programme_id)
    context = {"upload": upload, "preview": preview_import(upload), "definition": upload.instrument_version.definition}
    return render(request, "assessments/licensed_import_detail.html", context)


@require_POST
def licensed_import_discard(request: HttpRequest, programme_id: UUID, import_id: UUID) -> HttpResponse:
    _programme, upload = _open_import(request, programme_id, import_id)
    discard_import(upload)
    messages.success(request, _("The upload is thrown away. Nothing of it was saved."))
    return redirect("assessments:licensed_result_list", programme_id=programme_id)


@require_http_methods(ASK_OR_DO)
def licensed_import_undo(request: HttpRequest, programme_id: UUID, import_id: UUID) -> HttpResponse:
    _programme, upload = _open_import(request, programme_id, import_id)
    if request.method == "POST":
        if undo_import(upload, actor=request.user, at=timezone.now()):
            messages.success(request, _("The import is undone. What was held before holds again."))
        else:
            messages.info(request, _("This import was undone already."))
        return redirect("assessments:licensed_result_list", programme_id=programme_id)
    return render(request, "assessments/licensed_import_undo.html", {"upload": upload})


@require_http_methods(ASK_OR_DO)
def licensed_result_enter(request: HttpRequest, programme_id: UUID) -> HttpResponse:
    """First whose and which, then the numbers."""
    programme = open_programme(request, programme_id, Role.FACILITATOR)
    people = Member.objects.visible_to(request.user).current().filter(programme=programme).select_related("programme")
    choice = ChooseForm(request.GET if "member" in request.GET else None, people=people)
    if not choice.is_valid():
        return render(request, "assessments/licensed_result_choose.html", {"form": choice})
    version, member = choice.cleaned_data["instrument_version"], choice.cleaned_data["member"]
    form = ScoresForm(request.POST or None, definition=version.definition)
    if request.method == "POST" and form.is_valid():
        enter_result(member, actor=request.user, at=timezone.now(), instrument_version=version, **form.values())
        messages.success(request, _("The results of %(name)s are saved.") % {"name": member.name})
        return redirect("assessments:licensed_result_list", programme_id=programme.pk)
    context = {"form": form, "version": version, "definition": version.definition, "person": member}
    return render(request, "assessments/licensed_result_enter.html", context)


@require_safe
def licensed_result_template(request: HttpRequest, programme_id: UUID, instrument_id: UUID) -> HttpResponse:
    """An empty table with the right headings and the programme's people, to fill in."""
    programme = open_programme(request, programme_id, Role.FACILITATOR)
    version = get_object_or_404(InstrumentVersion.objects.licensed_results(), pk=instrument_id)
    people = Member.objects.visible_to(request.user).current().participants().filter(programme=programme)
    heads = [_("E-mail"), _("Name"), *(scale.name for scale in version.definition.scales)]
    if version.definition.significant_count:
        heads.append(_("Significant"))
    rows = [[member.email, member.name] for member in people.select_related("user")]
    response = HttpResponse(to_csv([heads, *rows]), content_type="text/csv; charset=utf-8")
    response["Content-Disposition"] = f'attachment; filename="{version.key}.csv"'
    return response


def _instruments() -> dict:
    """The layouts there are, and each trade-mark notice once."""
    instruments = list(InstrumentVersion.objects.licensed_results())
    notices = dict.fromkeys(version.definition.trademark_notice for version in instruments)
    return {"instruments": instruments, "notices": [notice for notice in notices if notice]}


def _open_import(request: HttpRequest, programme_id: UUID, import_id: UUID) -> tuple[Programme, ResultsImport]:
    programme = open_programme(request, programme_id, Role.FACILITATOR)
    imports = ResultsImport.objects.visible_to(request.user).filter(programme=programme)
    upload = get_object_or_404(imports.with_counts().select_related("instrument_version", "programme"), pk=import_id)
    return programme, upload


def _to_import(upload: ResultsImport) -> HttpResponse:
    return redirect("assessments:licensed_import_detail", programme_id=upload.programme_id, import_id=upload.pk)
