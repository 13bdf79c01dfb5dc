"""Who is invited to a session, by organisation: counts for those who may see counts, names for those who may see names."""

from dataclasses import dataclass, field

from django.db.models import QuerySet

from programme.models.members import Member
from programme.models.programmes import Partner
from programme.models.users import User
from sessions.enums import ATTENDED, Reply
from sessions.models.invitations import SessionInvitation
from sessions.models.sessions import Session


@dataclass
class OrganisationPlaces:
    """The places of one organisation. `position` is its place in the programme; None for people of no partner."""

    name: str
    position: int | None
    invited: int = 0
    coming: int = 0
    marked: int = 0
    there: int = 0
    # Only the people this reader may know of.
    people: list[SessionInvitation] = field(default_factory=list)

    def count(self, invitation: SessionInvitation) -> None:
        self.invited += 1
        self.coming += invitation.reply == Reply.COMING
        self.marked += bool(invitation.attendance)
        self.there += invitation.attendance in ATTENDED


def places_by_organisation(session: Session, *, user: User) -> list[OrganisationPlaces]:
    """In the programme's order of organisations, people by name, in three queries."""
    partners = Partner.objects.filter(programme=session.programme_id).select_related("organisation")
    groups = {
        partner.organisation_id: OrganisationPlaces(partner.organisation.name, partner.position) for partner in partners
    }
    rows = session.invitations.current().select_related("member__organisation", "member__team")
    visible = set(rows.visible_to(user).values_list("pk", flat=True))
    for invitation in rows.order_by("member__name"):
        organisation = invitation.member.organisation
        if organisation is None:
            group = groups.setdefault(None, OrganisationPlaces("", None))
        else:
            group = groups.setdefault(organisation.pk, OrganisationPlaces(organisation.name, None))
        group.count(invitation)
        if invitation.pk in visible:
            group.people.append(invitation)
    return [group for group in groups.values() if group.invited]


def missing_from_teams(session: Session) -> QuerySet[Member]:
    """People who are in an invited team today and not on the list, because they joined later or were taken off."""
    invited = session.invitations.current().values("member")
    return Member.objects.current().filter(team__in=session.teams.all()).exclude(pk__in=invited)


def totals(places: list[OrganisationPlaces]) -> dict[str, int]:
    """The counts of all organisations together."""
    return {name: sum(getattr(place, name) for place in places) for name in ("invited", "coming", "marked", "there")}
