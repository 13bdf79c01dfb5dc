"""The ways in to a questionnaire: a cookie that a mailed link was swapped for, or a member's own sign-in."""

from collections.abc import Callable
from functools import wraps
from typing import Any
from uuid import UUID

from django.conf import settings
from django.contrib.auth.decorators import login_not_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.gzip import gzip_page

from assessments.models.invitations import AnsweringLink, WaveInvitation
from assessments.queries.answering import invitation_of_link, invitation_of_user
from assessments.services.responses import AnswersSent, WaveClosed
from programme.lib.csrf import protected_without_referrer

OfLink = Callable[[UUID, int], WaveInvitation | None]
COOKIE = "__Secure-answering" if settings.HTTPS else "answering"


def find_invitation(
    request: HttpRequest, invitation_id: UUID, *, of_link: OfLink = invitation_of_link
) -> WaveInvitation | None:
    """Whose questionnaire this browser may answer: by the cookie of a standing link, else by signing in."""
    link_id = request.get_signed_cookie(COOKIE, default="", salt=str(invitation_id))
    invitation = of_link(invitation_id, int(link_id)) if link_id else None
    if invitation is None and request.user.is_authenticated:
        return invitation_of_user(invitation_id, request.user)
    return invitation


def give_cookie(response: HttpResponse, link: AnsweringLink) -> None:
    """Lets this browser answer one invitation until the wave closes.

    Signed with a key of its own for that invitation and sent only to its pages. It is no sign-in, and it ends with the
    link it came from.
    """
    left = link.invitation.wave.closes_at - timezone.now()
    response.set_signed_cookie(
        COOKIE,
        str(link.pk),
        salt=str(link.invitation_id),
        max_age=max(0, int(left.total_seconds())),
        path=reverse("assessments:answering", kwargs={"invitation_id": link.invitation_id}),
        secure=settings.HTTPS,
        httponly=True,
        samesite="Lax",
    )


def without_trace(view: Callable[..., HttpResponse]) -> Callable[..., HttpResponse]:
    """For pages of people who answer: no sign-in asked for, never stored, and no referrer given away."""

    @login_not_required
    @protected_without_referrer
    @gzip_page
    @wraps(view)
    def wrapped(request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        response = view(request, *args, **kwargs)
        response.headers["Referrer-Policy"] = "no-referrer"
        response.headers["Cache-Control"] = "no-store, private"
        return response

    return wrapped


def for_the_invited(view: Callable[..., HttpResponse]) -> Callable[..., HttpResponse]:
    """Gives the view the invitation in the place of its id, and says kindly when there is nothing to answer."""

    @without_trace
    @wraps(view)
    def wrapped(request: HttpRequest, invitation_id: UUID, **kwargs: Any) -> HttpResponse:
        invitation = find_invitation(request, invitation_id)
        if invitation is None:
            return no_way_in(request)
        try:
            return view(request, invitation, **kwargs)
        except WaveClosed:
            return closed(request, invitation)
        except AnswersSent:
            return redirect("assessments:answering_done", invitation_id=invitation.pk)

    return wrapped


def no_way_in(request: HttpRequest) -> HttpResponse:
    """The same page for a link that never was, one that was replaced, and a browser that brings none."""
    return render(request, "assessments/answering_unknown.html", status=404)


def closed(request: HttpRequest, invitation: WaveInvitation) -> HttpResponse:
    context = {"invitation": invitation, "wave": invitation.wave}
    return render(request, "assessments/answering_closed.html", context, status=410)
