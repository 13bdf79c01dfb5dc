"""Released results: the list, one group's page, its sheet, its steps on a screen."""

from uuid import UUID

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.utils.text import slugify
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from assessments.enums import WaveState
from assessments.models.waves import Wave
from assessments.permissions import sees_all_groups
from assessments.presenting.figures import group_figure
from assessments.presenting.pages import ResultsPage, own_cuts, results_page
from assessments.presenting.relationships import relationship_lines
from assessments.presenting.sheets import comment_lines, notes_of, sheet_of
from assessments.queries.results import finished_waves, place_in, told_to
from assessments.results import finding, released_results
from programme.enums import AuditAction
from programme.lib.spreadsheets import to_csv
from programme.models.programmes import Programme
from programme.permissions import runs_programme
from programme.services.audit import record
from programme.views.access import open_programme


@require_safe
def result_list(request: HttpRequest, programme_id: UUID) -> HttpResponse:
    programme = open_programme(request, programme_id)
    found = {results.wave_id: results for results in released_results(programme)}
    runs = runs_programme(request.member)
    waves = told_to(finished_waves(programme), request.member)
    context = {
        "released": [(wave, finding(found[wave.pk])) for wave in waves if wave.pk in found],
        "waiting": [wave for wave in waves if wave.state == WaveState.CLOSED] if runs else [],
        "runs": runs,
    }
    return render(request, "assessments/result_list.html", context)


@require_safe
def wave_results(request: HttpRequest, programme_id: UUID, wave_id: UUID) -> HttpResponse:
    programme, wave = _released_wave(request, programme_id, wave_id)
    page = _page(request, programme, wave)
    context = {"wave": wave, "page": page, "runs": runs_programme(request.member)}
    return render(request, "assessments/result_detail.html", context)


@require_safe
def wave_results_step(request: HttpRequest, programme_id: UUID, wave_id: UUID) -> HttpResponse:
    """For a screen in a session: one thought a step, moved by plain links."""
    programme, wave = _released_wave(request, programme_id, wave_id)
    page = _page(request, programme, wave)
    measures = page.results.measures
    last = len(measures) + 1
    asked = request.GET.get("step", "0")
    step = min(int(asked), last) if asked.isdecimal() else 0
    measure = measures[step - 1] if 0 < step < last else None
    context = {
        "wave": wave,
        "page": page,
        "step": step,
        "steps": last + 1,
        "last": last,
        "measure": measure,
        "figure": group_figure(page.history, page.cut, [measure]) if measure else None,
    }
    return render(request, "assessments/result_step.html", context)


@require_safe
def wave_results_sheet(request: HttpRequest, programme_id: UUID, wave_id: UUID) -> HttpResponse:
    """The page as a CSV file: the group and, where the page has them, the organisations side by side."""
    programme, wave = _released_wave(request, programme_id, wave_id)
    page = _page(request, programme, wave)
    matrix = page.relationships
    if matrix is None:
        lines = sheet_of(page.history, [page.cut, *page.beside])
    else:
        lines = [*relationship_lines(page.results, matrix), [], *([note] for note in notes_of(page.results))]
    if page.comments:
        lines += [[], *comment_lines(page.comments)]
    name = f"{slugify(wave.title) or 'results'}-{slugify(page.cut.label)}.csv"
    record(
        AuditAction.EXPORTED, actor=request.user, programme=programme, subject=wave, name=_("results of a group"),
        title=wave.title, group=page.cut.label,
    )  # fmt: skip
    response = HttpResponse(to_csv(lines), content_type="text/csv; charset=utf-8")
    response["Content-Disposition"] = f'attachment; filename="{name}"'
    return response


def _released_wave(request: HttpRequest, programme_id: UUID, wave_id: UUID) -> tuple[Programme, Wave]:
    programme = open_programme(request, programme_id)
    waves = Wave.objects.visible_to(request.user).released().select_related("instrument_version")
    return programme, get_object_or_404(told_to(waves, request.member), programme=programme, pk=wave_id)


def _page(request: HttpRequest, programme: Programme, wave: Wave) -> ResultsPage:
    released = released_results(programme)
    results = next(found for found in released if found.wave_id == wave.pk)
    everything = sees_all_groups(request.member)
    own = None if everything else place_in(wave, request.member)
    cuts = results.cuts if own is None else own_cuts(results, own)
    page = results_page(
        results, released, cuts, request.GET.get("cut", ""), with_comments=runs_programme(request.member), own=own
    )
    if page is None:
        raise Http404
    return page
