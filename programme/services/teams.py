"""Teams of a programme."""

from django.core.exceptions import ValidationError
from django.db import transaction
from django.db.models import Max
from django.utils.translation import gettext as _

from programme.enums import AuditAction
from programme.models.programmes import Programme
from programme.models.teams import Team
from programme.models.users import User
from programme.services.audit import record


def add_team(programme: Programme, *, actor: User, name: str) -> Team:
    last = programme.teams.aggregate(last=Max("position"))["last"]
    team = Team(programme=programme, name=name, position=0 if last is None else last + 1)
    team.full_clean()
    with transaction.atomic():
        team.save()
        record(AuditAction.PROGRAMME_CHANGED, actor=actor, programme=programme, subject=team, team_added=name)
    return team


def rename_team(team: Team, *, actor: User, name: str) -> None:
    before = team.name
    if before == name:
        return
    team.name = name
    team.full_clean()
    with transaction.atomic():
        team.save(update_fields=["name"])
        record(
            AuditAction.PROGRAMME_CHANGED,
            actor=actor,
            programme=team.programme,
            subject=team,
            team={"old": before, "new": name},
        )


def remove_team(team: Team, *, actor: User) -> None:
    """Removes a team that nobody is or was in and that nothing is planned for."""
    with transaction.atomic():
        if is_used(team):
            raise ValidationError(
                _("%(name)s has people, sessions or questionnaires. It can be renamed, not removed.")
                % {"name": team.name},
                code="team_in_use",
            )
        record(
            AuditAction.PROGRAMME_CHANGED, actor=actor, programme=team.programme, subject=team, team_removed=team.name
        )
        team.delete()


def is_used(team: Team) -> bool:
    """Whether any row of any app points here; the apps above need not be known for that."""
    return any(
        relation.related_model.objects.filter(**{relation.field.name: team}).exists()
        for relation in Team._meta.related_objects  # noqa: SLF001  Django's documented way to ask
    )
