"""Whom a wave asks, and what stands in the way of opening it."""

from collections import Counter
from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum

from django.core.exceptions import ValidationError
from django.core.validators import validate_email
from django.db.models import QuerySet
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from assessments.definitions import Kind
from assessments.models.invitations import WaveInvitation
from assessments.models.waves import Wave
from programme.models.members import Member


class Mend(StrEnum):
    """Where an obstacle is cleared away."""

    WAVE = "wave"
    PEOPLE = "people"


@dataclass(frozen=True)
class Obstacle:
    """One reason why a wave cannot be opened yet, in words, and where it is mended."""

    words: str
    mend: Mend


@dataclass(frozen=True)
class SmallGroup:
    """A group that can never be shown on its own, because fewer people are asked than must have answered."""

    label: str
    people: int


def people_to_invite(wave: Wave) -> QuerySet[Member]:
    """Everybody who takes part today in one of the wave's teams; on opening, each gets an invitation."""
    people = Member.objects.current().participants().filter(programme=wave.programme_id, team__in=wave.teams.all())
    return people.select_related("user", "organisation", "team")


def people_not_asked(wave: Wave) -> QuerySet[Member]:
    """Those who joined one of the wave's teams after it was opened, or were taken off its list."""
    return people_to_invite(wave).exclude(wave_invitations__in=wave.invitations.filter(withdrawn_at=None))


def questionnaires_sent(member: Member) -> QuerySet[WaveInvitation]:
    """What somebody has answered, latest first."""
    sent = WaveInvitation.objects.filter(member=member, submitted_at__isnull=False)
    return sent.select_related("wave__instrument_version").order_by("-submitted_at")


def obstacles(wave: Wave, people: list[Member], *, at: datetime) -> list[Obstacle]:
    """Every reason against opening the wave for these people now; empty when it may be opened."""
    found = []
    if not wave.instrument_version.online:
        words = _("“%(name)s” holds a provider's results and cannot be answered here. Choose another questionnaire.")
        found.append(Obstacle(words % {"name": wave.instrument_version.name}, Mend.WAVE))
    if wave.closes_at <= at:
        found.append(Obstacle(_("The time it is open until has passed. Choose a later one."), Mend.WAVE))
    found += _team_obstacles(wave, people)
    found += _relationship_obstacles(wave, people)
    for member in people:
        if not _has_address(member):
            words = _("%(name)s has no e-mail address that works. Correct it, or take the person out of the team.")
            found.append(Obstacle(words % {"name": member.name}, Mend.PEOPLE))
    return found


def small_groups(wave: Wave, people: list[Member]) -> list[SmallGroup]:
    """Organisations, teams and organisations within a team that stay hidden even if everybody answers."""
    organisations = Counter(member.organisation.short_name for member in people if member.organisation)
    teams = Counter(member.team.name for member in people)
    both = Counter(
        _("%(organisation)s in %(team)s") % {"organisation": member.organisation.short_name, "team": member.team.name}
        for member in people
        if member.organisation
    )
    counts = {**organisations, **teams, **(both if len(teams) > 1 and len(organisations) > 1 else {})}
    return [SmallGroup(label, number) for label, number in sorted(counts.items()) if number < wave.threshold]


def _team_obstacles(wave: Wave, people: list[Member]) -> list[Obstacle]:
    teams = list(wave.teams.all())
    if not teams:
        return [Obstacle(_("No team is chosen. Choose at least one."), Mend.WAVE)]
    filled = {member.team_id for member in people}
    empty = [team.name for team in teams if team.pk not in filled]
    if len(empty) == len(teams):
        return [Obstacle(_("Nobody takes part in the chosen teams yet. Add people first."), Mend.PEOPLE)]
    if not empty:
        return []
    words = ngettext(
        "Nobody takes part in the team %(teams)s. Add people to it, or leave it out.",
        "Nobody takes part in the teams %(teams)s. Add people to them, or leave them out.",
        len(empty),
    )
    return [Obstacle(words % {"teams": ", ".join(empty)}, Mend.PEOPLE)]


def _relationship_obstacles(wave: Wave, people: list[Member]) -> list[Obstacle]:
    """Who is asked about the teams of another organisation needs another organisation to be asked about."""
    if wave.instrument_version.kind != Kind.RELATIONSHIPS:
        return []
    if not wave.instrument_version.definition.contact_from:
        words = _("This version of “%(name)s” does not say what counts as contact. Choose its newer version.")
        return [Obstacle(words % {"name": wave.instrument_version.name}, Mend.WAVE)]
    organisations = {member.organisation_id for member in people} - {None}
    if not people or len(organisations) > 1:
        return []
    words = _(
        "“%(name)s” asks about the teams of another organisation, but nobody of a second organisation takes part in "
        "the chosen teams. Add people, or choose another questionnaire."
    )
    return [Obstacle(words % {"name": wave.instrument_version.name}, Mend.PEOPLE)]


def _has_address(member: Member) -> bool:
    try:
        validate_email(member.email)
    except ValidationError:
        return False
    return True
