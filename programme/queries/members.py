"""People of a programme as the pages show them."""

from collections.abc import Sequence
from dataclasses import dataclass
from itertools import groupby

from django.db.models import Count, F, Q, QuerySet

from programme.models.members import Member
from programme.models.organisations import Organisation
from programme.models.programmes import Programme
from programme.models.teams import Team
from programme.models.users import User


@dataclass(frozen=True)
class PersonLine:
    """A member with the place of their organisation, which decides its mark; None where it is no partner (any more)."""

    member: Member
    place: int | None


@dataclass(frozen=True)
class Group:
    """The people of one team; `team` is None for those who have none."""

    team: Team | None
    lines: Sequence[PersonLine]


def people(programme: Programme, *, user: User, search: str = "") -> QuerySet[Member]:
    """Whom this user may see of the programme, those who left included, narrowed to a name, address or job title.

    Team by team, those without one last.
    """
    found = Member.objects.visible_to(user).filter(programme=programme)
    for word in search.split():
        found = found.filter(
            Q(name__icontains=word)
            | Q(user__email__icontains=word)
            | Q(job_title__icontains=word)
            | Q(organisation__name__icontains=word)
            | Q(organisation__short_name__icontains=word)
        )
    by_place = [F("team__position").asc(nulls_last=True), F("team__name").asc(nulls_last=True), "name", "pk"]
    return found.select_related("user", "organisation", "team").order_by(*by_place)


def person_lines(members: Sequence[Member], organisations: Sequence[Organisation]) -> list[PersonLine]:
    places = {organisation.pk: place for place, organisation in enumerate(organisations)}
    return [PersonLine(member, places.get(member.organisation_id)) for member in members]


def by_team(lines: Sequence[PersonLine]) -> list[Group]:
    """Neighbouring lines of one team, together."""
    return [Group(team, list(of_team)) for team, of_team in groupby(lines, key=lambda line: line.member.team)]


@dataclass(frozen=True)
class TeamLine:
    """A team with how many of each organisation are in it, in the partners' order."""

    team: Team | None
    counts: Sequence[int]
    together: int


def team_counts(programme: Programme, organisations: Sequence[Organisation]) -> list[TeamLine]:
    """People taking part today, by team and organisation; a last line for those without a team when there are some."""
    rows = (
        programme.members.filter(left_on=None, is_participant=True)
        .order_by()
        .values("team", "organisation")
        .annotate(count=Count("pk"))
    )
    counts = {(row["team"], row["organisation"]): row["count"] for row in rows}
    lines = []
    for team in [*programme.teams.all(), None]:
        team_id = team.pk if team else None
        together = sum(count for (of_team, _organisation), count in counts.items() if of_team == team_id)
        if team or together:
            lines.append(TeamLine(team, [counts.get((team_id, o.pk), 0) for o in organisations], together))
    return lines
