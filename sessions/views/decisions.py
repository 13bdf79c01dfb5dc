from uuid import UUID

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from programme.enums import Role
from programme.views.access import open_programme
from sessions.forms.decisions import DecisionForm, OutcomeForm
from sessions.queries.dates import programme_today
from sessions.queries.decisions import decisions_for
from sessions.services import decisions as services
from sessions.views.access import open_decision, open_session


@require_safe
def decision_list(request: HttpRequest, programme_id: UUID) -> HttpResponse:
    programme = open_programme(request, programme_id, Role.FACILITATOR, Role.EXECUTIVE)
    found = decisions_for(programme, user=request.user)
    context = {
        "open": found.open().order_by("due_on", "created_at"),
        "taken": found.taken().order_by("-decided_at"),
        "today": programme_today(programme, at=timezone.now()),
        "is_facilitator": request.member.is_facilitator,
        "is_executive": request.member.is_executive,
    }
    return render(request, "sessions/decision_list.html", context)


@require_http_methods(["GET", "HEAD", "POST"])
def decision_new(request: HttpRequest, programme_id: UUID, session_id: UUID | None = None) -> HttpResponse:
    """A question for the executives; with a session, as one that came up there."""
    if session_id:
        session = open_session(request, programme_id, session_id, Role.FACILITATOR)
        programme = session.programme
    else:
        session, programme = None, open_programme(request, programme_id, Role.FACILITATOR)
    form = DecisionForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        services.ask_decision(programme, actor=request.user, session=session, **form.cleaned_data)
        messages.success(request, _("The executives see this on their page now."))
        if session:
            return redirect("sessions:session_detail", programme_id=programme_id, session_id=session_id)
        return redirect("sessions:decision_list", programme_id=programme_id)
    return render(request, "sessions/decision_new.html", {"form": form, "session": session})


@require_safe
def decision_detail(request: HttpRequest, programme_id: UUID, decision_id: UUID) -> HttpResponse:
    decision = open_decision(request, programme_id, decision_id, Role.FACILITATOR, Role.EXECUTIVE)
    form = OutcomeForm() if request.member.is_executive and decision.decided_at is None else None
    return render(request, "sessions/decision_detail.html", {"decision": decision, "form": form})


@require_POST
def decision_take(request: HttpRequest, programme_id: UUID, decision_id: UUID) -> HttpResponse:
    decision = open_decision(request, programme_id, decision_id, Role.EXECUTIVE)
    form = OutcomeForm(request.POST)
    if not form.is_valid():
        return render(request, "sessions/decision_detail.html", {"decision": decision, "form": form})
    try:
        services.take_decision(decision, member=request.member, outcome=form.cleaned_data["outcome"], at=timezone.now())
    except services.AlreadyDecided as decided:
        messages.error(request, str(decided))
    else:
        messages.success(request, _("Thank you. Your decision is recorded."))
    return redirect("sessions:decision_detail", programme_id=programme_id, decision_id=decision_id)
