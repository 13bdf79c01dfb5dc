from uuid import UUID

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.http import url_has_allowed_host_and_scheme
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST, require_safe

from programme.enums import Role
from programme.templatetags.formatting import clock, short_date
from programme.views.access import open_programme
from sessions.activities import find_activity, library
from sessions.enums import Focus
from sessions.forms.activities import SessionChoiceForm
from sessions.models.sessions import Session
from sessions.queries.activities import planned_sessions, session_for
from sessions.queries.agenda import agenda_end
from sessions.services.activities import AgendaClosed, add_activity
from sessions.views.access import open_session


@require_safe
def activity_list(request: HttpRequest, programme_id: UUID) -> HttpResponse:
    """The library, to put things from into the agenda of a session to come."""
    programme = open_programme(request, programme_id, Role.FACILITATOR)
    sessions = planned_sessions(request.user, programme, at=timezone.now())
    asked = request.GET.get("session", "")
    chosen = next((session for session in sessions if str(session.pk) == asked), None) or session_for(sessions)
    focus = request.GET.get("for", "")
    shown = [each for each in Focus if focus in {"", each.value}] or list(Focus)
    context = {
        "form": SessionChoiceForm(sessions=sessions, chosen=chosen),
        "session": chosen,
        "sessions": sessions,
        "all_focuses": list(Focus),
        "focus": focus if focus in Focus.values else "",
        "groups": [(each, [activity for activity in library() if activity.focus is each]) for each in shown],
        "back": request.get_full_path(),
    }
    return render(request, "sessions/activity_list.html", context)


@require_POST
def activity_add(request: HttpRequest, programme_id: UUID, session_id: UUID, key: str) -> HttpResponse:
    session = open_session(request, programme_id, session_id, Role.FACILITATOR)
    activity = find_activity(key)
    if activity is None:
        raise Http404
    words = {"activity": activity.title, "session": session.title, "day": short_date(session.date)}
    try:
        added = add_activity(session, activity=activity, actor=request.user, at=timezone.now())
    except AgendaClosed as closed:
        messages.error(request, str(closed))
    else:
        said = (
            _("“%(activity)s” is on the agenda of “%(session)s” on %(day)s.")
            if added
            else _("“%(activity)s” was on the agenda of “%(session)s” on %(day)s already.")
        )
        messages.success(request, " ".join(filter(None, [said % words, _about_time(session)])))
    asked = request.POST.get("next", "")
    if url_has_allowed_host_and_scheme(asked, allowed_hosts=None):
        return redirect(asked)
    return redirect("sessions:session_detail", programme_id=programme_id, session_id=session_id)


def _about_time(session: Session) -> str:
    """What a facilitator should still set right in the agenda, if anything."""
    session.refresh_from_db(fields=["agenda"])
    over = agenda_end(session.agenda, starts=session.starts)
    if over is None:
        return _("It has no time there yet: you can set one with “Change” on the session’s page.")
    if over > session.ends:
        words = _("The agenda now runs until %(over)s, and the session ends at %(ends)s.")
        return words % {"over": clock(over), "ends": clock(session.ends)}
    return ""
