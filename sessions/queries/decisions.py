from django.db.models import QuerySet

from programme.models.programmes import Programme
from programme.models.users import User
from sessions.models.decisions import Decision


def open_decisions(programme: Programme) -> QuerySet[Decision]:
    """What the executives are asked and have not decided, the most urgent first."""
    return Decision.objects.filter(programme=programme).open().order_by("due_on", "created_at")


def decisions_for(programme: Programme, *, user: User) -> QuerySet[Decision]:
    """All decisions of a programme this person may see, with who took them."""
    rows = Decision.objects.visible_to(user).filter(programme=programme)
    return rows.select_related("decided_by", "session")
