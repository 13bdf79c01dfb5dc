"""The way every programme page begins: find the programme, or refuse in the right words."""

from collections.abc import Callable
from functools import wraps
from uuid import UUID

from django.core.exceptions import PermissionDenied
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404
from django.utils.translation import gettext_lazy as _

from programme.enums import Role
from programme.models.members import Member
from programme.models.programmes import Programme
from programme.permissions import is_administrator, may_create_programmes, reason_against


def open_programme(request: HttpRequest, programme_id: UUID, *roles: Role, administrators: bool = False) -> Programme:
    """The programme, with `request.programme` and `request.member` set for the page's frame.

    Strangers get 404, as if it did not exist; members without one of `roles` get 403 with the reason. Administrators
    know that every programme exists; they get in where `administrators` says so or where they are members.
    """
    programme = get_object_or_404(Programme.objects.visible_to(request.user), pk=programme_id)
    member = (
        Member.objects.visible_to(request.user)
        .current()
        .filter(programme=programme, user=request.user)
        .select_related("organisation", "team")
        .first()
    )
    request.programme, request.member = programme, member
    if administrators and is_administrator(request.user):
        return programme
    reason = reason_against(member, set(roles or Role))
    if reason:
        raise PermissionDenied(reason)
    return programme


def administrator_required(view: Callable[..., HttpResponse]) -> Callable[..., HttpResponse]:
    return _allowed(view, is_administrator, _("Only administrators of this installation can do this."))


def programme_creator_required(view: Callable[..., HttpResponse]) -> Callable[..., HttpResponse]:
    return _allowed(view, may_create_programmes, _("Only facilitators can set up programmes. Ask your administrator."))


def _allowed(view: Callable[..., HttpResponse], may: Callable[..., bool], reason: str) -> Callable[..., HttpResponse]:
    @wraps(view)
    def guarded(request: HttpRequest, *args: object, **kwargs: object) -> HttpResponse:
        if not may(request.user):
            raise PermissionDenied(str(reason))
        return view(request, *args, **kwargs)

    return guarded
