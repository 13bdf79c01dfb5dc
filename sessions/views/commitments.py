from uuid import UUID

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.http import url_has_allowed_host_and_scheme
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from programme.enums import Role
from programme.views.access import open_programme
from sessions.forms.commitments import CommitmentForm
from sessions.models.commitments import Commitment
from sessions.queries.commitments import commitment_rows
from sessions.queries.dates import programme_today
from sessions.services import commitments as services
from sessions.views.access import open_commitment, open_session


@require_safe
def commitment_list(request: HttpRequest, programme_id: UUID) -> HttpResponse:
    programme = open_programme(request, programme_id)
    found = (
        Commitment.objects.visible_to(request.user)
        .filter(programme=programme)
        .select_related("owner__organisation", "owner__team", "session", "carried_to")
        .order_by("due_on", "text")
    )
    rows = commitment_rows(found, member=request.member, today=programme_today(programme, at=timezone.now()))
    done = sorted((row for row in rows if row.commitment.done_on), key=lambda row: row.commitment.done_on, reverse=True)
    context = {
        "overdue": [row for row in rows if row.is_overdue],
        "open": [row for row in rows if not row.is_overdue and not row.commitment.done_on],
        "done": done,
        "is_facilitator": request.member.is_facilitator,
        "sees_all": request.member.is_facilitator or request.member.is_executive,
    }
    return render(request, "sessions/commitment_list.html", context)


@require_http_methods(["GET", "HEAD", "POST"])
def commitment_new(request: HttpRequest, programme_id: UUID, session_id: UUID | None = None) -> HttpResponse:
    """Notes a promise; with a session, as one made there."""
    if session_id:
        session = open_session(request, programme_id, session_id, Role.FACILITATOR)
        programme = session.programme
    else:
        session, programme = None, open_programme(request, programme_id, Role.FACILITATOR)
    form = CommitmentForm(request.POST or None, programme=programme)
    if request.method == "POST" and form.is_valid():
        services.make_commitment(programme, actor=request.user, session=session, **form.cleaned_data)
        messages.success(request, _("The commitment is noted."))
        if "another" in request.POST:
            return redirect(request.path)
        return _home(programme_id, session)
    return render(request, "sessions/commitment_form.html", {"form": form, "session": session})


@require_http_methods(["GET", "HEAD", "POST"])
def commitment_edit(request: HttpRequest, programme_id: UUID, commitment_id: UUID) -> HttpResponse:
    commitment = open_commitment(request, programme_id, commitment_id, Role.FACILITATOR)
    initial = {name: getattr(commitment, name) for name in ("text", "owner", "due_on", "dimension")}
    form = CommitmentForm(request.POST or None, programme=commitment.programme, initial=initial)
    if request.method == "POST" and form.is_valid():
        services.change_commitment(commitment, actor=request.user, **form.cleaned_data)
        messages.success(request, _("The commitment is changed."))
        return _home(programme_id, None)
    context = {"form": form, "commitment": commitment, "session": commitment.session}
    return render(request, "sessions/commitment_form.html", context)


@require_POST
def commitment_done(request: HttpRequest, programme_id: UUID, commitment_id: UUID) -> HttpResponse:
    commitment = _own_or_facilitated(request, programme_id, commitment_id)
    services.complete_commitment(commitment, actor=request.user, at=timezone.now())
    messages.success(request, _("Done: %(text)s") % {"text": commitment.text})
    return _back(request, programme_id)


@require_POST
def commitment_reopen(request: HttpRequest, programme_id: UUID, commitment_id: UUID) -> HttpResponse:
    commitment = _own_or_facilitated(request, programme_id, commitment_id)
    services.reopen_commitment(commitment, actor=request.user)
    messages.success(request, _("Open again: %(text)s") % {"text": commitment.text})
    return _back(request, programme_id)


@require_POST
def commitment_carry(request: HttpRequest, programme_id: UUID, commitment_id: UUID) -> HttpResponse:
    commitment = open_commitment(request, programme_id, commitment_id, Role.FACILITATOR)
    try:
        session = services.carry_over(commitment, actor=request.user, at=timezone.now())
    except services.NoNextSession as none:
        messages.error(request, str(none))
    else:
        messages.success(request, _("Carried over to “%(title)s”.") % {"title": session.title})
    return _back(request, programme_id)


def _own_or_facilitated(request, programme_id, commitment_id):
    """Whoever promised it, and facilitators; executives only read what others promised."""
    commitment = open_commitment(request, programme_id, commitment_id)
    if not request.member.is_facilitator and commitment.owner_id != request.member.pk:
        raise PermissionDenied(_("Only the person who promised this, or a facilitator, can change it."))
    return commitment


def _home(programme_id, session):
    if session:
        return redirect("sessions:session_detail", programme_id=programme_id, session_id=session.pk)
    return redirect("sessions:commitment_list", programme_id=programme_id)


def _back(request, programme_id):
    """To the page the button stood on."""
    asked = request.POST.get("next", "")
    if url_has_allowed_host_and_scheme(asked, allowed_hosts=None):
        return redirect(asked)
    return redirect("sessions:commitment_list", programme_id=programme_id)
