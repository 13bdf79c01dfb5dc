from uuid import UUID

from django.contrib import messages
from django.core.exceptions import ValidationError
from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from programme.enums import Role
from programme.forms.members import MemberForm
from programme.models.members import Member
from programme.models.programmes import Programme
from programme.permissions import runs_programme
from programme.queries.members import by_team, people, person_lines, team_counts
from programme.services import members
from programme.views.access import open_programme

ROWS = 200


@require_safe
def member_list(request: HttpRequest, programme_id: UUID) -> HttpResponse:
    """Facilitators see everybody, executives the facilitators and their own team, administrators look only."""
    programme = open_programme(request, programme_id, Role.FACILITATOR, Role.EXECUTIVE, administrators=True)
    search = request.GET.get("q", "").replace("\x00", "").strip()[:100]
    organisations = [partner.organisation for partner in programme.partners.select_related("organisation")]
    found = people(programme, user=request.user, search=search)
    page = Paginator(found.filter(left_on=None), ROWS).get_page(request.GET.get("page"))
    runs = runs_programme(request.member)
    sees_all = runs or request.member is None
    context = {
        "search": search,
        "page": page,
        "groups": by_team(person_lines(page.object_list, organisations)),
        "left": person_lines(found.exclude(left_on=None)[:ROWS], organisations) if sees_all else [],
        "organisations": organisations,
        "counts": team_counts(programme, organisations) if runs else [],
        "may_change": runs,
        "shows_addresses": sees_all,
    }
    return render(request, "programme/member_list.html", context)


@require_http_methods(["GET", "POST"])
def member_add(request: HttpRequest, programme_id: UUID) -> HttpResponse:
    programme = open_programme(request, programme_id, Role.FACILITATOR)
    form = MemberForm(request.POST or None, programme=programme, initial={"roles": [Role.PARTICIPANT.value]})
    if request.method == "POST" and form.is_valid():
        try:
            person = members.add_member(programme, actor=request.user, at=timezone.now(), **form.cleaned_data)
        except ValidationError as problem:
            form.add_error(None, problem)
        else:
            messages.success(request, _("%(name)s is in the programme now.") % {"name": person.name})
            again = "add_another" in request.POST
            return redirect("member_add" if again else "member_list", programme_id=programme.pk)
    return render(request, "programme/member_form.html", {"form": form})


@require_http_methods(["GET", "POST"])
def member_change(request: HttpRequest, programme_id: UUID, member_id: UUID) -> HttpResponse:
    programme = open_programme(request, programme_id, Role.FACILITATOR)
    person = _person(request, programme, member_id)
    form = MemberForm(request.POST or None, programme=programme, person=person)
    if request.method == "POST" and form.is_valid():
        try:
            before = person.email
            members.change_member(person, actor=request.user, at=timezone.now(), **form.cleaned_data)
        except ValidationError as problem:
            form.add_error(None, problem)
        else:
            messages.success(request, _("Saved what you changed about %(name)s.") % {"name": person.name})
            if person.email != before:
                messages.info(
                    request, _("Links mailed to the old address no longer work. Send mail again from the mail page.")
                )
            return redirect("member_list", programme_id=programme.pk)
    return render(request, "programme/member_form.html", {"form": form, "person": person})


@require_http_methods(["GET", "POST"])
def member_end(request: HttpRequest, programme_id: UUID, member_id: UUID) -> HttpResponse:
    """Asks with the consequence, then marks the person as having left."""
    programme = open_programme(request, programme_id, Role.FACILITATOR)
    person = _person(request, programme, member_id)
    if request.method == "POST":
        try:
            members.end_membership(person, actor=request.user, at=timezone.now())
        except ValidationError as problem:
            messages.error(request, problem.messages[0])
        else:
            messages.success(request, _("%(name)s has left the programme.") % {"name": person.name})
        if person.user == request.user and person.left_on is not None:
            return redirect("home")
        return redirect("member_list", programme_id=programme.pk)
    return render(request, "programme/member_end.html", {"person": person})


@require_POST
def member_return(request: HttpRequest, programme_id: UUID, member_id: UUID) -> HttpResponse:
    programme = open_programme(request, programme_id, Role.FACILITATOR)
    person = _person(request, programme, member_id)
    members.bring_back(person, actor=request.user, at=timezone.now())
    messages.success(request, _("%(name)s is back in the programme.") % {"name": person.name})
    return redirect("member_list", programme_id=programme.pk)


def _person(request: HttpRequest, programme: Programme, member_id: UUID) -> Member:
    visible = Member.objects.visible_to(request.user).select_related("user", "organisation", "team", "programme")
    return get_object_or_404(visible, programme=programme, pk=member_id)
