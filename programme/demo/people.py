"""The demonstration's people: who they are, and how four of them sign in."""

from dataclasses import dataclass
from datetime import date
from pathlib import Path
from typing import Any

import yaml

DATA = Path(__file__).parent / "data"


def read(name: str) -> dict[str, Any]:
    return yaml.safe_load((DATA / name).read_text())


@dataclass(frozen=True)
class Person:
    """Somebody who takes part. `left` is None for those who stayed."""

    name: str
    email: str
    organisation: str
    job_title: str
    is_executive: bool
    joined: date | None
    left: date | None


def everybody() -> list[Person]:
    """All who take part: executives first, in the order of the file."""
    people = read("people.yaml")
    return [_person(row, is_executive=True) for row in people["executives"]] + [
        _person(row, is_executive=False) for row in people["managers"]
    ]


def passwords() -> dict[str, str]:
    """Address and password of the executive and the participant who can sign in."""
    people, persons = read("people.yaml"), everybody()
    participant = next(person for person in persons if not person.is_executive)
    return {persons[0].email: people["executive_password"], participant.email: people["participant_password"]}


def sign_ins() -> str:
    """The lines that `make demo` prints: role, address, password."""
    people = read("people.yaml")
    facilitator, administrator = people["facilitator"], people["administrator"]
    executive, participant = passwords().items()
    lines = [
        ("facilitator", facilitator["email"], facilitator["password"]),
        ("executive", *executive),
        ("participant", *participant),
        ("administrator", administrator["email"], administrator["password"]),
    ]
    return "\n".join(f"{role}: {email} {password}" for role, email, password in lines)


def _person(row: list[Any], *, is_executive: bool) -> Person:
    name, organisation, job_title, joined, left = [*row, None, None][:5]
    host = {"council": "council.example.org", "nhs": "nhs-trust.example.org"}[organisation]
    email = f"{name.lower().replace(' ', '.')}@{host}"
    return Person(name, email, organisation, job_title, is_executive, joined, left)
