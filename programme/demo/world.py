from dataclasses import dataclass, field
from datetime import date
from typing import Any

from programme.demo.answers import Answerer
from programme.models.members import Member
from programme.models.programmes import Programme
from programme.models.teams import Team
from programme.models.users import User
from sessions.models.commitments import Commitment
from sessions.models.sessions import Session


@dataclass
class World:
    """What the events share: the programme and its people, growing as the months pass."""

    story: dict[str, Any]
    answerer: Answerer
    facilitator: User
    programme: Programme
    organisations: dict[str, Any]
    teams: dict[str, Team]
    # Of those who take part, the two whose sign-ins the demonstration prints.
    passwords: dict[str, str]
    # Everybody who takes part, in the order of people.yaml, whether they have joined yet or not.
    members: dict[str, Member] = field(default_factory=dict)
    sessions: dict[date, Session] = field(default_factory=dict)
    promises: dict[str, Commitment] = field(default_factory=dict)

    def current(self, teams: list[Team]) -> list[Member]:
        """The people of these teams who have joined and not left."""
        wanted = {team.pk for team in teams}
        return [member for member in self.members.values() if member.team_id in wanted and member.left_on is None]
