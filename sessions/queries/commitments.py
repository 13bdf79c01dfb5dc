from dataclasses import dataclass
from datetime import date

from django.db.models import Count, Q, QuerySet

from programme.models.members import Member
from programme.models.programmes import Programme
from programme.models.users import User
from sessions.models.commitments import Commitment
from sessions.models.sessions import Session


@dataclass(frozen=True)
class CommitmentCounts:
    """Each commitment counts once: `open` are those not done whose day has not passed."""

    done: int
    open: int
    overdue: int
    oldest_overdue: Commitment | None

    @property
    def total(self) -> int:
        return self.done + self.open + self.overdue


def commitment_counts(programme: Programme, *, today: date) -> CommitmentCounts:
    """Done, open and overdue in two queries; the oldest overdue one comes with its owner's organisation and team."""
    rows = Commitment.objects.filter(programme=programme)
    counts = rows.aggregate(
        done=Count("pk", filter=Q(done_on__isnull=False)),
        open=Count("pk", filter=Q(done_on=None, due_on__gte=today)),
        overdue=Count("pk", filter=Q(done_on=None, due_on__lt=today)),
    )
    oldest = rows.overdue(on=today).select_related("owner__organisation", "owner__team").order_by("due_on").first()
    return CommitmentCounts(**counts, oldest_overdue=oldest)


def commitments_of_session(session: Session, *, user: User) -> QuerySet[Commitment]:
    """Promises made in a session and those carried over to it, as far as this person may see them."""
    rows = Commitment.objects.visible_to(user).filter(Q(session=session) | Q(carried_to=session))
    return rows.select_related("owner__organisation", "owner__team", "session", "carried_to").order_by("due_on", "text")


@dataclass(frozen=True)
class CommitmentRow:
    """A commitment as one reader sees it."""

    commitment: Commitment
    # A name where this reader may know it, else organisation and team.
    owner: str
    is_mine: bool
    is_overdue: bool


def commitment_rows(commitments: QuerySet[Commitment], *, member: Member, today: date) -> list[CommitmentRow]:
    """Adds whose each is, in the words this member may read."""
    return [
        CommitmentRow(
            commitment=commitment,
            owner=owner_words(commitment.owner, reader=member),
            is_mine=commitment.owner_id == member.pk,
            is_overdue=commitment.done_on is None and commitment.due_on < today,
        )
        for commitment in commitments
    ]


def owner_words(owner: Member, *, reader: Member) -> str:
    """The owner's name for facilitators, for themselves and inside an executive's own team; else where they work."""
    own_team = reader.is_executive and owner.team_id is not None and owner.team_id == reader.team_id
    if reader.is_facilitator or owner.pk == reader.pk or own_team or owner.is_facilitator:
        return owner.name
    parts = [owner.organisation.short_name if owner.organisation else "", owner.team.name if owner.team else ""]
    return ", ".join(filter(None, parts)) or "–"
