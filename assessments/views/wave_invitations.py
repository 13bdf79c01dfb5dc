"""Single people in an open questionnaire: joined late, lost the link, stand in the wrong place, should not be asked."""

from uuid import UUID

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_http_methods, require_POST

from assessments.forms.waves import LateForm
from assessments.models.invitations import WaveInvitation
from assessments.models.waves import Wave
from assessments.queries.waves import people_not_asked
from assessments.services.links import reissue_link
from assessments.services.waves import WaveProblem, correct_place, invite_late, withdraw_invitation
from assessments.views.waves import open_wave_page

ASK_OR_DO = ["GET", "POST"]


@require_http_methods(ASK_OR_DO)
def wave_late(request: HttpRequest, programme_id: UUID, wave_id: UUID) -> HttpResponse:
    """Who joined after opening is asked only when a facilitator decides so."""
    _programme, wave = open_wave_page(request, programme_id, wave_id)
    people = people_not_asked(wave)
    form = LateForm(request.POST or None, people=people)
    if request.method == "POST" and form.is_valid():
        try:
            count = invite_late(wave, actor=request.user, at=timezone.now(), **form.cleaned_data)
        except WaveProblem as problem:
            form.add_error(None, list(problem.reasons))
        else:
            words = ngettext("%(n)s person will be mailed now.", "%(n)s people will be mailed now.", count)
            messages.success(request, words % {"n": count})
            return _to_wave(wave)
    return render(request, "assessments/wave_late.html", {"wave": wave, "form": form, "count": people.count()})


@require_http_methods(ASK_OR_DO)
def wave_new_link(request: HttpRequest, programme_id: UUID, wave_id: UUID, invitation_id: UUID) -> HttpResponse:
    wave, invitation = _open_place(request, programme_id, wave_id, invitation_id)
    if request.method == "POST":
        if reissue_link(invitation, actor=request.user, at=timezone.now()):
            messages.success(request, _("A new link is on its way to %(name)s.") % {"name": invitation.member.name})
        else:
            messages.info(request, _("%(name)s needs no link any more.") % {"name": invitation.member.name})
        return _to_wave(wave)
    return render(request, "assessments/wave_new_link.html", {"wave": wave, "invitation": invitation})


@require_http_methods(ASK_OR_DO)
def wave_withdraw(request: HttpRequest, programme_id: UUID, wave_id: UUID, invitation_id: UUID) -> HttpResponse:
    wave, invitation = _open_place(request, programme_id, wave_id, invitation_id)
    if request.method == "POST":
        name = {"name": invitation.member.name}
        if withdraw_invitation(invitation, actor=request.user, at=timezone.now()):
            messages.success(request, _("%(name)s is off the list and gets no more mail about this.") % name)
        else:
            messages.info(request, _("%(name)s could not be taken off the list: already finished or off it.") % name)
        return _to_wave(wave)
    return render(request, "assessments/wave_withdraw.html", {"wave": wave, "invitation": invitation})


@require_POST
def wave_place(request: HttpRequest, programme_id: UUID, wave_id: UUID, invitation_id: UUID) -> HttpResponse:
    """Takes over organisation and team from the list of people, after somebody said that theirs are wrong."""
    wave, invitation = _open_place(request, programme_id, wave_id, invitation_id)
    try:
        corrected = correct_place(invitation, actor=request.user, at=timezone.now())
    except WaveProblem as problem:
        messages.error(request, str(problem))
        return _to_wave(wave)
    if corrected:
        words = _("%(name)s now stands where the list of people says.")
    else:
        words = _("%(name)s has finished, so the place stays as it was.")
    messages.info(request, words % {"name": invitation.member.name})
    return _to_wave(wave)


def _open_place(
    request: HttpRequest, programme_id: UUID, wave_id: UUID, invitation_id: UUID
) -> tuple[Wave, WaveInvitation]:
    _programme, wave = open_wave_page(request, programme_id, wave_id)
    places = wave.invitations.select_related("member__user", "member__organisation", "member__team")
    invitation = get_object_or_404(places, pk=invitation_id)
    invitation.wave = wave
    return wave, invitation


def _to_wave(wave: Wave) -> HttpResponse:
    return redirect("assessments:wave_detail", programme_id=wave.programme_id, wave_id=wave.pk)
