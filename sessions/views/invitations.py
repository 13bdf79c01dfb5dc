from uuid import UUID

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_http_methods, require_POST

from programme.enums import Role
from sessions.enums import Reply
from sessions.forms.invitations import ReplyForm
from sessions.forms.people import InviteForm
from sessions.models.invitations import SessionInvitation
from sessions.queries.people import missing_from_teams
from sessions.queries.planning import clashes_of
from sessions.services import invitations as services
from sessions.views.access import open_session


@require_http_methods(["GET", "HEAD", "POST"])
def session_people(request: HttpRequest, programme_id: UUID, session_id: UUID) -> HttpResponse:
    """Who else is invited."""
    session = open_session(request, programme_id, session_id, Role.FACILITATOR)
    asked = session.invitations.current().values("member")
    ticked = [str(member.pk) for member in missing_from_teams(session)] if session.ends_at > timezone.now() else []
    form = InviteForm(
        request.POST or None,
        members=session.programme.members.current().exclude(pk__in=asked),
        initial={"people": ticked},
    )
    if request.method == "POST" and form.is_valid():
        people = form.cleaned_data["people"]
        added = services.invite_people(session, people=people, actor=request.user, at=timezone.now())
        words = ngettext("%(count)s person added.", "%(count)s people added.", len(added)) % {"count": len(added)}
        messages.success(request, words)
        for warning in clashes_of(session, actor=request.user, people=people):
            messages.warning(request, warning)
        return redirect("sessions:session_detail", programme_id=programme_id, session_id=session_id)
    return render(request, "sessions/session_people.html", {"form": form, "session": session})


@require_POST
def session_send(request: HttpRequest, programme_id: UUID, session_id: UUID) -> HttpResponse:
    session = open_session(request, programme_id, session_id, Role.FACILITATOR)
    mails = services.send_invitations(session, actor=request.user, at=timezone.now())
    words = ngettext("%(count)s invitation is on its way.", "%(count)s invitations are on their way.", mails)
    messages.success(request, words % {"count": mails})
    return redirect("sessions:session_detail", programme_id=programme_id, session_id=session_id)


@require_http_methods(["GET", "HEAD", "POST"])
def invitation_remove(request: HttpRequest, programme_id: UUID, session_id: UUID, invitation_id: UUID) -> HttpResponse:
    session = open_session(request, programme_id, session_id, Role.FACILITATOR)
    places = SessionInvitation.objects.visible_to(request.user).current().select_related("member")
    invitation = get_object_or_404(places, session=session, pk=invitation_id)
    at = timezone.now()
    if request.method == "POST":
        services.remove_person(invitation, actor=request.user, at=at)
        messages.success(request, _("%(name)s is off the list.") % {"name": invitation.member.name})
        return redirect("sessions:session_detail", programme_id=programme_id, session_id=session_id)
    told = invitation.invited_at is not None and services.may_reply(session, at=at)
    return render(
        request, "sessions/invitation_remove.html", {"session": session, "invitation": invitation, "told": told}
    )


@require_http_methods(["GET", "HEAD", "POST"])
def reply(request: HttpRequest, programme_id: UUID, session_id: UUID) -> HttpResponse:
    """A person says whether they come. Opening the page changes nothing, whoever opens it."""
    session = open_session(request, programme_id, session_id)
    invitation = session.invitations.current().filter(member=request.member).first()
    if invitation is None:
        raise PermissionDenied(_("You are not invited to this session, so there is nothing to reply to."))
    answered = invitation.reply if invitation.reply != Reply.NONE else None
    form = ReplyForm(request.POST or None, initial={"reply": answered})
    if request.method == "POST" and form.is_valid():
        try:
            services.reply(invitation, reply=Reply(form.cleaned_data["reply"]), at=timezone.now())
        except services.ReplyClosed as closed:
            messages.error(request, str(closed))
        else:
            messages.success(request, _("Thank you. Your reply is noted."))
        return redirect("sessions:session_detail", programme_id=programme_id, session_id=session_id)
    context = {
        "session": session,
        "invitation": invitation,
        "form": form,
        "may_reply": services.may_reply(session, at=timezone.now()),
    }
    return render(request, "sessions/reply.html", context)
