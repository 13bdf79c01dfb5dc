"""The form of the access tables."""

from collections.abc import Callable
from dataclasses import dataclass, field
from typing import Any

Outcome = int | str


@dataclass(frozen=True)
class Row:
    kwargs: Callable[[Any], dict[str, Any]]
    expected: dict[str, Outcome]
    method: str = "get"
    data: dict[str, Any] = field(default_factory=dict)


def by_role(
    stranger: Outcome,
    participant: Outcome,
    facilitator: Outcome,
    executive: Outcome,
    administrator: Outcome,
    other_facilitator: Outcome,
) -> dict[str, Outcome]:
    return {
        "stranger": stranger,
        "participant": participant,
        "facilitator": facilitator,
        "executive": executive,
        "administrator": administrator,
        "other_facilitator": other_facilitator,
    }


def everybody(outcome: Outcome) -> dict[str, Outcome]:
    return by_role(outcome, outcome, outcome, outcome, outcome, outcome)


def nothing(cast: Any) -> dict[str, Any]:
    """For URLs without arguments."""
    return {}


def programme_id(cast: Any) -> dict[str, Any]:
    return {"programme_id": cast.programme.pk}
