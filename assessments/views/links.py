"""The mailed link. Looking at it changes nothing, however often a mail scanner does; only a person's button does."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.utils import timezone
from django.views.decorators.http import require_http_methods

from assessments.queries.answering import is_open
from assessments.services.links import link_for
from assessments.services.responses import start_response
from assessments.views.answering import show_start, take_dispute
from assessments.views.answering_access import closed, give_cookie, no_way_in, without_trace


@require_http_methods(["GET", "HEAD", "POST"])
@without_trace
def answer(request: HttpRequest, token: str) -> HttpResponse:
    """The start page; its button swaps the token for a cookie and an address without one."""
    now = timezone.now()
    link = link_for(token, at=now)
    if link is None:
        return no_way_in(request)
    if not is_open(link.invitation.wave, at=now):
        return closed(request, link.invitation)
    if request.method != "POST":
        return show_start(request, link.invitation)
    if "wrong" in request.POST:
        return take_dispute(request, link.invitation)
    start_response(link.invitation, at=now)
    response = redirect("assessments:answering", invitation_id=link.invitation_id)
    give_cookie(response, link)
    return response
