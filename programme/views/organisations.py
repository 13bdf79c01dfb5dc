"""Organisations of the installation (for administrators), and the partners of one programme (for its facilitators)."""

from uuid import UUID

from django.contrib import messages
from django.core.exceptions import PermissionDenied, ValidationError
from django.db.models import Count
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from programme.enums import Role
from programme.forms.organisations import OrganisationForm, PartnerChoiceForm
from programme.models.organisations import Organisation
from programme.models.programmes import Partner, Programme
from programme.permissions import may_change_organisation
from programme.services import organisations
from programme.views.access import administrator_required, open_programme


@require_safe
@administrator_required
def organisation_list(request: HttpRequest) -> HttpResponse:
    found = Organisation.objects.visible_to(request.user).annotate(programme_count=Count("partners"))
    return render(request, "programme/organisation_list.html", {"organisations": found})


@require_http_methods(["GET", "POST"])
@administrator_required
def organisation_create(request: HttpRequest) -> HttpResponse:
    form = OrganisationForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        organisations.create_organisation(actor=request.user, **form.cleaned_data)
        messages.success(request, _("%(name)s is added.") % {"name": form.cleaned_data["name"]})
        return redirect("organisation_list")
    return render(request, "programme/organisation_form.html", {"form": form})


@require_http_methods(["GET", "POST"])
@administrator_required
def organisation_change(request: HttpRequest, organisation_id: UUID) -> HttpResponse:
    organisation = get_object_or_404(Organisation.objects.visible_to(request.user), pk=organisation_id)
    form = OrganisationForm(request.POST or None, initial=_known(organisation))
    if request.method == "POST" and form.is_valid():
        organisations.change_organisation(organisation, actor=request.user, **form.cleaned_data)
        messages.success(request, _("Saved."))
        return redirect("organisation_list")
    return render(request, "programme/organisation_form.html", {"form": form, "organisation": organisation})


@require_http_methods(["GET", "POST"])
def partner_list(request: HttpRequest, programme_id: UUID) -> HttpResponse:
    """The partners in their order; posting chooses one of the organisations the person works with elsewhere."""
    programme = open_programme(request, programme_id, Role.FACILITATOR)
    choices = _choices(request, programme)
    form = PartnerChoiceForm(request.POST or None, choices=choices)
    if request.method == "POST" and form.is_valid():
        organisation = form.cleaned_data["organisation"]
        organisations.add_partner(programme, actor=request.user, organisation=organisation)
        messages.success(request, _("%(name)s is a partner now.") % {"name": organisation.name})
        return redirect("partner_list", programme_id=programme.pk)
    people = programme.members.order_by().values("organisation").annotate(count=Count("pk"))
    counts = {row["organisation"]: row["count"] for row in people}
    partners = [
        (partner, counts.get(partner.organisation_id, 0))
        for partner in programme.partners.select_related("organisation")
    ]
    context = {"form": form, "partners": partners, "has_choices": choices.exists()}
    return render(request, "programme/partner_list.html", context)


@require_http_methods(["GET", "POST"])
def partner_create(request: HttpRequest, programme_id: UUID) -> HttpResponse:
    programme = open_programme(request, programme_id, Role.FACILITATOR)
    form = OrganisationForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        organisations.add_new_partner(programme, actor=request.user, **form.cleaned_data)
        messages.success(request, _("%(name)s is a partner now.") % {"name": form.cleaned_data["name"]})
        return redirect("partner_list", programme_id=programme.pk)
    return render(request, "programme/partner_form.html", {"form": form})


@require_http_methods(["GET", "POST"])
def partner_change(request: HttpRequest, programme_id: UUID, partner_id: int) -> HttpResponse:
    programme = open_programme(request, programme_id, Role.FACILITATOR)
    organisation = _partner(programme, partner_id).organisation
    if not may_change_organisation(request.user, organisation):
        raise PermissionDenied(
            _("This organisation is in programmes of other facilitators too. Ask your administrator.")
        )
    form = OrganisationForm(request.POST or None, initial=_known(organisation))
    if request.method == "POST" and form.is_valid():
        organisations.change_organisation(organisation, actor=request.user, **form.cleaned_data)
        messages.success(request, _("Saved."))
        return redirect("partner_list", programme_id=programme.pk)
    return render(request, "programme/partner_form.html", {"form": form, "organisation": organisation})


@require_POST
def partner_up(request: HttpRequest, programme_id: UUID, partner_id: int) -> HttpResponse:
    programme = open_programme(request, programme_id, Role.FACILITATOR)
    organisations.move_partner_up(_partner(programme, partner_id), actor=request.user)
    return redirect("partner_list", programme_id=programme.pk)


@require_POST
def partner_remove(request: HttpRequest, programme_id: UUID, partner_id: int) -> HttpResponse:
    programme = open_programme(request, programme_id, Role.FACILITATOR)
    partner = _partner(programme, partner_id)
    try:
        organisations.remove_partner(partner, actor=request.user)
    except ValidationError as problem:
        messages.error(request, problem.messages[0])
    else:
        messages.success(request, _("%(name)s is no longer a partner.") % {"name": partner.organisation.name})
    return redirect("partner_list", programme_id=programme.pk)


def _partner(programme: Programme, partner_id: int) -> Partner:
    return get_object_or_404(programme.partners.select_related("organisation", "programme"), pk=partner_id)


def _choices(request: HttpRequest, programme: Programme):
    """Organisations of the person's other programmes that are not partners here."""
    return Organisation.objects.visible_to(request.user).exclude(partners__programme=programme)


def _known(organisation: Organisation) -> dict[str, str]:
    return {"name": organisation.name, "short_name": organisation.short_name, "kind": organisation.kind}
