"""Mail as first pages need it: how much went out this month, and what did not arrive."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from zoneinfo import ZoneInfo

from django.db.models import Count, Exists, OuterRef, Q

from programme.enums import DeliveryState
from programme.models.deliveries import Delivery
from programme.models.members import Member
from programme.models.programmes import Programme
from programme.models.users import User

# After that, nobody waits for a mail any more; the mail page still shows it.
STILL_MATTERS = timedelta(days=30)
NAMES_SHOWN = 2


@dataclass(frozen=True)
class MailMonth:
    """Mails of the month that have been asked for, by what became of them."""

    sent: int
    waiting: int
    unconfirmed: int
    failed: int


@dataclass(frozen=True)
class MailTrouble:
    """Mails that did not get through and that no later mail about the same thing has made up for.

    `people` and `names` are those of the failed ones; where none failed, of the unconfirmed.
    """

    failed: int
    unconfirmed: int
    people: int
    names: Sequence[str]

    @property
    def count(self) -> int:
        return self.failed + self.unconfirmed

    @property
    def others(self) -> int:
        """How many people wait besides those named."""
        return self.people - len(self.names)


def mail_of_month(programme: Programme, *, user: User, today: date) -> MailMonth:
    begins = datetime.combine(today.replace(day=1), time(), ZoneInfo(programme.time_zone))
    mails = Delivery.objects.visible_to(user).filter(programme=programme, created_at__gte=begins)
    waiting = [DeliveryState.PENDING, DeliveryState.RETRYING, DeliveryState.SENDING]
    return MailMonth(
        **mails.aggregate(
            sent=Count("pk", filter=Q(state=DeliveryState.SENT)),
            waiting=Count("pk", filter=Q(state__in=waiting)),
            unconfirmed=Count("pk", filter=Q(state=DeliveryState.UNCONFIRMED)),
            failed=Count("pk", filter=Q(state=DeliveryState.FAILED)),
        )
    )


def mail_trouble(programme: Programme, *, user: User, at: datetime) -> MailTrouble:
    """Two queries; the second, for some names, only where there is trouble."""
    later = Delivery.objects.filter(
        recipient=OuterRef("recipient"),
        purpose=OuterRef("purpose"),
        subject_id=OuterRef("subject_id"),
        created_at__gt=OuterRef("created_at"),
    )
    lost = Delivery.objects.visible_to(user).filter(
        ~Exists(later),
        programme=programme,
        state__in=[DeliveryState.FAILED, DeliveryState.UNCONFIRMED],
        finished_at__gte=at - STILL_MATTERS,
    )
    rows = list(lost.order_by("created_at").values_list("state", "recipient"))
    failed = sum(state == DeliveryState.FAILED for state, _recipient in rows)
    told = DeliveryState.FAILED if failed else DeliveryState.UNCONFIRMED
    people = list(dict.fromkeys(recipient for state, recipient in rows if state == told))
    return MailTrouble(failed, len(rows) - failed, len(people), _names(programme, user, people))


def _names(programme: Programme, user: User, recipients: Sequence[object]) -> list[str]:
    """The names of the first few."""
    if not recipients:
        return []
    known = Member.objects.visible_to(user).filter(programme=programme, user__in=recipients[:NAMES_SHOWN])
    return list(known.order_by("name").values_list("name", flat=True))
