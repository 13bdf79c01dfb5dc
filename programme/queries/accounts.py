"""Accounts as the administrator's list shows them."""

from datetime import datetime

from django.db.models import Count, Exists, OuterRef, Q, QuerySet

from programme.models.account_invitations import AccountInvitation
from programme.models.users import User


def accounts(*, at: datetime, search: str = "") -> QuerySet[User]:
    """Everybody with rights in the installation or a place in a programme, with how far their invitation is."""
    asked = AccountInvitation.objects.filter(user=OuterRef("pk"), accepted_at=None)
    found = User.objects.annotate(
        programme_count=Count("memberships", filter=Q(memberships__left_on=None)),
        is_invited=Exists(asked.filter(expires_at__gt=at)),
        was_invited=Exists(asked),
    )
    for word in search.split():
        found = found.filter(Q(name__icontains=word) | Q(email__icontains=word))
    return found.order_by("-is_active", "-is_administrator", "-may_create_programmes", "name", "email")
