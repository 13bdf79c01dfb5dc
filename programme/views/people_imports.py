"""People from a spreadsheet: upload, check, mend, save."""

from django.contrib import messages
from django.core.exceptions import ValidationError
from django.core.paginator import Paginator
from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.utils.http import content_disposition_header
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from programme.enums import ImportState, ListedState, Role
from programme.forms.people_imports import PeopleColumnsForm, PeopleConfirmForm, PeopleUploadForm
from programme.lib import people_columns
from programme.lib.spreadsheets import SpreadsheetProblem
from programme.models.people_imports import PeopleImport
from programme.queries.people_imports import preview
from programme.queries.people_sheets import SHEET_TYPES, problem_sheet, template_sheet
from programme.services.people_imports import choose_columns, confirm_import, discard_import, start_import
from programme.views.access import open_programme

REMARKS_SHOWN = 100
PEOPLE_PER_PAGE = 100


@require_http_methods(["GET", "POST"])
def people_import_new(request, programme_id):
    programme = open_programme(request, programme_id, Role.FACILITATOR)
    form = PeopleUploadForm(request.POST, request.FILES) if request.method == "POST" else PeopleUploadForm()
    if form.is_valid():
        file = form.cleaned_data["file"]
        try:
            people_import = start_import(programme, actor=request.user, data=file.read(), file_name=file.name)
        except SpreadsheetProblem as problem:
            form.add_error("file", problem.words)
        else:
            return redirect("people_import", programme_id=programme.pk, import_id=people_import.pk)
    waiting = PeopleImport.objects.visible_to(request.user).waiting().filter(programme=programme).defer("table")
    return render(request, "programme/people_import_new.html", {"form": form, "waiting": waiting})


@require_GET
def people_import_template(request, programme_id, kind):
    """An empty list with the right headings and notes on how to fill it in."""
    programme = open_programme(request, programme_id, Role.FACILITATOR)
    if kind not in SHEET_TYPES:
        raise Http404
    name = _("People of %(programme)s") % {"programme": programme}
    return _download(template_sheet(programme, kind=kind), name=name, kind=kind)


@require_GET
def people_import(request, programme_id, import_id):
    """What the list would change; or, once saved, which rows were left out."""
    people_import = _open_import(request, programme_id, import_id)
    if not people_columns.are_enough(people_import.columns):
        return _columns_page(request, people_import, _columns_form(people_import))
    return _preview_page(request, people_import)


@require_http_methods(["GET", "POST"])
def people_import_columns(request, programme_id, import_id):
    people_import = _open_import(request, programme_id, import_id)
    form = _columns_form(people_import, request.POST if request.method == "POST" else None)
    if form.is_valid():
        choose_columns(people_import, columns=form.cleaned_data)
        return redirect("people_import", programme_id=programme_id, import_id=import_id)
    return _columns_page(request, people_import, form)


@require_POST
def people_import_confirm(request, programme_id, import_id):
    people_import = _open_import(request, programme_id, import_id)
    plan = preview(people_import)
    form = PeopleConfirmForm(request.POST, preview=plan)
    saved = None
    if people_import.state == ImportState.PREVIEW:
        saved = _confirmed(people_import, form, actor=request.user)
        if not form.is_valid():
            return _preview_page(request, people_import, plan=plan, form=form)
    messages.success(request, _told(saved))
    if saved is not None and not saved.left_out:
        return redirect("member_list", programme_id=programme_id)
    return redirect("people_import", programme_id=programme_id, import_id=import_id)


@require_POST
def people_import_discard(request, programme_id, import_id):
    people_import = _open_import(request, programme_id, import_id)
    discard_import(people_import)
    messages.success(request, _("The list was thrown away. Nobody was added or changed."))
    return redirect("people_import_new", programme_id=programme_id)


@require_GET
def people_import_problems(request, programme_id, import_id):
    """The same sheet with a column that says what is wrong."""
    people_import = _open_import(request, programme_id, import_id)
    kind = "xlsx" if people_import.file_name.lower().endswith(".xlsx") else "csv"
    name = _("%(name)s with problems") % {"name": people_import.file_name.rpartition(".")[0]}
    return _download(problem_sheet(people_import, kind=kind), name=name, kind=kind)


def _open_import(request, programme_id, import_id):
    programme = open_programme(request, programme_id, Role.FACILITATOR)
    imports = PeopleImport.objects.visible_to(request.user).select_related("programme")
    return get_object_or_404(imports, programme=programme, pk=import_id)


def _confirmed(people_import, form, *, actor):
    """Saves the list if the form is complete; what the services refuse becomes the form's error."""
    if not form.is_valid():
        return None
    try:
        return confirm_import(
            people_import,
            actor=actor,
            at=timezone.now(),
            organisations=form.organisation_decisions,
            teams=form.team_decisions,
        )
    except ValidationError as problem:
        form.add_error(None, problem.messages)
        return None


def _columns_form(people_import, data=None):
    return PeopleColumnsForm(data, table=people_import.table, initial=people_import.columns)


def _columns_page(request, people_import, form):
    return render(request, "programme/people_import_columns.html", {"people_import": people_import, "form": form})


def _preview_page(request, people_import, *, plan=None, form=None):
    plan = plan or preview(people_import)
    show = request.GET.get("show", "")
    people = [person for person in plan.people if not show or person.state == show]
    counts = plan.counts
    context = {
        "people_import": people_import,
        "saved": people_import.state == ImportState.CONFIRMED,
        "plan": plan,
        "form": form or PeopleConfirmForm(preview=plan),
        "counts": [(state, state.label, counts[state.value]) for state in ListedState],
        "show": show,
        "saving": len(plan.to_save),
        "left_out": counts[ListedState.PROBLEM],
        "page": Paginator(people, PEOPLE_PER_PAGE).get_page(request.GET.get("page")),
        "problems": plan.problems[:REMARKS_SHOWN],
        "more_problems": len(plan.problems[REMARKS_SHOWN:]),
        "warnings": plan.warnings[:REMARKS_SHOWN],
        "more_warnings": len(plan.warnings[REMARKS_SHOWN:]),
        "columns": _columns_in_words(people_import),
    }
    return render(request, "programme/people_import.html", context)


def _columns_in_words(people_import):
    headers = people_import.table["headers"]
    return [
        {"key": label, "value": headers[people_import.columns[name]]}
        for name, label in people_columns.LABELS.items()
        if name in people_import.columns
    ]


def _told(saved):
    if saved is None:
        return _("This list had been saved already. Nothing was saved twice.")
    counts = {"added": saved.added, "changed": saved.changed, "unchanged": saved.unchanged}
    words = _("Saved: %(added)s added, %(changed)s changed, %(unchanged)s as before.") % counts
    if saved.left_out:
        words = f"{words} {_('Left out: %(count)s.') % {'count': saved.left_out}}"
    return words


def _download(data, *, name, kind):
    response = HttpResponse(data, content_type=SHEET_TYPES[kind])
    response["Content-Disposition"] = content_disposition_header(True, f"{name}.{kind}")
    return response
