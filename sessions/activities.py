"""The library of things to do in a session. It is data: see catalogue/activities.yaml."""

from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Any

import yaml

from sessions.enums import ActivityMode, Focus, SessionMode

CATALOGUE = Path(__file__).parent / "catalogue" / "activities.yaml"
ICONS = frozenset({"clock", "exchange", "pause", "people", "place", "promise", "report", "tick", "write"})
LONGEST_MINUTES = 240


class ActivityProblem(ValueError):  # noqa: N818  the same word as for other data files
    """An entry of the library cannot be used; says which and why."""


@dataclass(frozen=True)
class Activity:
    """`text`: what to do, in a few sentences. `minutes`: how long it takes with a dozen people."""

    key: str
    title: str
    minutes: int
    mode: ActivityMode
    focus: Focus
    icon: str
    text: str

    def suits(self, mode: SessionMode) -> bool:
        """Whether people who meet like this can do it. In a hybrid session only what works for both."""
        if self.mode is ActivityMode.ANY:
            return True
        return self.mode.value == SessionMode(mode).value


@cache
def library() -> tuple[Activity, ...]:
    """The shipped activities, in the order of the file."""
    return parse_activities(CATALOGUE.read_text(encoding="utf-8"))


def find_activity(key: str) -> Activity | None:
    return next((activity for activity in library() if activity.key == key), None)


def parse_activities(text: str) -> tuple[Activity, ...]:
    """Reads a library from YAML. Raises ActivityProblem at the first entry that is not complete or not understood."""
    entries = yaml.safe_load(text)
    if not isinstance(entries, list):
        raise ActivityProblem("The library is not a list of activities.")
    activities = tuple(_activity(entry, number) for number, entry in enumerate(entries, start=1))
    keys = [activity.key for activity in activities]
    twice = sorted({key for key in keys if keys.count(key) > 1})
    if twice:
        raise ActivityProblem(f"Used more than once as a key: {', '.join(twice)}.")
    return activities


def _activity(entry: Any, number: int) -> Activity:
    names = set(Activity.__dataclass_fields__)
    if not isinstance(entry, dict) or set(entry) != names:
        raise ActivityProblem(f"Entry {number} must have exactly these fields: {', '.join(sorted(names))}.")
    minutes, icon = entry["minutes"], entry["icon"]
    if type(minutes) is not int or not 0 < minutes <= LONGEST_MINUTES:
        raise ActivityProblem(f"Entry {number}: minutes must be a whole number from 1 to {LONGEST_MINUTES}.")
    if icon not in ICONS:
        raise ActivityProblem(f"Entry {number}: icon must be one of {', '.join(sorted(ICONS))}.")
    words = {name: str(entry[name] or "").strip() for name in ("key", "title", "text")}
    if not all(words.values()):
        raise ActivityProblem(f"Entry {number}: key, title and text must not be empty.")
    try:
        return Activity(
            minutes=minutes, icon=icon, mode=ActivityMode(entry["mode"]), focus=Focus(entry["focus"]), **words
        )
    except ValueError as problem:
        raise ActivityProblem(f"Entry {number}: {problem}.") from None
