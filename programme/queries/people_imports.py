"""What an uploaded list would change: every person new, changed, unchanged, or with a problem. Nothing is written."""

from collections import Counter
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field

from allauth.account.models import EmailAddress
from django.utils.translation import gettext as _

from programme.enums import ListedState, Role
from programme.lib import people_columns as fields
from programme.lib.tables import Row
from programme.models.members import Member
from programme.models.organisations import Organisation
from programme.models.people_imports import PeopleImport
from programme.models.programmes import Programme
from programme.models.teams import Team
from programme.models.users import User
from programme.queries.named_places import Place, Places, UnknownName, place_key
from programme.queries.people_rows import ListedPerson, ListReader, Remark, RemarkGroup, grouped


@dataclass
class PlannedPerson:
    """One person of the list, and what saving would do. `waits` is set while their organisation or team is unknown."""

    listed: ListedPerson
    state: ListedState
    member: Member | None = None
    organisation: Organisation | None = None
    team: Team | None = None
    roles: frozenset[Role] = frozenset()
    changes: list[str] = field(default_factory=list)
    waits: bool = False

    @property
    def name(self) -> str:
        return self.listed.name or (self.member.name if self.member else "")

    @property
    def organisation_name(self) -> str:
        return self.listed.organisation or _named(self.organisation)

    @property
    def team_name(self) -> str:
        return self.listed.team or _named(self.team)


@dataclass
class Preview:
    people: list[PlannedPerson]
    organisations: list[Organisation]
    teams: list[Team]
    unknown_organisations: list[UnknownName]
    unknown_teams: list[UnknownName]
    notes: list[str]

    @property
    def remarks(self) -> list[Remark]:
        return [remark for person in self.people for remark in person.listed.remarks]

    @property
    def problems(self) -> list[RemarkGroup]:
        return grouped(remark for remark in self.remarks if remark.stops)

    @property
    def warnings(self) -> list[RemarkGroup]:
        return grouped(remark for remark in self.remarks if not remark.stops)

    @property
    def counts(self) -> dict[str, int]:
        counted = Counter(person.state for person in self.people)
        return {state.value: counted[state] for state in ListedState}

    @property
    def to_save(self) -> list[PlannedPerson]:
        return [person for person in self.people if person.state in (ListedState.NEW, ListedState.CHANGED)]


def rows_of(people_import: PeopleImport) -> list[Row]:
    return [Row(number, cells) for number, cells in people_import.table["rows"]]


def preview(
    people_import: PeopleImport,
    *,
    organisations: Mapping[str, Place] | None = None,
    teams: Mapping[str, Place] | None = None,
) -> Preview:
    """Compares a list with the programme as it is now; `organisations` and `teams` say what unknown names stand for."""
    programme = people_import.programme
    partners = [partner.organisation for partner in programme.partners.select_related("organisation")]
    own_teams = list(programme.teams.all())
    reader = ListReader(people_import.table["headers"], people_import.columns)
    listed = [reader.read(row) for row in rows_of(people_import)]
    _note_repeated_people(reader, listed)
    _note_closed_accounts(reader, listed)
    comparison = _Comparison(
        reader, members_by_email(programme), Places(partners, organisations), Places(own_teams, teams), bool(partners)
    )
    return Preview(
        people=[comparison.plan(person) for person in listed],
        organisations=partners,
        teams=own_teams,
        unknown_organisations=comparison.organisations.unknown_names(),
        unknown_teams=comparison.teams.unknown_names(),
        notes=people_import.table.get("notes", []),
    )


def members_by_email(programme: Programme) -> dict[str, Member]:
    """Everybody who is or was in the programme, by every address that is known to be theirs."""
    members = {
        member.user_id: member for member in programme.members.select_related("user", "organisation", "team").all()
    }
    proved = EmailAddress.objects.filter(user__memberships__programme=programme, verified=True)
    found = {email: members[user_id] for email, user_id in proved.values_list("email", "user_id") if user_id in members}
    return found | {member.user.email: member for member in members.values()}


def _note_repeated_people(reader: ListReader, listed: list[ListedPerson]) -> None:
    """Remarks on people who stand in the list twice: under one address, or under one name with two."""
    first_by_email: dict[str, ListedPerson] = {}
    first_by_name: dict[str, ListedPerson] = {}
    for person in listed:
        first = first_by_email.setdefault(person.email, person)
        if person.email and first is not person:
            _note_same_address(reader, first, person)
        namesake = first_by_name.setdefault(person.name.casefold(), person)
        if person.name and namesake.email != person.email:
            words = _("%(name)s also stands in row %(row)s with another address. Is this one person?")
            words %= {"name": person.name, "row": namesake.row.number}
            reader.remark(person, fields.NAME, words, value=person.name, stops=False)


def _note_closed_accounts(reader: ListReader, listed: list[ListedPerson]) -> None:
    closed = set(
        User.objects.filter(is_active=False, email__in=[p.email for p in listed]).values_list("email", flat=True)
    )
    for person in listed:
        if person.email in closed:
            words = _("This person's account is switched off. Ask the administrator of this installation.")
            reader.remark(person, fields.EMAIL, words)


def _note_same_address(reader: ListReader, first: ListedPerson, again: ListedPerson) -> None:
    details = ("name", "job_title", "organisation", "team")
    different = [name for name in details if place_key(getattr(first, name)) != place_key(getattr(again, name))]
    different += ["roles"] if first.roles != again.roles else []
    if not different:
        words = _("The same as row %(row)s; counted once.") % {"row": first.row.number}
        reader.remark(again, fields.EMAIL, words, stops=False)
        return
    for person, other in ((first, again), (again, first)):
        where = {"row": other.row.number, "organisation": other.organisation or _("none")}
        if "organisation" in different:
            words = _(
                "This address stands in row %(row)s too, with another organisation (%(organisation)s). A person has one "
                "organisation in a programme: keep the right row."
            )
        else:
            words = _("This address stands in row %(row)s too, with other details. Keep the right row.")
        reader.remark(person, fields.EMAIL, words % where)


