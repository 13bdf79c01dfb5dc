from collections import defaultdict
from dataclasses import dataclass

from django.db.models import Count, Q

from programme.models.organisations import Organisation
from programme.models.programmes import Partner, Programme
from sessions.enums import ATTENDED, SessionState
from sessions.models.invitations import SessionInvitation


@dataclass(frozen=True)
class Share:
    """How many of the marked places were taken, over all sessions whose register has been filled in."""

    there: int = 0
    marked: int = 0

    @property
    def share(self) -> float | None:
        """Between 0 and 1; None when no register has been taken."""
        return self.there / self.marked if self.marked else None


@dataclass(frozen=True)
class OrganisationShare(Share):
    organisation: Organisation | None = None
    # The organisation's place in the programme, which decides its shape and colour.
    position: int = 0


@dataclass(frozen=True)
class AttendanceShare:
    overall: Share
    by_organisation: list[OrganisationShare]
    # Sessions whose register has been taken, at least in part.
    sessions: int


def attendance_share(programme: Programme) -> AttendanceShare:
    """Who came, by organisation in the programme's order and altogether, in three queries.

    Counts places, not people: somebody invited to four sessions who came to three counts 3 of 4. Called-off sessions,
    people taken off a list, and places nobody marked are left out.
    """
    marked = SessionInvitation.objects.current().filter(
        session__programme=programme, session__state=SessionState.PLANNED
    )
    marked = marked.exclude(attendance="").order_by()
    counts: dict[object, Share] = defaultdict(Share)
    rows = marked.values("member__organisation").annotate(
        marked=Count("pk"), there=Count("pk", filter=Q(attendance__in=ATTENDED))
    )
    for row in rows:
        counts[row["member__organisation"]] = Share(row["there"], row["marked"])
    partners = Partner.objects.filter(programme=programme).select_related("organisation")
    return AttendanceShare(
        overall=Share(sum(share.there for share in counts.values()), sum(share.marked for share in counts.values())),
        by_organisation=[
            OrganisationShare(
                there=counts[partner.organisation_id].there,
                marked=counts[partner.organisation_id].marked,
                organisation=partner.organisation,
                position=partner.position,
            )
            for partner in partners
        ],
        sessions=marked.aggregate(sessions=Count("session", distinct=True))["sessions"],
    )
