"""Rows of the base app, made with as few words as a test needs."""

from datetime import date
from itertools import count

from allauth.account.models import EmailAddress

from programme.enums import OrganisationKind, Role
from programme.models.members import Member
from programme.models.organisations import Organisation
from programme.models.programmes import Partner, Programme
from programme.models.teams import Team
from programme.models.users import User

PASSWORD = "correct horse battery"

_number = count(1)


def make_user(email: str = "", **fields) -> User:
    email = email or f"person{next(_number)}@example.org"
    fields.setdefault("name", email.split("@")[0].replace(".", " ").title())
    user = User.objects.create_user(email, PASSWORD, **fields)
    EmailAddress.objects.create(user=user, email=user.email, primary=True, verified=True)
    return user


def make_organisation(name: str = "", **fields) -> Organisation:
    name = name or f"Organisation {next(_number)}"
    fields.setdefault("short_name", name[:40])
    return Organisation.objects.create(name=name, **fields)


def make_programme(*, facilitator: User | None = None, organisations=(), **fields) -> Programme:
    facilitator = facilitator or make_user(may_create_programmes=True)
    programme = Programme.objects.create(
        **{
            "name": f"Programme {next(_number)}",
            "aims": "Work as one team.",
            "starts_on": date(2020, 11, 2),
            "ends_on": date(2022, 7, 5),
            "created_by": facilitator,
            "privacy_text": "Nobody sees your own answers.",
            **fields,
        }
    )
    for position, organisation in enumerate(organisations):
        Partner.objects.create(programme=programme, organisation=organisation, position=position)
    make_member(programme, user=facilitator, roles={Role.FACILITATOR})
    return programme


def make_team(programme: Programme, name: str = "", **fields) -> Team:
    return Team.objects.create(programme=programme, name=name or f"Team {next(_number)}", **fields)


def make_member(
    programme: Programme, *, user: User | None = None, role: Role = Role.PARTICIPANT, roles: set | None = None, **fields
) -> Member:
    user = user or make_user()
    roles = roles or {role}
    return Member.objects.create(
        **{
            "programme": programme,
            "user": user,
            "name": user.name,
            "joined_on": programme.starts_on,
            "is_facilitator": Role.FACILITATOR in roles,
            "is_executive": Role.EXECUTIVE in roles,
            "is_participant": Role.PARTICIPANT in roles,
            **fields,
        }
    )


class Cast:
    """The people of every access test: one programme of two organisations and two teams, and those outside it."""

    def __init__(self) -> None:
        self.council = make_organisation("Westshire Council", short_name="Council", kind=OrganisationKind.COUNCIL)
        self.nhs = make_organisation("Harbour NHS Foundation Trust", short_name="NHS trust", kind=OrganisationKind.NHS)
        self.facilitator = make_user("fay.facilitator@example.org", may_create_programmes=True)
        self.programme = make_programme(
            name="Partnership Working Programme", facilitator=self.facilitator, organisations=[self.council, self.nhs]
        )
        self.executives = make_team(self.programme, "Executives", position=0)
        self.managers = make_team(self.programme, "Senior Managers", position=1)
        self.executive = make_user("eve.executive@example.org")
        self.executive_member = make_member(
            self.programme,
            user=self.executive,
            roles={Role.EXECUTIVE, Role.PARTICIPANT},
            organisation=self.council,
            team=self.executives,
        )
        self.participant = make_user("pat.participant@example.org")
        self.participant_member = make_member(
            self.programme, user=self.participant, organisation=self.nhs, team=self.managers
        )
        self.administrator = make_user("ada.administrator@example.org", is_administrator=True)
        self.other_facilitator = make_user("otto.other@example.org", may_create_programmes=True)
        self.other_programme = make_programme(name="Another programme", facilitator=self.other_facilitator)
