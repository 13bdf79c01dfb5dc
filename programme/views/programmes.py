from uuid import UUID

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_safe

from programme.enums import Role
from programme.forms.programmes import DEFAULT_PRIVACY_TEXT, ProgrammeForm, PromiseForm
from programme.queries.setup import setup_steps
from programme.services import programmes
from programme.views.access import open_programme, programme_creator_required


@require_http_methods(["GET", "POST"])
@programme_creator_required
def programme_create(request: HttpRequest) -> HttpResponse:
    form = ProgrammeForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        programme = programmes.create_programme(actor=request.user, at=timezone.now(), **form.cleaned_data)
        messages.success(request, _("%(name)s is set up. These steps come next.") % {"name": programme.name})
        return redirect("programme_setup", programme_id=programme.pk)
    return render(request, "programme/programme_form.html", {"form": form})


@require_safe
def programme_setup(request: HttpRequest, programme_id: UUID) -> HttpResponse:
    programme = open_programme(request, programme_id, Role.FACILITATOR)
    steps = setup_steps(programme)
    context = {"items": [step.item for step in steps], "done": sum(step.done for step in steps)}
    return render(request, "programme/programme_setup.html", context)


@require_http_methods(["GET", "POST"])
def programme_change(request: HttpRequest, programme_id: UUID) -> HttpResponse:
    programme = open_programme(request, programme_id, Role.FACILITATOR)
    initial = {field: getattr(programme, field) for field in ("name", "aims", "starts_on", "ends_on")}
    form = ProgrammeForm(request.POST or None, initial=initial)
    if request.method == "POST" and form.is_valid():
        programmes.change_programme(programme, actor=request.user, **form.cleaned_data)
        messages.success(request, _("Saved."))
        return redirect("programme_setup", programme_id=programme.pk)
    return render(request, "programme/programme_form.html", {"form": form, "changing": True})


@require_http_methods(["GET", "POST"])
def programme_promise(request: HttpRequest, programme_id: UUID) -> HttpResponse:
    programme = open_programme(request, programme_id, Role.FACILITATOR)
    initial = {
        "threshold": programme.threshold,
        "privacy_text": programme.privacy_text or DEFAULT_PRIVACY_TEXT,
    }
    form = PromiseForm(request.POST or None, initial=initial)
    if request.method == "POST" and form.is_valid():
        programmes.change_promise(programme, actor=request.user, **form.cleaned_data)
        messages.success(request, _("Saved. It counts from the next questionnaire you open."))
        return redirect("programme_setup", programme_id=programme.pk)
    context = {"form": form, "is_default": not programme.privacy_text}
    return render(request, "programme/programme_promise.html", context)