class _Comparison:
    """Sets each listed person against the programme."""

    def __init__(
        self,
        reader: ListReader,
        members: dict[str, Member],
        organisations: Places,
        teams: Places,
        has_partners: bool,
    ) -> None:
        self.reader, self.members = reader, members
        self.organisations, self.teams, self.has_partners = organisations, teams, has_partners
        self.namesakes = {member.name.casefold(): member for member in members.values() if member.left_on is None}
        self.seen: set[str] = set()

    def plan(self, listed: ListedPerson) -> PlannedPerson:
        member = self.members.get(listed.email)
        planned = PlannedPerson(listed=listed, state=ListedState.PROBLEM, member=member)
        planned.roles = listed.roles or frozenset(member.roles if member else {Role.PARTICIPANT})
        self._keep_facilitators(planned)
        self._take_part_in_team(planned)
        self._check_new(planned)
        if listed.has_problem:
            return planned
        if listed.email in self.seen:
            planned.state = ListedState.UNCHANGED
            return planned
        self.seen.add(listed.email)
        planned.organisation = self.organisations.find(listed.organisation) or (member and member.organisation)
        planned.team = self.teams.find(listed.team) or (member and member.team)
        planned.waits = self._is_unknown(self.organisations, listed.organisation) or self._is_unknown(
            self.teams, listed.team
        )
        self._note_powers(planned)
        planned.changes = self._changes(planned) if member else []
        planned.state = (
            ListedState.NEW if not member else ListedState.CHANGED if planned.changes else ListedState.UNCHANGED
        )
        return planned

    def _is_unknown(self, places: Places, name: str) -> bool:
        return bool(name) and place_key(name) not in places.by_key

    def _keep_facilitators(self, planned: PlannedPerson) -> None:
        """A list never takes the facilitator's role away: a slip could lock everybody out."""
        if planned.member and planned.member.is_facilitator and Role.FACILITATOR not in planned.roles:
            planned.roles |= {Role.FACILITATOR}
            words = _("Stays a facilitator. Take that role away on the person's own page if it is meant.")
            self.reader.remark(planned.listed, fields.ROLES, words, stops=False)

    def _take_part_in_team(self, planned: PlannedPerson) -> None:
        """“Executive” in a list is often a rank: who stands in a team takes part there, and must be asked."""
        member = planned.member
        alone = planned.listed.team and planned.roles == {Role.EXECUTIVE}
        if alone and (member is None or member.is_participant or member.team_id is None):
            planned.roles |= {Role.PARTICIPANT}
            if member is None or not member.is_participant:
                words = _(
                    "Takes part as well, because a team is named: is asked in questionnaires like everybody there."
                )
                self.reader.remark(planned.listed, fields.ROLES, words, stops=False)

    def _check_new(self, planned: PlannedPerson) -> None:
        listed = planned.listed
        if planned.member is not None:
            return
        if not listed.name:
            self.reader.remark(listed, fields.NAME, _("The name is missing."))
        namesake = self.namesakes.get(listed.name.casefold())
        if listed.name and namesake is not None:
            words = _("%(name)s is in the programme with the address %(address)s. Is this one person?")
            words %= {"name": namesake.name, "address": namesake.user.email}
            self.reader.remark(listed, fields.NAME, words, value=listed.name, stops=False)
        if Role.PARTICIPANT not in planned.roles:
            return
        if not listed.organisation and self.has_partners:
            words = _("The organisation is missing. Results are told by organisation, so who takes part needs one.")
            self.reader.remark(listed, fields.ORGANISATION, words)
        if not listed.team:
            words = _("No team. Questionnaires go to teams, so this person is not asked until they have one.")
            self.reader.remark(listed, fields.TEAM, words, stops=False)

    def _note_powers(self, planned: PlannedPerson) -> None:
        had = set(planned.member.roles) if planned.member and planned.member.left_on is None else set()
        told = {
            Role.FACILITATOR: _("Becomes a facilitator: sees and changes everything in this programme."),
            Role.EXECUTIVE: _("Becomes an executive: sees released results and reports."),
        }
        for role, words in told.items():
            if role in planned.roles and role not in had:
                self.reader.remark(planned.listed, fields.ROLES, words, stops=False)

    def _changes(self, planned: PlannedPerson) -> list[str]:
        listed, member = planned.listed, planned.member
        organisation = self._name(self.organisations, listed.organisation, planned.organisation)
        before_after = [
            (_("Name"), member.name, listed.name or member.name),
            (_("Job title"), member.job_title, listed.job_title or member.job_title),
            (_("Organisation"), _named(member.organisation), organisation),
            (_("Team"), _named(member.team), self._name(self.teams, listed.team, planned.team)),
            (_("Role"), _roles_in_words(member.roles), _roles_in_words(planned.roles)),
        ]
        changes = [
            _("%(what)s: %(old)s becomes %(new)s") % {"what": what, "old": old or _("none"), "new": new}
            for what, old, new in before_after
            if old != new
        ]
        return ([_("Comes back to the programme")] if member.left_on else []) + changes

    def _name(self, places: Places, listed: str, place: Place | None) -> str:
        return listed if self._is_unknown(places, listed) else _named(place)


def _named(place: Place | None) -> str:
    return place.name if place else ""


def _roles_in_words(roles: Iterable[Role]) -> str:
    held = set(roles)
    return ", ".join(str(role.label) for role in Role if role in held)
