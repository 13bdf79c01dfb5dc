"""A facilitator's questionnaires: the list, drafts with their previews, and what is seen while one is open."""

from uuid import UUID
from zoneinfo import ZoneInfo

from django.contrib import messages
from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_safe

from assessments import mail
from assessments.enums import WaveState
from assessments.forms.waves import WaveForm, usual_values, values_of
from assessments.models.instruments import InstrumentVersion
from assessments.models.waves import Wave
from assessments.queries.answering import minutes_needed
from assessments.queries.instruments import asked_pages
from assessments.queries.progress import (
    SMALLEST_COUNTED_GROUP,
    invitations_by_name,
    participation,
    people_progress,
    undelivered,
    wave_progress,
)
from assessments.queries.reminders import local_date, next_reminder, people_to_remind
from assessments.queries.waves import obstacles, people_not_asked, people_to_invite, small_groups
from assessments.services.waves import WaveProblem, change_wave, create_wave, discard_wave
from programme.enums import Role
from programme.models.programmes import Programme
from programme.permissions import runs_programme
from programme.views.access import open_programme

PEOPLE_A_PAGE = 100


@require_safe
def wave_list(request: HttpRequest, programme_id: UUID) -> HttpResponse:
    programme = open_programme(request, programme_id, Role.FACILITATOR, Role.EXECUTIVE)
    waves = Wave.objects.visible_to(request.user).filter(programme=programme)
    waves = list(waves.with_counts().select_related("instrument_version").prefetch_related("teams"))
    groups = [
        (_("Open now"), [wave for wave in waves if wave.state == WaveState.OPEN]),
        (_("Being prepared"), [wave for wave in waves if wave.state == WaveState.DRAFT]),
        (_("Closed, results not released yet"), [wave for wave in waves if wave.state == WaveState.CLOSED]),
        (_("Released"), [wave for wave in waves if wave.state == WaveState.RELEASED][::-1]),
    ]
    context = {
        "groups": [(title, found) for title, found in groups if found],
        "runs": runs_programme(request.member),
        "smallest": SMALLEST_COUNTED_GROUP,
        "can_ask": InstrumentVersion.objects.answerable().exists(),
    }
    return render(request, "assessments/wave_list.html", context)


@require_http_methods(["GET", "POST"])
def wave_new(request: HttpRequest, programme_id: UUID) -> HttpResponse:
    programme = open_programme(request, programme_id, Role.FACILITATOR)
    now = timezone.now()
    initial = usual_values(programme, today=now.astimezone(ZoneInfo(programme.time_zone)).date())
    form = WaveForm(request.POST or None, programme=programme, at=now, initial=initial)
    if request.method == "POST" and form.is_valid():
        wave = create_wave(programme, actor=request.user, **form.values())
        messages.success(request, _("The draft is saved. Nobody has been mailed yet."))
        return redirect("assessments:wave_detail", programme_id=programme.pk, wave_id=wave.pk)
    return render(request, "assessments/wave_form.html", {"form": form})


@require_http_methods(["GET", "POST"])
def wave_change(request: HttpRequest, programme_id: UUID, wave_id: UUID) -> HttpResponse:
    programme, wave = open_wave_page(request, programme_id, wave_id)
    if wave.state != WaveState.DRAFT:
        return _only_drafts(request, wave)
    form = WaveForm(request.POST or None, programme=programme, at=timezone.now(), initial=values_of(wave))
    if request.method == "POST" and form.is_valid():
        try:
            change_wave(wave, actor=request.user, **form.values())
        except WaveProblem as problem:
            form.add_error(None, list(problem.reasons))
        else:
            messages.success(request, _("The draft is changed. Nobody has been mailed yet."))
            return redirect("assessments:wave_detail", programme_id=programme.pk, wave_id=wave.pk)
    return render(request, "assessments/wave_form.html", {"form": form, "wave": wave})


@require_safe
def wave_detail(request: HttpRequest, programme_id: UUID, wave_id: UUID) -> HttpResponse:
    """A draft with what is still missing; afterwards who has answered: by name for facilitators, counts for executives."""
    _programme, wave = open_wave_page(request, programme_id, wave_id, Role.FACILITATOR, Role.EXECUTIVE)
    if not runs_programme(request.member):
        context = {"wave": wave, "progress": participation(wave), **_time_left(wave)}
        return render(request, "assessments/wave_participation.html", context)
    if wave.state == WaveState.DRAFT:
        return render(request, "assessments/wave_draft.html", {"wave": wave, **draft_facts(wave)})
    return render(request, "assessments/wave_tracker.html", {"wave": wave, **_tracker(request, wave)})


