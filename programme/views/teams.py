from uuid import UUID

from django.contrib import messages
from django.core.exceptions import ValidationError
from django.db.models import Count, Q
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST

from programme.enums import Role
from programme.forms.teams import TeamForm
from programme.models.programmes import Programme
from programme.models.teams import Team
from programme.services import teams
from programme.views.access import open_programme


@require_http_methods(["GET", "POST"])
def team_list(request: HttpRequest, programme_id: UUID) -> HttpResponse:
    """The teams with how many people they have; posting adds one."""
    programme = open_programme(request, programme_id, Role.FACILITATOR)
    form = TeamForm(request.POST or None, programme=programme)
    if request.method == "POST" and form.is_valid():
        team = teams.add_team(programme, actor=request.user, name=form.cleaned_data["name"])
        messages.success(request, _("%(name)s is added.") % {"name": team.name})
        return redirect("team_list", programme_id=programme.pk)
    current = Count("members", filter=Q(members__left_on=None))
    found = Team.objects.visible_to(request.user).filter(programme=programme).annotate(people=current)
    return render(request, "programme/team_list.html", {"form": form, "teams": found})


@require_http_methods(["GET", "POST"])
def team_change(request: HttpRequest, programme_id: UUID, team_id: UUID) -> HttpResponse:
    programme = open_programme(request, programme_id, Role.FACILITATOR)
    team = _team(request, programme, team_id)
    form = TeamForm(request.POST or None, programme=programme, team=team, initial={"name": team.name})
    if request.method == "POST" and form.is_valid():
        teams.rename_team(team, actor=request.user, name=form.cleaned_data["name"])
        messages.success(request, _("Saved."))
        return redirect("team_list", programme_id=programme.pk)
    return render(request, "programme/team_form.html", {"form": form, "team": team})


@require_POST
def team_remove(request: HttpRequest, programme_id: UUID, team_id: UUID) -> HttpResponse:
    programme = open_programme(request, programme_id, Role.FACILITATOR)
    team = _team(request, programme, team_id)
    try:
        teams.remove_team(team, actor=request.user)
    except ValidationError as problem:
        messages.error(request, problem.messages[0])
    else:
        messages.success(request, _("%(name)s is removed.") % {"name": team.name})
    return redirect("team_list", programme_id=programme.pk)


def _team(request: HttpRequest, programme: Programme, team_id: UUID) -> Team:
    return get_object_or_404(Team.objects.visible_to(request.user), programme=programme, pk=team_id)
