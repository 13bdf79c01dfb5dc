"""Steps of a questionnaire that cannot be taken back, or that mail people: each says first what will happen."""

from uuid import UUID

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_http_methods

from assessments import mail
from assessments.forms.waves import ExtendForm, OpenForm
from assessments.models.waves import Wave
from assessments.queries.progress import wave_progress
from assessments.queries.reminders import local_date, people_to_remind, reminder_moments, unfinished
from assessments.services.reminders import remind_unfinished
from assessments.services.waves import WaveProblem, close_wave, extend_wave, open_wave
from assessments.views.waves import draft_facts, open_wave_page
from programme.forms.programmes import DEFAULT_PRIVACY_TEXT

ASK_OR_DO = ["GET", "POST"]


@require_http_methods(ASK_OR_DO)
def wave_open(request: HttpRequest, programme_id: UUID, wave_id: UUID) -> HttpResponse:
    programme, wave = open_wave_page(request, programme_id, wave_id)
    text = wave.privacy_text or programme.privacy_text
    form = OpenForm(request.POST or None, initial={"privacy_text": text or DEFAULT_PRIVACY_TEXT})
    if request.method == "POST" and form.is_valid():
        try:
            people = open_wave(wave, actor=request.user, at=timezone.now(), **form.cleaned_data)
        except WaveProblem as problem:
            form.add_error(None, list(problem.reasons))
        else:
            words = ngettext(
                "It is open. %(n)s person will be mailed now.", "It is open. %(n)s people will be mailed now.", people
            )
            messages.success(request, words % {"n": people})
            return _to_wave(wave)
    reminders = [moment for moment in reminder_moments(wave) if moment > timezone.now()]
    context = {"wave": wave, "form": form, "reminders": reminders, "text_is_default": not text, **draft_facts(wave)}
    return render(request, "assessments/wave_open.html", context)


@require_http_methods(ASK_OR_DO)
def wave_remind(request: HttpRequest, programme_id: UUID, wave_id: UUID) -> HttpResponse:
    _programme, wave = open_wave_page(request, programme_id, wave_id)
    now = timezone.now()
    if not wave.is_answerable(at=now):
        return _not_open(request, wave)
    if request.method == "POST":
        count = remind_unfinished(wave, actor=request.user, at=now)
        words = ngettext("%(n)s reminder is on its way.", "%(n)s reminders are on their way.", count) % {"n": count}
        messages.success(request, words if count else _("Everybody has been reminded today already."))
        return _to_wave(wave)
    people = list(people_to_remind(wave, day=local_date(wave, now)))
    example = max((invitation.member for invitation in people), key=lambda member: len(member.name), default=None)
    context = {
        "wave": wave,
        "people": people,
        "left_out": unfinished(wave).count() - len(people),
        "example": mail.example_reminder(wave, example) if example else None,
    }
    return render(request, "assessments/wave_remind.html", context)


@require_http_methods(ASK_OR_DO)
def wave_extend(request: HttpRequest, programme_id: UUID, wave_id: UUID) -> HttpResponse:
    _programme, wave = open_wave_page(request, programme_id, wave_id)
    now = timezone.now()
    if not wave.is_answerable(at=now):
        return _not_open(request, wave)
    form = ExtendForm(request.POST or None, wave=wave, at=now)
    if request.method == "POST" and form.is_valid():
        try:
            extend_wave(wave, closes_at=form.cleaned_data["closes_at"], actor=request.user, at=now)
        except WaveProblem as problem:
            form.add_error(None, list(problem.reasons))
        else:
            messages.success(request, _("It stays open for longer. Nobody was mailed about it."))
            return _to_wave(wave)
    return render(request, "assessments/wave_extend.html", {"wave": wave, "form": form})


@require_http_methods(ASK_OR_DO)
def wave_close(request: HttpRequest, programme_id: UUID, wave_id: UUID) -> HttpResponse:
    _programme, wave = open_wave_page(request, programme_id, wave_id)
    if request.method == "POST":
        if close_wave(wave, actor=request.user, at=timezone.now()):
            messages.success(request, _("It is closed. Nobody can answer any more."))
        else:
            messages.info(request, _("It was closed already."))
        return _to_wave(wave)
    if not wave.is_answerable(at=timezone.now()):
        return _not_open(request, wave)
    return render(request, "assessments/wave_close.html", {"wave": wave, "progress": wave_progress(wave)})


def _to_wave(wave: Wave) -> HttpResponse:
    return redirect("assessments:wave_detail", programme_id=wave.programme_id, wave_id=wave.pk)


def _not_open(request: HttpRequest, wave: Wave) -> HttpResponse:
    messages.info(request, _("This questionnaire is not open."))
    return _to_wave(wave)
