"""Mail as the delivery pages show it. Rows hold no text; the text is made when a mail is sent."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from django.db.models import Count, QuerySet

from programme.enums import DeliveryPurpose, DeliveryState
from programme.models.deliveries import Delivery
from programme.models.members import Member
from programme.models.programmes import Programme

CAN_RESEND = frozenset({DeliveryState.FAILED, DeliveryState.UNCONFIRMED, DeliveryState.SENT})
CAN_STOP = frozenset({DeliveryState.PENDING, DeliveryState.RETRYING})


@dataclass(frozen=True)
class StateCount:
    state: DeliveryState
    count: int


@dataclass(frozen=True)
class DeliveryLine:
    """One mail with the name its programme knows the person by."""

    delivery: Delivery
    purpose: DeliveryPurpose
    state: DeliveryState
    name: str
    member: Member | None
    can_resend: bool
    can_stop: bool


def counts_by_state(deliveries: QuerySet[Delivery]) -> list[StateCount]:
    """Every state with its number, in the order in which mail passes through them."""
    rows = deliveries.order_by().values("state").annotate(count=Count("pk"))
    counts = {row["state"]: row["count"] for row in rows}
    return [StateCount(state, counts.get(state, 0)) for state in DeliveryState]


def delivery_lines(deliveries: Iterable[Delivery], *, programme: Programme | None = None) -> list[DeliveryLine]:
    """The rows of one page; names come in one query."""
    rows = list(deliveries)
    members: dict[object, Member] = {}
    if programme is not None:
        known = programme.members.filter(user__in=[row.recipient_id for row in rows])
        members = {member.user_id: member for member in known}
    return [_line(row, members.get(row.recipient_id)) for row in rows]


def _line(row: Delivery, member: Member | None) -> DeliveryLine:
    state = DeliveryState(row.state)
    return DeliveryLine(
        delivery=row,
        purpose=DeliveryPurpose(row.purpose),
        state=state,
        name=member.name if member else row.recipient.get_full_name(),
        member=member,
        can_resend=state in CAN_RESEND,
        can_stop=state in CAN_STOP,
    )


def total(counts: Sequence[StateCount]) -> int:
    return sum(line.count for line in counts)
