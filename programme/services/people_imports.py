"""Lists of people: uploaded, matched, looked at, and saved in one go once somebody says so."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from django.db import transaction
from django.utils import timezone

from programme.enums import AuditAction, ImportState, ListedState, Role
from programme.lib.people_columns import guess_columns
from programme.lib.spreadsheets import Row, Table, read_table
from programme.models.members import Member
from programme.models.organisations import Organisation
from programme.models.people_imports import PeopleImport
from programme.models.programmes import Programme
from programme.models.teams import Team
from programme.models.users import User
from programme.queries.named_places import Place, likely_kind, short_name_of
from programme.queries.people_imports import PlannedPerson, Preview, preview
from programme.queries.people_rows import looks_like_roles
from programme.services.accounts import ensure_users, invite_if_needed
from programme.services.audit import record
from programme.services.members import SIGNS_IN, role_flags
from programme.services.organisations import add_new_partner, add_partner
from programme.services.teams import add_team

# What the person decided about a name the programme does not have: one of these, or the key of what it stands for.
CREATE, LEAVE_OUT = "create", "leave_out"

_KEPT_FIELDS = [
    "name",
    "job_title",
    "organisation",
    "team",
    "is_facilitator",
    "is_executive",
    "is_participant",
    "left_on",
]


@dataclass(frozen=True)
class Saved:
    """How many people a confirmed list added, changed, found as they were, and left out."""

    added: int
    changed: int
    unchanged: int
    left_out: int


def start_import(programme: Programme, *, actor: User, data: bytes, file_name: str) -> PeopleImport:
    """Reads an uploaded list and keeps it for a decision. Raises SpreadsheetProblem; saves nobody."""
    table = read_table(data, file_name=file_name)
    return PeopleImport.objects.create(
        programme=programme,
        uploaded_by=actor,
        file_name=file_name[-200:],
        table=_stored(table.headers, table.rows, table.notes),
        columns=guess_columns(table.headers, looks_like_role=_role_columns(table)),
    )


def choose_columns(people_import: PeopleImport, *, columns: Mapping[str, int]) -> bool:
    """The person says which column holds what. False when the list was saved in the meantime."""
    people_import.columns = dict(columns)
    waiting = PeopleImport.objects.waiting().filter(pk=people_import.pk)
    return bool(waiting.update(columns=people_import.columns))


def discard_import(people_import: PeopleImport) -> None:
    """Throws an unsaved list away, and the people's data with it."""
    PeopleImport.objects.waiting().filter(pk=people_import.pk).delete()


def confirm_import(
    people_import: PeopleImport,
    *,
    actor: User,
    at: datetime,
    organisations: Mapping[str, str] | None = None,
    teams: Mapping[str, str] | None = None,
) -> Saved | None:
    """Saves a list in one transaction; None when it had been saved already (a double click, two tabs).

    `organisations` and `teams` hold the decision for each unknown name. People whose organisation or team stays
    unknown, and those with problems, are left out; their rows stay with the import so that they can be mended.
    """
    with transaction.atomic():
        waiting = PeopleImport.objects.waiting().filter(pk=people_import.pk)
        if not waiting.update(state=ImportState.CONFIRMED, confirmed_at=at):
            return None
        programme = people_import.programme
        places = _resolve_organisations(programme, organisations or {}, actor=actor)
        plan = preview(people_import, organisations=places, teams=_resolve_teams(programme, teams or {}, actor=actor))
        ready = [person for person in plan.to_save if not person.waits]
        save_people(programme, rows=ready, actor=actor, at=at)
        left_out = [person for person in plan.people if person.state == ListedState.PROBLEM or person.waits]
        _keep_rows(people_import, [person.listed.row for person in left_out])
        saved = _counted(plan, ready, left_out)
        record(
            AuditAction.PEOPLE_IMPORTED,
            actor=actor,
            programme=programme,
            subject=people_import,
            added=saved.added,
            changed=saved.changed,
            unchanged=saved.unchanged,
            left_out=saved.left_out,
            roles=_role_changes(ready),
        )
    return saved