@require_safe
def wave_preview(request: HttpRequest, programme_id: UUID, wave_id: UUID) -> HttpResponse:
    """All pages of the questionnaire on one, as people will meet them, without anything to send."""
    _programme, wave = open_wave_page(request, programme_id, wave_id)
    definition = wave.instrument_version.definition
    return render(
        request,
        "assessments/wave_preview.html",
        {"wave": wave, "definition": definition, "pages": asked_pages(definition)},
    )


@require_safe
def wave_mail(request: HttpRequest, programme_id: UUID, wave_id: UUID) -> HttpResponse:
    """Invitation and reminder as the person with the longest name will get them."""
    _programme, wave = open_wave_page(request, programme_id, wave_id)
    people = sorted(people_to_invite(wave), key=lambda member: len(member.name))
    member = people[-1] if people else request.member
    context = {
        "wave": wave,
        "to": member,
        "mails": [
            (_("The invitation"), mail.example_invitation(wave, member)),
            (_("The reminder"), mail.example_reminder(wave, member)),
        ],
    }
    return render(request, "assessments/wave_mail.html", context)


@require_http_methods(["GET", "POST"])
def wave_discard(request: HttpRequest, programme_id: UUID, wave_id: UUID) -> HttpResponse:
    programme, wave = open_wave_page(request, programme_id, wave_id)
    if wave.state != WaveState.DRAFT:
        return _only_drafts(request, wave)
    if request.method == "POST":
        discard_wave(wave, actor=request.user)
        messages.success(request, _("The draft is thrown away. Nobody had been mailed."))
        return redirect("assessments:wave_list", programme_id=programme.pk)
    return render(request, "assessments/wave_discard.html", {"wave": wave})


def open_wave_page(request: HttpRequest, programme_id: UUID, wave_id: UUID, *roles: Role) -> tuple[Programme, Wave]:
    """The way every page of one wave begins: for facilitators unless `roles` says otherwise."""
    programme = open_programme(request, programme_id, *(roles or (Role.FACILITATOR,)))
    waves = Wave.objects.visible_to(request.user).filter(programme=programme)
    wave = get_object_or_404(waves.select_related("instrument_version", "created_by"), pk=wave_id)
    wave.programme = programme
    return programme, wave


def draft_facts(wave: Wave) -> dict:
    """Who will be asked, what is against opening, and which groups can never be shown."""
    people = list(people_to_invite(wave))
    return {
        "people": people,
        "obstacles": obstacles(wave, people, at=timezone.now()),
        "small_groups": small_groups(wave, people),
        "minutes": minutes_needed(wave.instrument_version.definition),
        "teams": list(wave.teams.all()),
    }


def _tracker(request: HttpRequest, wave: Wave) -> dict:
    now = timezone.now()
    is_open = wave.is_answerable(at=now)
    page = Paginator(invitations_by_name(wave), PEOPLE_A_PAGE).get_page(request.GET.get("page"))
    reminder = next_reminder(wave, at=now) if is_open else None
    remindable = people_to_remind(wave, day=local_date(wave, reminder)).count() if reminder else 0
    return {
        **_time_left(wave),
        "progress": wave_progress(wave),
        "page_obj": page,
        "people": people_progress(page.object_list),
        "undelivered": undelivered(wave) if is_open else [],
        "disputed": list(wave.invitations.filter(place_disputed=True).select_related("member")) if is_open else [],
        "next_reminder": reminder,
        "remindable": remindable,
        "late": people_not_asked(wave).count() if is_open else 0,
    }


def _time_left(wave: Wave) -> dict:
    now = timezone.now()
    days = (local_date(wave, wave.closes_at) - local_date(wave, now)).days
    return {"is_open": wave.is_answerable(at=now), "days_left": max(0, days)}


def _only_drafts(request: HttpRequest, wave: Wave) -> HttpResponse:
    messages.info(request, _("This questionnaire has been opened, so it stays as people were told."))
    return redirect("assessments:wave_detail", programme_id=wave.programme_id, wave_id=wave.pk)
