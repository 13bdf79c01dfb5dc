"""The way every page about one session, commitment or decision begins."""

from uuid import UUID

from django.http import HttpRequest
from django.shortcuts import get_object_or_404

from programme.enums import Role
from programme.views.access import open_programme
from sessions.models.commitments import Commitment
from sessions.models.decisions import Decision
from sessions.models.sessions import Session


def open_session(request: HttpRequest, programme_id: UUID, session_id: UUID, *roles: Role) -> Session:
    """The session, if this member may see it and holds one of `roles`; see programme.views.access.open_programme."""
    programme = open_programme(request, programme_id, *roles)
    return get_object_or_404(
        Session.objects.visible_to(request.user).select_related("programme", "created_by"),
        programme=programme,
        pk=session_id,
    )


def open_commitment(request: HttpRequest, programme_id: UUID, commitment_id: UUID, *roles: Role) -> Commitment:
    programme = open_programme(request, programme_id, *roles)
    rows = Commitment.objects.visible_to(request.user).select_related("programme", "owner", "session", "carried_to")
    return get_object_or_404(rows, programme=programme, pk=commitment_id)


def open_decision(request: HttpRequest, programme_id: UUID, decision_id: UUID, *roles: Role) -> Decision:
    programme = open_programme(request, programme_id, *roles)
    rows = Decision.objects.visible_to(request.user).select_related("programme", "decided_by", "session")
    return get_object_or_404(rows, programme=programme, pk=decision_id)