def save_people(programme: Programme, *, rows: Iterable[PlannedPerson], actor: User, at: datetime) -> None:
    """Writes planned people as members, with accounts for those who have none, in a handful of statements.

    A person who is in the programme keeps their row: it is found by programme and account, and changed.
    """
    rows = list(rows)
    unknown = {person.listed.email: person.listed.name for person in rows if person.member is None}
    users = ensure_users(unknown) if unknown else {}
    members: dict[UUID, Member] = {}
    for person in rows:
        member = _member_of(programme, person, users, at=at)
        # Two addresses of the list may lead to one account: the first row counts.
        members.setdefault(member.user_id, member)
    Member.objects.bulk_create(
        members.values(), update_conflicts=True, unique_fields=["programme", "user"], update_fields=_KEPT_FIELDS
    )
    for member in members.values():
        if SIGNS_IN & set(member.roles):
            invite_if_needed(member.user, actor=actor, at=at, programme=programme)


def _member_of(programme: Programme, person: PlannedPerson, users: Mapping[str, User], *, at: datetime) -> Member:
    listed, member = person.listed, person.member
    return Member(
        programme=programme,
        user=member.user if member else users[listed.email],
        name=person.name,
        job_title=listed.job_title or (member.job_title if member else ""),
        organisation=person.organisation,
        team=person.team,
        joined_on=timezone.localdate(at),
        **role_flags(person.roles),
    )


def _resolve_organisations(programme: Programme, decisions: Mapping[str, str], *, actor: User) -> dict[str, Place]:
    partners = {str(partner.organisation_id): partner.organisation for partner in programme.partners.all()}
    places: dict[str, Place] = {}
    for name, decision in decisions.items():
        if decision == CREATE:
            places[name] = _new_partner(programme, name, actor=actor)
        elif decision in partners:
            places[name] = partners[decision]
    return places


def _new_partner(programme: Programme, name: str, *, actor: User) -> Organisation:
    """An organisation the person works with elsewhere is used again, so that it stays one."""
    known = Organisation.objects.visible_to(actor).filter(name__iexact=name).first()
    if known is not None:
        return add_partner(programme, actor=actor, organisation=known).organisation
    kind = likely_kind(name)
    return add_new_partner(programme, actor=actor, name=name, short_name=short_name_of(name), kind=kind).organisation


def _resolve_teams(programme: Programme, decisions: Mapping[str, str], *, actor: User) -> dict[str, Place]:
    known: dict[str, Team] = {str(team.pk): team for team in programme.teams.all()}
    places: dict[str, Place] = {}
    for name, decision in decisions.items():
        if decision == CREATE:
            places[name] = add_team(programme, actor=actor, name=name)
        elif decision in known:
            places[name] = known[decision]
    return places


def _stored(headers: list[str], rows: Iterable[Row], notes: list[str]) -> dict:
    return {"headers": headers, "rows": [[row.number, row.cells] for row in rows], "notes": notes}


def _keep_rows(people_import: PeopleImport, rows: Iterable[Row]) -> None:
    people_import.table = _stored(people_import.table["headers"], rows, [])
    people_import.save(update_fields=["table"])


def _role_columns(table: Table) -> list[bool]:
    return [looks_like_roles([row.cells[index] for row in table.rows[:200]]) for index in range(len(table.headers))]


def _counted(plan: Preview, ready: list[PlannedPerson], left_out: list[PlannedPerson]) -> Saved:
    added = sum(person.state == ListedState.NEW for person in ready)
    return Saved(added, len(ready) - added, len(plan.people) - len(ready) - len(left_out), len(left_out))


def _role_changes(ready: list[PlannedPerson]) -> list[dict]:
    """Who gained or lost which role: everybody but those who simply take part from now on."""
    changes = []
    for person in ready:
        before = set(person.member.roles) if person.member else set()
        if before != person.roles and (before or person.roles != {Role.PARTICIPANT}):
            changes.append({"name": person.name, "old": sorted(before), "new": sorted(person.roles)})
    return changes
