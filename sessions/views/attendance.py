from uuid import UUID

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST

from programme.enums import Role
from sessions.enums import Attendance
from sessions.forms.attendance import RegisterForm
from sessions.models.sessions import Session
from sessions.queries.people import places_by_organisation
from sessions.services.attendance import record_attendance
from sessions.views.access import open_session


@require_http_methods(["GET", "HEAD", "POST"])
def register(request: HttpRequest, programme_id: UUID, session_id: UUID) -> HttpResponse:
    """Who came, on one page for a phone in the doorway: a row for each person, organisation by organisation."""
    session = open_session(request, programme_id, session_id, Role.FACILITATOR)
    places = places_by_organisation(session, user=request.user)
    people = [invitation for place in places for invitation in place.people]
    form = RegisterForm(request.POST or None, invitations=people)
    if request.method == "POST" and form.is_valid():
        record_attendance(session, marks=form.marks(), actor=request.user)
        return _saved(request, session)
    context = {
        "session": session,
        "form": form,
        "groups": [(place, form.rows(place.people)) for place in places],
        "people": len(people),
    }
    return render(request, "sessions/register.html", context)


@require_POST
def register_everybody(request: HttpRequest, programme_id: UUID, session_id: UUID) -> HttpResponse:
    session = open_session(request, programme_id, session_id, Role.FACILITATOR)
    members = session.invitations.current().values_list("member", flat=True)
    record_attendance(session, marks=dict.fromkeys(members, Attendance.PRESENT), actor=request.user)
    return _saved(request, session)


def _saved(request: HttpRequest, session: Session) -> HttpResponse:
    counted = Session.objects.visible_to(request.user).with_counts().get(pk=session.pk)
    facts = {"there": counted.there, "invited": counted.invited}
    words = _("The register is saved: %(there)s of %(invited)s people were there.") % facts
    if counted.marked < counted.invited:
        words += " " + _("%(missing)s not marked yet.") % {"missing": counted.invited - counted.marked}
    messages.success(request, words)
    return redirect("sessions:session_detail", programme_id=session.programme_id, session_id=session.pk)
